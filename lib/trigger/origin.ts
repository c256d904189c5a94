/** Who or what made a run: the report says it, and the ledger keeps it with what the run wrote. */
export interface Origin {
  /** ARN that a person's run claims to be asked by. */
  readonly requestedBy?: string;
  /** Of the function's invocation: joins to CloudTrail and to its logs. */
  readonly requestId?: string;
}
