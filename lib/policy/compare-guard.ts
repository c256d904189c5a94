import type { DeregisterGuard, HealGuard, Policy } from './policy';
import { spelled, type PolicyChange } from './policy-change';

/** More of it lets more happen, or less. */
type Direction = 'more' | 'less';

const deregister: Readonly<Record<keyof DeregisterGuard, Direction>> = {
  perRun: 'more',
  perHour: 'more',
  minHealthyPercent: 'less',
  minHealthyPerZone: 'less',
  orphanMinutes: 'less',
  healthyOrphans: 'more',
  ecsManaged: 'more',
};
const heal: Readonly<Record<keyof HealGuard, Direction>> = { perRun: 'more', perHour: 'more' };

const CAUTIOUS = ['report', 'never'];

/** How much a limit allows, as a number; nothing at all where there is none. */
function amount(limit: string | number | undefined): number {
  if (typeof limit === 'number') return limit;
  return limit === undefined || CAUTIOUS.includes(limit) ? 0 : 1;
}

type Limits = Readonly<Record<string, string | number>>;

function compareLimits(
  what: string,
  directions: Readonly<Record<string, Direction>>,
  [before, after]: [Limits, Limits],
) {
  return Object.entries(directions).flatMap(([key, direction]): readonly PolicyChange[] => {
    const [left, right] = [before[key], after[key]];
    if (left === right) return [];
    const grows = amount(right) > amount(left);
    const isLoosened = grows === (direction === 'more');
    const message = `${isLoosened ? 'loosened' : 'tightened'} from ${spelled(left)} to ${spelled(right)}`;
    return [{ danger: isLoosened ? 'guard' : 'safer', what: `${what}.${key}`, message }];
  });
}

type Guard = Policy['guard'];

export function compareGuards(before: Guard, after: Guard): readonly PolicyChange[] {
  return [
    ...compareLimits('guard.deregister', deregister, [{ ...before.deregister }, { ...after.deregister }]),
    ...compareLimits('guard.heal', heal, [{ ...before.heal }, { ...after.heal }]),
  ];
}
