import { severities, type Severity } from '../evaluate/finding';
import type { FindingStateChange } from './events';
import type { TransitionState } from '../state/memory';
import { shortName } from '../trigger/arn';

/** SNS takes at most 256 KiB a message and 100 characters of subject: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_SUBJECT = 99;
const CUT = '...';
/** Findings that a message spells out; the rest is counted. */
const MAX_LISTED = 20;

/** One message: changes of one kind, with one cause, in one place. */
export interface Alert {
  /** Ids of the changes it tells of, sorted; their first is the message's own, stable when it is sent again. */
  readonly ids: readonly string[];
  readonly subject: string;
  readonly body: string;
  /** For subscribers' filter policies. */
  readonly attributes: {
    readonly severity: Severity;
    readonly rule: string;
    readonly cluster: string;
    readonly scope: string;
    readonly state: TransitionState;
  };
}

const CLUSTER_ARN = /:(?:service|task|container-instance)\/([^/]+)\//;

/** Cluster that a change is about, from the ARNs at hand; `none` where it lies in no cluster. */
function clusterOf({ finding }: FindingStateChange): string {
  const match = [finding.resource, ...finding.related].map((arn) => CLUSTER_ARN.exec(arn)?.[1]).find(Boolean);
  return match ?? 'none';
}

/** Groups changes so that a hundred violations of one cause make one message with a count. */
export function groupAlerts(changes: readonly FindingStateChange[]): readonly Alert[] {
  const groups = new Map<string, FindingStateChange[]>();
  for (const change of changes) {
    const { finding, state } = change;
    const key = [state, finding.rule, finding.severity, finding.scope, clusterOf(change)].join('|');
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map(toAlert).sort(bySeverity);
}

const bySeverity = (left: Alert, right: Alert): number =>
  severities.indexOf(left.attributes.severity) - severities.indexOf(right.attributes.severity);

function toAlert(group: readonly FindingStateChange[]): Alert {
  const [first] = group;
  if (!first) throw new Error('an alert needs at least one change');
  const { finding, state } = first;
  const cluster = clusterOf(first);
  return {
    ids: group.map((change) => change.id).sort(),
    subject: subjectOf(first, group.length - 1),
    body: bodyOf(group, cluster),
    attributes: { severity: finding.severity, rule: finding.rule, cluster, scope: finding.scope || 'none', state },
  };
}

/** `[critical] instance-without-primary-ipv6 new: instance/i-0abc and 2 more` */
function subjectOf({ finding, state }: FindingStateChange, others: number): string {
  const head = `[${finding.severity}] ${finding.rule} ${state}: `;
  const rest = others === 0 ? '' : ` and ${String(others)} more`;
  const name = shortName(finding.resource);
  const room = Math.max(0, MAX_SUBJECT - head.length - rest.length);
  const fitting = name.length <= room ? name : `${name.slice(0, Math.max(0, room - CUT.length))}${CUT}`;
  return `${head}${fitting}${rest}`.slice(0, MAX_SUBJECT);
}

function bodyOf(group: readonly FindingStateChange[], cluster: string): string {
  const [first] = group;
  if (!first) return '';
  const { account, region, finding, state } = first;
  const where = cluster === 'none' ? '' : `, cluster ${cluster}`;
  const head = `${finding.rule}: ${state} in ${account} ${region}${where}, scope ${finding.scope || 'none'}, severity ${finding.severity}`;
  const listed = group
    .slice(0, MAX_LISTED)
    .flatMap((change) => [
      `- ${change.finding.message}`,
      `  ${change.finding.resource} (since ${change.firstSeenAt})`,
      ...(state === 'resolved' ? [] : change.finding.fix.map((command) => `  fix: ${command}`)),
    ]);
  const rest = group.length > MAX_LISTED ? [`... and ${String(group.length - MAX_LISTED)} more`] : [];
  return [head, '', ...listed, ...rest, '', `Why: ${finding.source.url}`].join('\n');
}
