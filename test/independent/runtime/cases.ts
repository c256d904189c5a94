/** What each function is handed, and what has to come of it: its answer, and what the world knows afterwards. */
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './emulator';
import { toBatch, POISON_ID } from './batch';
import type { World } from './world';

export interface Outcome {
  readonly answer: Answer;
  /** Changes of findings on the bus. */
  readonly changes: readonly string[];
  /** Messages of the alert topic. */
  readonly alerts: readonly string[];
}

export interface Case {
  /** Folder of its bundle. */
  readonly bundle: string;
  /** Part of the deployed function's name. */
  readonly part: string;
  /** @param changes that functions told before */
  event(world: World, changes: readonly string[]): unknown;
  /** What is wrong with what came of it. */
  judge(outcome: Outcome): readonly string[];
}

const short = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 300);

function answers(expected: unknown, { answer: { payload } }: Outcome): readonly string[] {
  return isDeepStrictEqual(payload, expected) ? [] : [`it answers ${short(payload)} instead of ${short(expected)}`];
}

const onlyPoison = (outcome: Outcome): readonly string[] =>
  answers({ batchItemFailures: [{ itemIdentifier: POISON_ID }] }, outcome);

interface Change {
  readonly 'detail-type': string;
  readonly detail: { readonly finding: { readonly rule: string; readonly resource: string } };
}

/** @param expected rules, each of which has to have told a change */
function tells(expected: readonly string[], { changes }: Outcome): readonly string[] {
  const told = new Set(changes.map((body) => (JSON.parse(body) as Change).detail.finding.rule));
  return expected.filter((rule) => !told.has(rule)).map((rule) => `it tells no change of ${rule}`);
}

const detailType = (body: string): string => (JSON.parse(body) as Change)['detail-type'];
const eventsOf = ({ events }: World, pattern: RegExp): readonly string[] =>
  events.filter((body) => pattern.test(detailType(body)));

const CUT_OFF = '{"version":"0","detail":{';
const WITHOUT_FINDING = '{"detail-type":"Finding State Change","source":"ecs-ipv6","detail":{}}';

const reconcileTasks: Case = {
  bundle: 'reconcile-tasks',
  part: 'ReconcileTasks',
  event: (world) => toBatch(eventsOf(world, /^ECS (Task|Service|Deployment)/), CUT_OFF),
  judge: (outcome) => [
    ...onlyPoison(outcome),
    ...tells(['image-not-dual-stack', 'service-subnet-not-ipv6-only', 'task-without-ipv6', 'target-orphaned'], outcome),
  ],
};

const reconcileInstances: Case = {
  bundle: 'reconcile-instances',
  part: 'ReconcileInstances',
  event: (world) => toBatch(eventsOf(world, /^(EC2 Instance|ECS Container Instance)/), CUT_OFF),
  judge: (outcome) => [
    ...onlyPoison(outcome),
    ...tells(['instance-without-primary-ipv6', 'instance-agent-too-old'], outcome),
  ],
};

/** Of `medium` severity or above, as the policy asks for. */
const ALERTED = ['image-not-dual-stack', 'instance-without-primary-ipv6', 'target-orphaned'];

const notify: Case = {
  bundle: 'notify',
  part: 'Notify',
  event: (_, changes) => toBatch(changes, WITHOUT_FINDING),
  judge(outcome) {
    const silent = ALERTED.filter((rule) => !outcome.alerts.some((alert) => alert.includes(`${rule}: new in `)));
    return [...onlyPoison(outcome), ...silent.map((rule) => `nobody is told of ${rule}`)];
  },
};

const sweep: Case = {
  bundle: 'sweep',
  part: 'Sweep',
  event: () => ({ 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} }),
  // what no event tells of
  judge: (outcome) => [...answers(null, outcome), ...tells(['container-insights-off', 'flow-logs-off'], outcome)],
};

interface ReportAnswer {
  readonly schema?: string;
  readonly findings?: readonly { readonly rule: string; readonly status: string }[];
}

const invoke: Case = {
  bundle: 'invoke',
  part: 'Invoke',
  event: () => ({ cluster: 'edge', dryRun: true, requestedBy: 'arn:aws:iam::111122223333:user/someone' }),
  judge({ answer, changes }) {
    const { schema, findings = [] } = answer.payload as ReportAnswer;
    const open = findings.filter(({ status }) => status === 'open').map(({ rule }) => rule);
    return [
      ...(schema === 'ecs-ipv6/report/v1' ? [] : [`it answers ${short(answer.payload)} instead of a report`]),
      ...(open.includes('instance-without-primary-ipv6') ? [] : [`its report holds ${open.join(', ') || 'nothing'}`]),
      ...(changes.length > 0 ? ['a dry run tells changes'] : []),
    ];
  },
};

/** In an order in which each finds what it needs. */
export const cases = [reconcileTasks, reconcileInstances, notify, sweep, invoke] as const satisfies readonly Case[];

/** Planted faults go into its bundle. */
export const victim: Case = reconcileTasks;
