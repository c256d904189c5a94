import type { Exemption } from './policy';
import { changedKeys, type PolicyChange } from './policy-change';

type Exemptions = readonly Exemption[];

const keyOf = ({ rule, resource }: Exemption): string => `${rule} of ${resource}`;

/** Of several for the same, the one that holds longest. */
function byKey(exemptions: Exemptions): ReadonlyMap<string, Exemption> {
  const inOrder = [...exemptions].sort((left, right) => (left.until < right.until ? -1 : 1));
  return new Map(inOrder.map((exemption) => [keyOf(exemption), exemption]));
}

function compareExemption(before: Exemption, after: Exemption): readonly PolicyChange[] {
  const what = `exemption from ${keyOf(after)}`;
  const earlier = after.until < before.until;
  const moved = `ends ${earlier ? 'earlier' : 'later'}: ${after.until} instead of ${before.until}`;
  const told = changedKeys(
    { reason: before.reason, owner: before.owner },
    { reason: after.reason, owner: after.owner },
  ).map((message) => ({ danger: 'other' as const, what, message }));
  return before.until === after.until
    ? told
    : [{ danger: earlier ? 'exemption' : 'safer', what, message: moved }, ...told];
}

export function compareExemptions(before: Exemptions, after: Exemptions): readonly PolicyChange[] {
  const [was, is] = [byKey(before), byKey(after)];
  const removed = [...was].filter(([key]) => !is.has(key));
  return [
    ...removed.map(([key, { owner, until }]): PolicyChange => {
      const message = `removed (${owner}, until ${until}): it is judged, and acted on, again`;
      return { danger: 'exemption', what: `exemption from ${key}`, message };
    }),
    ...[...is].flatMap(([key, exemption]): readonly PolicyChange[] => {
      const old = was.get(key);
      if (old) return compareExemption(old, exemption);
      const message = `added until ${exemption.until} (${exemption.owner}: ${exemption.reason})`;
      return [{ danger: 'safer', what: `exemption from ${key}`, message }];
    }),
  ];
}
