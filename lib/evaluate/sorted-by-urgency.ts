import { groupedBy } from '../snapshot/indexed';
import { severities, type Finding } from './finding';

const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** Resources are alike for most of their length: they are compared only where all else is the same. */
const byResource = (left: Finding, right: Finding): number => compare(left.resource, right.resource);

/** The worst first; then by rule and resource, so that the order is always the same. */
export function sortedByUrgency(findings: readonly Finding[]): readonly Finding[] {
  const bySeverity = groupedBy(findings, ({ severity }) => severity);
  return severities.flatMap((severity) => {
    const byRule = groupedBy(bySeverity.get(severity) ?? [], ({ rule }) => rule);
    return [...byRule].sort(([left], [right]) => compare(left, right)).flatMap(([, some]) => some.sort(byResource));
  });
}
