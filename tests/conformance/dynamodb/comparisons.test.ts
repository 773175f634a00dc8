/** Comparisons, BETWEEN and IN. */
import { runCases } from '../run-cases.ts';
import { type ConditionCase, FAILS, HOLDS, toConditionCase } from './condition-case.ts';

const comparisons: readonly ConditionCase[] = [
  {
    name: 'numbers are compared as numbers',
    condition: 'amount < :ten',
    values: { ':ten': { N: '10' } },
    documented: HOLDS,
  },
  { name: 'a negative number is smaller', condition: 'low < amount', documented: HOLDS },
  {
    name: 'numbers written otherwise are equal',
    condition: 'amount = :five',
    values: { ':five': { N: '5.00' } },
    documented: HOLDS,
  },
  {
    name: 'a number and a text are not equal',
    condition: 'amount = :five',
    values: { ':five': { S: '5' } },
    documented: FAILS,
  },
  {
    name: 'a number and a text are unequal',
    condition: 'amount <> :five',
    values: { ':five': { S: '5' } },
    documented: HOLDS,
  },
  {
    name: 'an attribute of another type is not smaller',
    condition: 'title < :five',
    values: { ':five': { N: '5' } },
    documented: FAILS,
  },
  {
    name: 'a missing attribute equals nothing',
    condition: 'absent = :x',
    values: { ':x': { S: 'x' } },
    documented: FAILS,
  },
  {
    name: 'a missing attribute is unequal to a value',
    condition: 'absent <> :x',
    values: { ':x': { S: 'x' } },
    documented: HOLDS,
  },
  {
    name: 'a missing attribute is not smaller',
    condition: 'absent < :x',
    values: { ':x': { N: '1' } },
    documented: FAILS,
  },
  {
    name: 'two missing attributes are not equal',
    condition: 'absent = lacking',
    documented: FAILS,
    differences: { ministack: { observed: HOLDS, why: 'two missing attributes count as equal.' } },
  },
  {
    name: 'texts are compared by their UTF-8 bytes',
    condition: 'emoji > :wide',
    values: { ':wide': { S: '\uff5e' } },
    documented: HOLDS,
  },
  {
    name: 'binaries are compared as unsigned bytes',
    condition: 'bytes > :low',
    values: { ':low': { B: Buffer.from([0x01]) } },
    documented: HOLDS,
  },
  {
    name: 'sets are equal in any order',
    condition: 'colours = :set',
    values: { ':set': { SS: ['green', 'red'] } },
    documented: HOLDS,
  },
  {
    name: 'equal lists are equal',
    condition: 'entries = :list',
    values: { ':list': { L: [{ S: 'first' }, { N: '2.0' }, { BOOL: true }, { M: { deep: { S: 'x' } } }] } },
    documented: HOLDS,
  },
  {
    name: 'a list with an element more is unequal',
    condition: 'entries <> :list',
    values: { ':list': { L: [{ S: 'first' }] } },
    documented: HOLDS,
  },
  {
    name: 'equal maps are equal in any order of their attributes',
    condition: 'home = :map',
    values: { ':map': { M: { size: { N: '3' }, 'street.name': { S: 'Karl' }, city: { S: 'Oslo' } } } },
    documented: HOLDS,
  },
  {
    name: 'false equals false',
    condition: 'isClosed = :false',
    values: { ':false': { BOOL: false } },
    documented: HOLDS,
  },
  { name: 'null equals null', condition: 'nothing = :null', values: { ':null': { NULL: true } }, documented: HOLDS },
  {
    name: 'an empty text equals an empty text',
    condition: 'blank = :empty',
    values: { ':empty': { S: '' } },
    documented: HOLDS,
  },
  {
    name: 'BETWEEN takes both its bounds',
    condition: 'amount BETWEEN :five AND :five',
    values: { ':five': { N: '5' } },
    documented: HOLDS,
  },
  {
    name: 'BETWEEN takes an attribute as a bound',
    condition: ':three BETWEEN low AND amount',
    values: { ':three': { N: '3' } },
    documented: HOLDS,
  },
  {
    name: 'IN finds a value among several',
    condition: 'title IN (:a, :b)',
    values: { ':a': { S: 'x' }, ':b': { S: 'hello' } },
    documented: HOLDS,
  },
  {
    name: 'IN finds an attribute',
    condition: ':five IN (low, amount)',
    values: { ':five': { N: '5' } },
    documented: HOLDS,
  },
  {
    name: 'IN finds false',
    condition: 'isClosed IN (:false)',
    values: { ':false': { BOOL: false } },
    documented: HOLDS,
  },
  {
    name: 'IN finds an empty text',
    condition: 'blank IN (:a, :b)',
    values: { ':a': { S: 'a' }, ':b': { S: '' } },
    documented: HOLDS,
  },
];

runCases('DynamoDB: conditions', [...comparisons].map(toConditionCase), [
  'embedded',
  'localstack',
  'ministack',
  'dynamodb-local',
]);
