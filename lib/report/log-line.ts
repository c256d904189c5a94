import { embeddedMetrics } from './embedded-metrics';
import type { Report } from './report';

/** A report without its findings' texts, what an operator greps for; and its figures, which CloudWatch takes out of it. */
export function logLine(report: Report): Readonly<Record<string, unknown>> {
  const { findings, ...rest } = report;
  const open: Record<string, number> = {};
  for (const { rule, status } of findings) if (status === 'open') open[rule] = (open[rule] ?? 0) + 1;
  return { ...rest, findings: findings.length, open, ...embeddedMetrics(report) };
}
