/** Whether removals kept to what the policy allows, as DESIGN's words have it; from the account's record alone. */
import type { Removal } from './removals';

export interface Allowance {
  readonly perHour: number;
  readonly minHealthyPercent: number;
  readonly minHealthyPerZone: number;
}

const HOUR_MS = 3_600_000;

/** One line for each removal that must not have been. */
export function judgeRemovals(removals: readonly Removal[], allowance: Allowance): readonly string[] {
  return removals.flatMap((removal, index) => {
    const before = removals.slice(0, index).filter(({ at }) => at > removal.at - HOUR_MS);
    const name = `${removal.registration} of ${removal.holder.slice(removal.holder.indexOf('/') + 1)} at ${new Date(removal.at).toISOString()}`;
    return faults(removal, before, allowance).map((fault) => `${name}: ${fault}`);
  });
}

/** @param before removals in the hour before it */
function faults(removal: Removal, before: readonly Removal[], allowance: Allowance): readonly string[] {
  const wrong: string[] = [];
  const count = before.length + 1;
  if (count > allowance.perHour) wrong.push(`the ${String(count)}th removal in 60 minutes`);
  if (before.some(({ registration, holder }) => registration === removal.registration && holder === removal.holder)) {
    wrong.push('removed twice');
  }
  return [...wrong, ...faultsOfTarget(removal, before, allowance)];
}

function faultsOfTarget(
  { holder, target }: Removal,
  before: readonly Removal[],
  { minHealthyPercent, minHealthyPerZone }: Allowance,
): readonly string[] {
  if (!target) return [];
  if (target.healthy === 0) return ['no target of the group was healthy'];
  if (!target.wasHealthy) return [];
  const first = before.find((one) => one.holder === holder && one.target)?.target?.healthy ?? target.healthy;
  const left = target.healthy - 1;
  const leftInZone = target.healthyInZone - 1;
  return [
    ...(left < (first * minHealthyPercent) / 100
      ? [`${String(left)} healthy targets are left of the ${String(first)} an hour ago`]
      : []),
    ...(leftInZone < minHealthyPerZone
      ? [`${String(leftInZone)} healthy targets are left in ${target.zone ?? '?'}`]
      : []),
  ];
}
