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
  const chosen = [...first.values()];
  return chosen.flatMap((call) => {
    const earlier = writeBefore(call, calls);
    // with nothing but reads in between, before the one is after the other
    return around(call).filter(({ when }) => when === 'after' || !earlier || !chosen.includes(earlier));
  });
}

/** With this an invocation begins. */
const FIRST_READ = 'GetParametersByPath';

/** The last write before it of the same process, if that is certainly of the same invocation. */
function writeBefore(call: CallMade, calls: readonly CallMade[]): CallMade | undefined {
  const { victim } = call;
  const before = calls.slice(0, calls.indexOf(call));
  const last = before.findLast((one) => one.victim === victim && (one.isWrite || one.what === FIRST_READ));
  return last?.isWrite ? last : undefined;
}

export const everyNth = <Item>(items: readonly Item[], apart: number): readonly Item[] =>
  items.filter((_, index) => index % apart === 0);
