import { sortedByUrgency } from '../evaluate/sorted-by-urgency';
import { modes } from '../policy/policy';
import type { Report } from '../report/report';

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of counts) for (const [key, count] of Object.entries(one)) sums[key] = (sums[key] ?? 0) + count;
  return sums;
}

/** Every region says the same of a policy that they share. */
function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** One report of several regions, in the order they were looked at. */
export function mergeReports(reports: readonly [Report, ...Report[]]): Report {
  const [first] = reports;
  if (reports.length === 1) return first;
  return {
    ...first,
    regions: reports.flatMap((report) => report.regions),
    mode: modes[Math.max(...reports.map((report) => modes.indexOf(report.mode)))] ?? first.mode,
    policyVersion: [...new Set(reports.map((report) => report.policyVersion))].join(' '),
    policyProblems: reports.flatMap((report) => report.policyProblems),
    policyWarnings: distinct(reports.flatMap((report) => report.policyWarnings)),
    overriddenFacts: distinct(reports.flatMap((report) => report.overriddenFacts)),
    durationMs: reports.reduce((sum, report) => sum + report.durationMs, 0),
    scanned: addUp(reports.map((report) => report.scanned)),
    apiCalls: addUp(reports.map((report) => report.apiCalls)),
    throttled: reports.reduce((sum, report) => sum + report.throttled, 0),
    findings: sortedByUrgency(reports.flatMap((report) => report.findings)),
    actions: reports.flatMap((report) => report.actions),
    gaps: reports.flatMap((report) => report.gaps),
  };
}
