/**
 * What AWS states, as data: it was read on a day, and has to be read again. A stale fact still finds things, but its
 * findings are marked `verify`, capped at `info`, and lead to no action. A policy can override what is written here.
 */
import type * as v from 'valibot';

export interface Fact<Value> {
  /** kebab-case, permanent: policies name it. */
  readonly id: string;
  /** What the value says, in a sentence. */
  readonly title: string;
  /** What a value may be; holds for the one below and for a policy's. */
  readonly type: v.GenericSchema<unknown, Value>;
  readonly value: Value;
  /** What AWS does not say, or says in two ways. What rests on that is never more than `info`, and leads to no action. */
  readonly doubt?: string;
  /** Why a policy can confirm it and say nothing else in its place. */
  readonly fixed?: string;
  readonly url: string;
  /** YYYY-MM-DD, the day it was last read at `url`. */
  readonly checked: string;
  /** YYYY-MM-DD, the day from which on it is stale. */
  readonly recheck: string;
}

/** A fact whose value is what its type says. */
export function defineFact<Value>(fact: Omit<Fact<Value>, 'value'> & { readonly value: NoInfer<Value> }): Fact<Value> {
  return fact;
}

export function isStale({ recheck }: Pick<Fact<unknown>, 'recheck'>, now: Date): boolean {
  return now >= new Date(recheck);
}
