import type { ActionGuard, DeregisterGuard, Guard } from './policy';
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
const changes: Readonly<Record<keyof ActionGuard, Direction>> = { perRun: 'more', perHour: 'more' };

const CAUTIOUS = ['report', 'never'];

/** How much a limit allows, as a number. */
function amount(limit: string | number | undefined): number {
  if (typeof limit === 'number') return limit;
  return CAUTIOUS.includes(String(limit)) ? 0 : 1;
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

export function compareGuards(before: Guard, after: Guard): readonly PolicyChange[] {
  return [
    ...compareLimits('guard.deregister', deregister, [{ ...before.deregister }, { ...after.deregister }]),
    ...compareLimits('guard.heal', changes, [{ ...before.heal }, { ...after.heal }]),
    ...compareLimits('guard.disableExec', changes, [{ ...before.disableExec }, { ...after.disableExec }]),
  ];
}
