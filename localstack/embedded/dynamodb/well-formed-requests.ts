/**
 * Lets requests through whose members all have the types that the API gives them, and values that need no check. dynalite
 * takes each request apart and puts it together anew to find out, which costs more than all else that it does for a write.
 */
import type { AttributeValue } from 'dynalite/db/index.js';
import type { MemberType, RequestTypes } from 'dynalite/validations/index.js';

type CheckTypes = (request: object, types: RequestTypes) => object;
type ValidateValue = (value: AttributeValue) => string | undefined;
type Is = (value: unknown) => boolean;

/** Numbers that are written as DynamoDB writes them, and few enough digits to be sure of it. */
const PLAIN_NUMBER = /^(?:0|-?[1-9]\d{0,14})$/;

/** Answers as `checkTypes` does; asks it only about requests in which something is strange or wrong. */
export function acceptWellFormedRequests(checkTypes: CheckTypes): CheckTypes {
  const checks = new WeakMap<RequestTypes, Is>();
  return (request, types) => {
    let isWellFormed = checks.get(types);
    if (isWellFormed === undefined) {
      isWellFormed = isStructure(types);
      checks.set(types, isWellFormed);
    }
    return isWellFormed(request) ? request : checkTypes(request, types);
  };
}

/** Answers as `validateValue` does, which may write a number anew; asks it only about values other than the plainest. */
export function acceptPlainValues(validateValue: ValidateValue): ValidateValue {
  return (value) => (isPlainValue(value) ? undefined : validateValue(value));
}

function isPlainValue(value: AttributeValue): boolean {
  const { S, N, L } = value;
  if (Object.keys(value).length !== 1) return false;
  return S !== undefined || (N !== undefined && PLAIN_NUMBER.test(N)) || (L?.every(isPlainValue) ?? false);
}

/** dynalite writes types as `List`, `Map<AttributeValue>` or `ValueStruct<WriteRequest>`; what is in them are children. */
function isOfType(type: MemberType): Is {
  if (typeof type === 'string') return isOfType({ type });
  const { type: name, children = {} } = type;
  if (!isMemberType(children))
    return /^(?:Value|Field)Struct</.test(name) ? isStructure(children) : isOfSimpleType(name);
  const isChild = isOfType(children);
  if (/^(?:Parameterized)?List/.test(name)) return (value) => Array.isArray(value) && value.every(isChild);
  return (value) => isObject(value) && Object.values(value).every(isChild);
}

function isMemberType(children: MemberType | RequestTypes): children is MemberType {
  return typeof children === 'string' || typeof children['type'] === 'string';
}

function isStructure(types: RequestTypes): Is {
  const members = new Map(Object.entries(types).map(([name, type]) => [name, isOfType(type)]));
  return (value) =>
    isObject(value) && Object.entries(value).every(([name, part]) => members.get(name)?.(part) ?? false);
}

/** Binaries are left to dynalite, which looks into their Base64. */
function isOfSimpleType(name: string): Is {
  if (name === 'String') return isString;
  if (name === 'Boolean') return isBoolean;
  if (name === 'Integer' || name === 'Long') return Number.isInteger;
  return name.startsWith('AttrStruct<') ? isAttributeValue : () => false;
}

function isAttributeValue(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [[type, content] = [], ...others] = Object.entries(value);
  if (type === undefined || others.length > 0) return false;
  if (type === 'S' || type === 'N') return isString(content);
  if (type === 'M') return isObject(content) && Object.values(content).every(isAttributeValue);
  if (type === 'L') return Array.isArray(content) && content.every(isAttributeValue);
  if (type === 'SS' || type === 'NS') return Array.isArray(content) && content.every(isString);
  return (type === 'BOOL' || type === 'NULL') && isBoolean(content);
}

const isString: Is = (value) => typeof value === 'string';
const isBoolean: Is = (value) => typeof value === 'boolean';

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
