/** Every call that reached the local account, in order. */
export interface CallRecord {
  readonly at: Date;
  readonly account: string;
  readonly region: string;
  /** IAM prefix, e.g. `ecs`; empty for a request that named no known service. */
  readonly service: string;
  readonly operation: string;
  readonly principalArn: string;
  /** Set for calls made with a role's credentials. */
  readonly roleArn?: string;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly errorCode?: string;
  readonly readOnly: boolean;
}

export interface CallLog {
  list(): readonly CallRecord[];
  /** The listener gets each call as it is answered. */
  subscribe(listener: (record: CallRecord) => void): () => void;
  add(record: CallRecord): void;
}

export function createCallLog(): CallLog {
  const records: CallRecord[] = [];
  const listeners = new Set<(record: CallRecord) => void>();
  return {
    list: () => records,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    add(record) {
      records.push(record);
      for (const listener of listeners) listener(record);
    },
  };
}

const READ_VERBS = /^(Describe|List|Get|BatchGet|Discover|Search|Lookup|Scan|Query|Simulate|Preview|Test|Check|Head)/;

/** Reading a queue takes messages out of sight, so ReceiveMessage counts as a write. */
export function isReadOnly(operation: string): boolean {
  return READ_VERBS.test(operation);
}
