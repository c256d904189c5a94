import { groupedBy } from '../snapshot/indexed';
import { severities, type Finding } from './finding';

/** Resources are alike for most of their length: they are compared only where all else is the same. */
function byResource(left: Finding, right: Finding): number {
  if (left.resource === right.resource) return 0;
  return left.resource < right.resource ? -1 : 1;
}

/** The worst first; then by rule and resource, so that the order is always the same. */
export function sortedByUrgency(findings: readonly Finding[]): readonly Finding[] {
  const bySeverity = groupedBy(findings, ({ severity }) => severity);
  return severities.flatMap((severity) => {
    const byRule = groupedBy(bySeverity.get(severity) ?? [], ({ rule }) => rule);
    return [...byRule.keys()].sort().flatMap((rule) => (byRule.get(rule) ?? []).sort(byResource));
  });
}
