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
  interface DynaliteIterator {
    next(): Promise<unknown>;
    close(): Promise<void>;
    return?(): Promise<void>;
  }
  export interface DynaliteStore {
    db: {
      open(): Promise<void>;
      get<Value>(key: string): Promise<Value | undefined>;
      put(key: string, value: unknown): Promise<void>;
      values(options: object): DynaliteIterator;
      keys(options: object): DynaliteIterator;
    };
    getTable(
      name: string,
      checkStatus: false,
      done: (error: DynaliteError | null, table?: DynaliteTable) => void,
    ): void;
  }
  export interface DynaliteTable {
    TableId: string;
  }
  export interface DynaliteError extends Error {
    statusCode?: number;
    body?: { __type: string; message?: string; Item?: unknown };
  }
  export interface ConditionalRequest {
    ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
  }
  const db: {
    create: (options: object) => DynaliteStore;
    checkConditional: (request: ConditionalRequest, existingItem: unknown) => DynaliteError | null | undefined;
  };
  export default db;
}

declare module 'dynalite/validations/index.js' {
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
    _updates?: { sections: UpdateSection[] };
  }
  const validations: {
    /** Parses the request's expressions into `_…` members; answers the text of a ValidationException if one is wrong. */
    validateExpressions: (request: ExpressionRequest) => string | undefined;
  };
  export default validations;
}

declare module 'dynalite/validations/*.js' {
  const validation: { types: Record<string, { type: string; enum?: string[] }> };
  export default validation;
}
