import { severities, type Severity } from '../evaluate/finding';
import type { TransitionState } from '../state/memory';
import type { FindingStateChange } from './events';
import { rulesBehind } from './notices';

/** What is not in a cluster, or was found without a scope: a topic refuses attributes without a value. */
const NONE = 'none';
/** Enough for everybody's filter, and little beside the 256 KiB that a message and its attributes may have together. */
const MAX_CLUSTERS = 100;

/** Changes of one kind, with one cause, in one place: told together. */
export interface Alert {
  /** Not empty; sorted by id, the first of which is the message's own: stable when it is sent again. */
  readonly changes: readonly [FindingStateChange, ...FindingStateChange[]];
  /** For subscribers' filter policies. */
  readonly attributes: AlertAttributes;
}

export interface AlertAttributes {
  readonly severity: Severity;
  /** What is told, and for a notice the rules that it is about. */
  readonly rule: readonly string[];
  /** Names. */
  readonly cluster: readonly string[];
  readonly scope: string;
  readonly state: TransitionState;
}

export const idsOf = ({ changes }: Alert): readonly string[] => changes.map(({ id }) => id);

const CLUSTER_ARN = /:(?:(?:service|task|container-instance)\/([^/]+)\/|cluster\/([^/]+)$)/;

function clusterIn(arn: string): readonly string[] {
  const [, ofResident, own] = CLUSTER_ARN.exec(arn) ?? [];
  return [ofResident ?? own ?? []].flat();
}

/** Clusters that a change is about, from the ARNs at hand; `none` where it lies in no cluster. */
function clustersOf({ finding }: FindingStateChange): readonly string[] {
  const clusters = [finding.resource, ...finding.related].flatMap(clusterIn);
  return clusters.length === 0 ? [NONE] : [...new Set(clusters)].sort().slice(0, MAX_CLUSTERS);
}

/** Groups changes so that a hundred violations of one cause make one message with a count; the most severe come first. */
export function groupAlerts(changes: readonly FindingStateChange[]): readonly Alert[] {
  const groups = new Map<string, [FindingStateChange, ...FindingStateChange[]]>();
  for (const change of [...changes].sort(byId)) {
    const { finding, state } = change;
    const key = JSON.stringify([state, finding.rule, finding.severity, finding.scope, clustersOf(change)]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()].map(toAlert).sort(bySeverity);
}

const byId = (left: FindingStateChange, right: FindingStateChange): number => (left.id < right.id ? -1 : 1);

const ORDER: Readonly<Record<TransitionState, number>> = {
  ...{ new: 0, worse: 1, stopped: 2, withheld: 3, expired: 4, expiring: 5, reminder: 6, resolved: 7 },
};

/** Among alerts of one severity, what is wrong comes before what is done about it, and what is over last. */
const bySeverity = ({ attributes: left }: Alert, { attributes: right }: Alert): number =>
  severities.indexOf(left.severity) - severities.indexOf(right.severity) || ORDER[left.state] - ORDER[right.state];

function toAlert(changes: readonly [FindingStateChange, ...FindingStateChange[]]): Alert {
  const [first] = changes;
  const { finding, state } = first;
  const scope = finding.scope === '' ? NONE : finding.scope;
  const rule = [...new Set([finding.rule, ...changes.flatMap((change) => rulesBehind(change.finding))])];
  const { severity } = finding;
  return { changes, attributes: { severity, rule, cluster: clustersOf(first), scope, state } };
}

/** `111122223333 eu-west-2, cluster prod` */
export function placeOf({ changes: [{ account, region }], attributes: { cluster } }: Alert): string {
  if (cluster.includes(NONE)) return `${account} ${region}`;
  return `${account} ${region}, cluster${cluster.length === 1 ? '' : 's'} ${cluster.join(', ')}`;
}

/** `, scope payments`; nothing where there is none, as with a broken policy. */
export const scopeNote = ({ attributes: { scope } }: Alert): string => (scope === NONE ? '' : `, scope ${scope}`);

/** What is told of one change: a finding's message says what is wrong, also when it is over. */
export function sentenceOf({ state, finding: { message }, firstSeenAt }: FindingStateChange): string {
  if (state === 'resolved') return `was: ${message}`;
  return state === 'reminder' ? `${message} (since ${firstSeenAt.slice(0, 10)})` : message;
}
