import type { Moment } from '../../../infra/local/weather/call-rule';
import type { CallMade } from './calls-made';

/** The process of a function is killed right before, or right after, one of its calls takes effect. */
export interface Kill extends Pick<CallMade, 'victim' | 'action' | 'what' | 'nth'> {
  readonly when: Moment;
}

export const isStruck = (call: CallMade, { victim, action, nth }: Kill): boolean =>
  call.victim === victim && call.action === action && call.nth === nth;

/** A read leaves nothing behind that could tell after from before. */
function around({ victim, action, what, nth, isWrite }: CallMade): readonly Kill[] {
  const moments: readonly Moment[] = isWrite ? ['before', 'after'] : ['before'];
  return moments.map((when) => ({ victim, action, what, nth, when }));
}

export function everyKill(calls: readonly CallMade[]): readonly Kill[] {
  return calls.flatMap(around);
}

/** Each kind of write once: that there is more of it changes little. */
export function killsByKind(calls: readonly CallMade[]): readonly Kill[] {
  const first = new Map<string, CallMade>();
  for (const call of calls) if (call.isWrite && !first.has(call.what)) first.set(call.what, call);
  return everyKill([...first.values()]);
}

export const everyNth = <Item>(items: readonly Item[], apart: number): readonly Item[] =>
  items.filter((_, index) => index % apart === 0);
