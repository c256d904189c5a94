/**
 * Figures of a pass in the embedded metric format: CloudWatch takes them out of the log line, no call is made.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import type { Severity } from '../evaluate/finding';
import type { Report } from './report';

/** As the alarms and the dashboard of the template name it. */
const NAMESPACE = 'EcsIpv6';
/** The one dimension: what the logger puts into each line. */
const DIMENSIONS = [['function_name']];

const TAGS: ReadonlySet<string> = new Set(['tag', 'untag']);

const OPEN: Readonly<Record<Severity, string>> = {
  critical: 'OpenCritical',
  high: 'OpenHigh',
  medium: 'OpenMedium',
  low: 'OpenLow',
  info: 'OpenInfo',
};

type Measured = Pick<Report, 'actions' | 'durationMs' | 'findings' | 'gaps' | 'startedAt' | 'throttled'>;

const times = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number => items.filter(holds).length;

function figuresOf({ findings, actions, gaps, throttled }: Measured): Readonly<Record<string, number>> {
  const open = Object.entries(OPEN).map(
    ([severity, name]) => [name, times(findings, (one) => one.status === 'open' && one.severity === severity)] as const,
  );
  const became = (status: string): number => times(actions, (one) => one.status === status);
  return {
    Passes: 1,
    ...Object.fromEntries(open),
    Unknown: times(findings, ({ status }) => status === 'unknown'),
    Gaps: gaps.length,
    ThrottledCalls: throttled,
    ActionsApplied: became('applied'),
    ActionsWithheld: became('withheld'),
    ActionsFailed: became('failed'),
    // tags are no change of a workload
    Changes: times(actions, ({ status, action }) => status === 'applied' && !TAGS.has(action.kind)),
  };
}

/** Members of a log line that has `function_name` beside them: `_aws`, which says what is a metric, and the figures. */
export function embeddedMetrics(report: Measured): Readonly<Record<string, unknown>> {
  const figures = figuresOf(report);
  const metrics = Object.keys(figures).map((Name) => ({ Name, Unit: 'Count' }));
  const directive = { Namespace: NAMESPACE, Dimensions: DIMENSIONS, Metrics: metrics };
  const Timestamp = Date.parse(report.startedAt) + report.durationMs;
  return { _aws: { Timestamp, CloudWatchMetrics: [directive] }, ...figures };
}
