/**
 * What AWS states, as data: it was read on a day, and has to be read again. A stale fact still finds things, but its
 * findings are marked `verify`, capped at `info`, and lead to no action.
 */
export interface Fact<Value> {
  readonly value: Value;
  readonly url: string;
  /** YYYY-MM-DD, the day it was last read at `url`. */
  readonly checked: string;
  /** YYYY-MM-DD, the day from which on it is stale. */
  readonly recheck: string;
}

export function isStale(fact: Fact<unknown>, now: Date): boolean {
  return now.toISOString().slice(0, 10) >= fact.recheck;
}
