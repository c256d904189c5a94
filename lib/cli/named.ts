import type { Report } from '../report/report';
import { UsageError } from './failure';

/** Flags that name what to look at. */
export interface Names {
  readonly cluster?: string;
  readonly service?: string;
  readonly task?: string;
  readonly instance?: string;
}

/**
 * A misspelt name would look like an account without violations.
 * @throws UsageError when something was named, everything could be read, and nothing was there
 */
export function checkFound({ cluster, service, task, instance }: Names, report: Report): void {
  const named = Object.entries({ cluster, service, task, instance }).flatMap(([flag, name]) =>
    name === undefined ? [] : [`--${flag} ${name}`],
  );
  const found = Object.values(report.scanned).some((count) => count > 0) || report.findings.length > 0;
  if (named.length === 0 || found || report.gaps.length > 0) return;
  const where = `account ${report.account}, ${report.regions.join(', ')}`;
  throw new UsageError(`${named.join(' ')}: nothing of that name runs in ${where}; check the name and the region`);
}
