/** What must really have happened, each named so that a missing one can be. */
import type { StoryState } from '../../../infra/local/seed/story/people';

export interface Step {
  readonly pass: string;
  readonly name: string;
  readonly ok: boolean;
  /** What was seen. */
  readonly seen: string;
}

const RULES = [
  'cloudmap-instance-orphaned',
  'image-not-dual-stack',
  'instance-agent-too-old',
  'instance-without-primary-ipv6',
  'service-target-group-not-ipv6',
  'target-orphaned',
  'task-without-ipv6',
] as const;

/** The part of a change event that the demo tells of. */
export interface SeenChange {
  readonly rule: string;
  readonly state: string;
  readonly resource: string;
  readonly message: string;
}

export interface PassSeen {
  readonly changes: readonly SeenChange[];
  readonly alerts: readonly string[];
  /** Bodies of the messages that Slack took. */
  readonly slack: readonly string[];
  readonly writes: Readonly<Record<string, number>>;
  readonly publishes: number;
  readonly events: number;
  readonly state: StoryState;
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} x${String(count)}`)
    .join(', ') || 'none';

const isOrphanTarget = (target: string): boolean => target.includes('::dead:');
const isOrphanInstance = (id: string): boolean => id.startsWith('0dead');

export interface Live {
  /** Instance launched while the controller watched. */
  readonly instanceId: string;
  /** The controller looked at the instance before its agent ran, and put it back for a second look. */
  readonly seenEarly: boolean;
  /** The same of the instance that a group launched, while EC2's own notifications were lost. */
  readonly seenByGroup: boolean;
  /** Changes told once the agent ran, before that second look. */
  readonly byAgent: readonly SeenChange[];
  /** Changes that came before any sweep: events alone led to them. */
  readonly byEvents: readonly SeenChange[];
}

/** What the launch of a host alone leads to, as EC2 and as Auto Scaling tell of it. */
function launchSteps(pass: string, { seenEarly, seenByGroup }: Live): readonly Step[] {
  const step = (name: string, ok: boolean): Step => ({
    ...{ pass, name, ok },
    seen: ok ? 'put back for a second look' : 'not looked at',
  });
  return [
    step('EC2 launch event: looked at before ECS knows the host', seenEarly),
    step('Auto Scaling launch event: looked at although that of EC2 was lost', seenByGroup),
  ];
}

export function observeSteps(seen: PassSeen, live: Live): readonly Step[] {
  const { instanceId, byAgent, byEvents } = live;
  const pass = '1 observe';
  const found = new Set(seen.changes.filter(({ state }) => state === 'new').map(({ rule }) => rule));
  const joined = byAgent.find(
    ({ rule, resource }) => rule === 'instance-without-primary-ipv6' && resource.endsWith(instanceId),
  );
  const scaled = byEvents.find(({ rule }) => rule === 'task-without-ipv6');
  const alert = seen.alerts.find((text) => text.includes('instance-without-primary-ipv6') && text.includes(instanceId));
  const posted = seen.slack.some((body) => body.includes('instance-without-primary-ipv6') && body.includes(instanceId));
  const orphans = seen.state.webTargets.some(isOrphanTarget) && seen.state.webInstances.some(isOrphanInstance);
  return [
    ...launchSteps(pass, live),
    {
      pass,
      name: 'ECS container instance event leads to the finding',
      ok: joined !== undefined,
      seen: joined?.message ?? 'no finding',
    },
    {
      pass,
      name: 'ECS task event leads to the finding',
      ok: scaled !== undefined,
      seen: scaled?.message ?? 'no finding',
    },
    ...RULES.map((rule) => ({
      pass,
      name: `finding ${rule}`,
      ok: found.has(rule),
      seen: found.has(rule) ? 'new' : 'not found',
    })),
    {
      pass,
      name: 'alert for the instance delivered through SNS',
      ok: alert !== undefined,
      seen: alert === undefined ? 'none' : 'delivered',
    },
    {
      pass,
      name: 'alert for the instance delivered to Slack',
      ok: posted,
      seen: posted ? 'delivered' : 'none',
    },
    { pass, name: 'no write to the workload', ok: total(seen.writes) === 0, seen: list(seen.writes) },
    { pass, name: 'orphans left alone', ok: orphans, seen: orphans ? 'still registered' : 'gone' },
  ];
}

export interface Enforced extends Live {
  /** Writes that came before any sweep. */
  readonly writtenByEvent: Readonly<Record<string, number>>;
}

function policyStep(pass: string, writtenByEvent: Enforced['writtenByEvent']): Step {
  const ok = (writtenByEvent['ec2:CreateTags'] ?? 0) > 0;
  return { pass, name: 'policy change event leads to tags, without a sweep', ok, seen: list(writtenByEvent) };
}

export function enforceSteps(seen: PassSeen, { instanceId, writtenByEvent }: Enforced): readonly Step[] {
  const pass = '2 enforce';
  const { state } = seen;
  const targets = state.webTargets.filter((target) => isOrphanTarget(target) && !target.endsWith('draining'));
  const healthy = state.webTargets.filter((target) => target.endsWith(' healthy')).length;
  const instances = state.webInstances.filter(isOrphanInstance);
  const kept = state.webInstances.length - instances.length;
  const tagged = [instanceId, 'legacy'].filter((resource) => resource in state.tags);
  const resolved = new Set(seen.changes.filter((change) => change.state === 'resolved').map(({ rule }) => rule));
  const told = ['target-orphaned', 'cloudmap-instance-orphaned'].filter((rule) => resolved.has(rule));
  const unmarked = !('web' in state.tags);
  return [
    policyStep(pass, writtenByEvent),
    {
      pass,
      name: 'violations tagged',
      ok: tagged.length === 2,
      seen: Object.values(state.tags).join(' | ') || 'no tags',
    },
    { pass, name: 'compliant service not tagged', ok: unmarked, seen: unmarked ? 'no tag on web' : 'tagged' },
    {
      pass,
      name: 'orphaned target deregistered',
      ok: targets.length === 0 && seen.writes['elasticloadbalancing:DeregisterTargets'] === 1,
      seen: state.webTargets.join(', '),
    },
    {
      pass,
      name: 'orphaned Cloud Map instance deregistered',
      ok: instances.length === 0 && seen.writes['servicediscovery:DeregisterInstance'] === 1,
      seen: `${String(state.webInstances.length)} instances`,
    },
    {
      pass,
      name: 'targets and instances of tasks kept',
      ok: healthy === 2 && kept === 2,
      seen: `${String(healthy)} healthy, ${String(kept)} in Cloud Map`,
    },
    {
      pass,
      name: 'both orphans resolved and told',
      ok: told.length === 2,
      seen: told.join(', ') || 'nothing resolved',
    },
  ];
}

export interface Steady extends Live {
  /** A sweep looked at the account in this pass. */
  readonly swept: boolean;
  /** What the function answered that a person asked about the instance's cluster. */
  readonly answer: string;
  /** Calls of all passes that IAM refused the controller. */
  readonly denied: readonly string[];
}

export function steadySteps(seen: PassSeen, { instanceId, swept, answer, denied }: Steady): readonly Step[] {
  const pass = '3 steady';
  const answered = answer.includes('ecs-ipv6/report/v1') && answer.includes(instanceId);
  return [
    { pass, name: 'the schedule started a sweep', ok: swept, seen: swept ? 'looked at every cluster' : 'none' },
    {
      pass,
      name: 'asked about a cluster, answers with its findings',
      ok: answered,
      seen: answered ? 'report' : answer,
    },
    {
      pass,
      name: 'IAM refused the controller nothing in any pass',
      ok: denied.length === 0,
      seen: denied.join(', ') || 'nothing refused',
    },
    { pass, name: 'zero writes to the workload', ok: total(seen.writes) === 0, seen: list(seen.writes) },
    {
      pass,
      name: 'zero messages',
      ok: seen.publishes + seen.alerts.length + seen.slack.length === 0,
      seen: String(seen.publishes + seen.slack.length),
    },
    { pass, name: 'zero events', ok: seen.events === 0 && seen.changes.length === 0, seen: String(seen.events) },
  ];
}
