// Types of the few parts of the npm package `dynalite` that the engine uses; the package carries none.

declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    path: string;
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
  }
  export default function dynalite(options: DynaliteOptions): Server;
}

declare module 'dynalite/db/index.js' {
  export interface DynaliteIterator {
    next(): Promise<unknown>;
    close(): Promise<void>;
    return?(): Promise<void>;
  }
  export type WriteOperation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
  type WriteDone = (error: Error | null) => void;
  /** A Level database of the package classic-level, some of whose methods dynalite gives callbacks. */
  export interface DynaliteDatabase {
    open(): Promise<void>;
    get(key: string, done: (error: Error | null, value?: unknown) => void): void;
    /** What the engine itself keeps beside dynalite's tables; it belongs to one creation of a table. */
    getSync(key: `time-to-live~${string}`): { Enabled: boolean; AttributeName: string; TableId: string } | undefined;
    getSync(key: string): unknown;
    put(key: string, value: unknown, done: WriteDone): void;
    del(key: string, done: WriteDone): void;
    batch(operations: WriteOperation[], done?: WriteDone): Promise<void>;
    values(options: object): DynaliteIterator;
    keys(options: object): DynaliteIterator;
  }
  export interface DynaliteStore {
    db: DynaliteDatabase;
    getTable(
      name: string,
      checkStatus: false,
      done: (error: DynaliteError | null, table?: DynaliteTable) => void,
    ): void;
    getIndexDb(type: 'Local' | 'Global', tableName: string, indexName: string): IndexDatabase;
  }
  export interface IndexDatabase {
    put(key: string, item: Item, done: Done<void>): void;
    del(key: string, done: Done<void>): void;
  }
  type KeySchema = { AttributeName: string }[];
  interface TableIndex {
    IndexName: string;
    KeySchema: KeySchema;
  }
  export interface DynaliteTable {
    TableId: string;
    TableName: string;
    LocalSecondaryIndexes?: TableIndex[];
    GlobalSecondaryIndexes?: TableIndex[];
  }
  export interface DynaliteError extends Error {
    statusCode?: number;
    body?: { __type: string; message?: string; Item?: unknown };
  }
  export interface AttributeValue {
    S?: string;
    N?: string;
    B?: string;
    BOOL?: boolean;
    NULL?: boolean;
    SS?: string[];
    NS?: string[];
    BS?: string[];
    L?: AttributeValue[];
    M?: Item;
  }
  export type Item = Record<string, AttributeValue>;
  export type DocumentPath = (string | number)[];
  /** A path, a value of the request, or a call of `size`. */
  export type Operand = DocumentPath | AttributeValue | { type: 'function'; name: 'size'; args: Operand[] };
  /** A parsed condition; a comparison of values has its operator as type. */
  export type Condition =
    | { type: 'and'; args: Condition[] }
    | { type: 'or'; args: Condition[] }
    | { type: 'not'; args: Condition[] }
    | { type: 'function'; name: string; args: Operand[] }
    | { type: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'between' | 'in'; args: Operand[] };
  export interface ParsedCondition {
    expression: Condition;
  }
  export interface ConditionalRequest {
    ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
    _condition?: ParsedCondition;
  }
  export interface ReadRequest {
    Select?: string;
    _filter?: ParsedCondition;
    _projection?: { paths: DocumentPath[] };
  }
  export interface ReadAnswer {
    Items?: Item[];
    Count: number;
  }
  type Done<Answer> = (error: DynaliteError | null | undefined, answer?: Answer) => void;
  const db: {
    create: (options: object) => DynaliteStore;
    checkConditional: (request: ConditionalRequest, existingItem: Item | undefined) => DynaliteError | null | undefined;
    validationError: (message: string) => DynaliteError;
    compare: (operator: '<', a: AttributeValue, b: AttributeValue) => boolean;
    /** The limit of an item's size in bytes. */
    MAX_SIZE: number;
    /** What an item counts toward its limit of size. */
    itemSize: (item: Item) => number;
    mapPaths: (paths: DocumentPath[], item: Item) => Item;
    queryTable: (
      store: DynaliteStore,
      table: DynaliteTable,
      request: ReadRequest,
      ...rest: [options: object, isLocal: boolean, isFromTable: boolean, keyNames: string[], done: Done<ReadAnswer>]
    ) => void;
    createKey: (item: Item, table: DynaliteTable, keySchema?: KeySchema) => string;
    /** The place of an item in an index. */
    createIndexKey: (item: Item, table: DynaliteTable, keySchema: KeySchema) => string;
    updateIndexes: (
      store: Pick<DynaliteStore, 'getIndexDb'>,
      table: DynaliteTable,
      existingItem: Item | undefined | null,
      item: Item | undefined | null,
      done: Done<void>,
    ) => void;
  };
  export default db;
}

declare module 'dynalite/validations/index.js' {
  import type { AttributeValue, ParsedCondition } from 'dynalite/db/index.js';

  export interface UpdateSection {
    type: 'set' | 'remove' | 'add' | 'delete';
    path: (string | number)[];
  }
  export interface ExpressionRequest {
    UpdateExpression?: string;
    ConditionExpression?: string;
    FilterExpression?: string;
    KeyConditionExpression?: string;
    ProjectionExpression?: string;
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, AttributeValue>;
    _updates?: { sections: UpdateSection[] };
    _condition?: ParsedCondition;
    _filter?: ParsedCondition;
  }
  export type RequestTypes = { readonly [name: string]: MemberType };
  /** The type of a member and, in lists, maps and structures, of what is in it. */
  export type MemberType = string | { readonly type: string; readonly children?: MemberType | RequestTypes };
  const validations: {
    /** Answers the request without the members that the API does not know; throws where one is of another type. */
    checkTypes: (request: object, types: RequestTypes) => object;
    /** Parses the request's expressions into `_…` members; answers the text of a ValidationException if one is wrong. */
    validateExpressions: (request: ExpressionRequest) => string | undefined;
    /** Answers what is wrong with a value, if anything is. */
    validateAttributeValue: (value: AttributeValue) => string | undefined;
  };
  export default validations;
}

declare module 'dynalite/validations/*.js' {
  const validation: { types: Record<string, { type: string; enum?: string[] }> };
  export default validation;
}
