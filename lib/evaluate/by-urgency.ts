import { severities, type Finding } from './finding';

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The worst first; then by rule and resource, so that the order is always the same. */
export function byUrgency(left: Finding, right: Finding): number {
  return (
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    compare(left.rule, right.rule) ||
    compare(left.resource, right.resource)
  );
}
