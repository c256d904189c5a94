import { severities, type Severity } from '../evaluate/finding';
import type { Report } from '../report/report';

export const EXIT = { compliant: 0, violations: 1, error: 2, incomplete: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** 2 (the policy is broken) wins over 1 (violations at or above `failOn`), 1 over 3 (something could not be read). */
export function exitCode(report: Report, failOn: Severity): ExitCode {
  if (report.policyProblems.length > 0) return EXIT.error;
  const counts = (severity: Severity): boolean => severities.indexOf(severity) <= severities.indexOf(failOn);
  if (report.findings.some((finding) => finding.status === 'open' && counts(finding.severity))) return EXIT.violations;
  const unknown = report.findings.some((finding) => finding.status === 'unknown' && finding.gap !== undefined);
  const failed = report.actions.some((outcome) => outcome.status === 'failed');
  const isCut = report.omitted !== undefined;
  return report.gaps.length > 0 || unknown || failed || isCut ? EXIT.incomplete : EXIT.compliant;
}
