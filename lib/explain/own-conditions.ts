/** Conditions on the way that are no rule: nothing is wrong with the configuration if they do not hold (yet). */
import { perKey } from '../snapshot/indexed';
import { ownerIn, ownerOfTarget } from '../snapshot/ownership';
import type { CollectedKind, Service, Snapshot, Target, Task } from '../snapshot/snapshot';
import { serviceOfTask, usersOfTargetGroup } from '../snapshot/usage';
import { shortName } from '../trigger/arn';
import { keysOf, type Concerns } from './concerns';
import { explanationsOf } from './explain-error';
import { namesAroundService } from './names-around';
import { serviceEvents, stoppedTasks } from './notice-conditions';
import type { OwnCondition } from './own-condition';
import { gapVerdict } from './rule-verdicts';
import type { Status, Verdict } from './verdict';

type Found = Pick<Verdict, 'status' | 'message' | 'explanations'>;

const green: Found = { status: 'green' };
const red = (message: string): Found => ({ status: 'red', message });
const unknown = (message: string): Found => ({ status: 'unknown', message });
const notApplicable = (message: string): Found => ({ status: 'not-applicable', message });

function each<Resource>(
  concerns: Concerns,
  kind: CollectedKind,
  { from, find }: { from: ReadonlyMap<string, Resource>; find: (resource: Resource) => Found },
): readonly Verdict[] {
  const keys = new Set(keysOf(concerns, kind));
  const there = [...from].filter(([key]) => keys.has(key)).sort(([left], [right]) => (left < right ? -1 : 1));
  return there.map(([key, resource]) => ({ resource: key, kind, fix: [], ...find(resource) }));
}

const hostConnected: OwnCondition = ({ snapshot, concerns }) =>
  each(concerns, 'container-instance', {
    from: snapshot.containerInstances,
    find: ({ status, agentConnected }) => {
      if (!agentConnected) return red('Its agent is not connected to ECS.');
      return status === 'ACTIVE' ? green : red(`Its status is ${status}: ECS places no task on it.`);
    },
  });

const isRunning = ({ lastStatus }: Task): boolean => lastStatus === 'RUNNING';

function taskFound({ lastStatus, desiredStatus }: Task): Found {
  if (desiredStatus === 'STOPPED') return notApplicable('It is stopping.');
  return lastStatus === 'RUNNING' ? green : unknown(`It is ${lastStatus}, not yet RUNNING.`);
}

function serviceFound({ desiredCount, runningCount }: Service): Found {
  if (desiredCount === 0) return notApplicable('It wants no task.');
  if (runningCount >= desiredCount) return green;
  return red(`${String(runningCount)} of ${String(desiredCount)} tasks run.`);
}

/** How many tasks a service has matters to the service only. */
const taskRunning: OwnCondition = ({ snapshot, concerns, subject: { kind } }) => {
  const tasks = each(concerns, 'task', { from: snapshot.tasks, find: taskFound });
  return kind === 'service'
    ? [...each(concerns, 'service', { from: snapshot.services, find: serviceFound }), ...tasks]
    : tasks;
};

interface Owners {
  readonly tasks: ReadonlySet<string>;
  /** Of some target nobody can tell. */
  readonly isUnclear: boolean;
}

const ownersIn = perKey((snapshot: Snapshot, groupArn): Owners => {
  const targets = [...snapshot.targets.values()].filter(({ targetGroupArn }) => targetGroupArn === groupArn);
  const owners = targets.map((target) => ownerOfTarget(snapshot, target));
  return {
    tasks: new Set(owners.flatMap((owner) => ownerIn(owner)?.arn ?? [])),
    isUnclear: owners.some(({ kind }) => kind === 'unknown'),
  };
});

/** Whether the task has a target in the group, or why that cannot be told. */
function inGroup(snapshot: Snapshot, task: Task, groupArn: string): Found {
  const { tasks, isUnclear } = ownersIn(snapshot, groupArn);
  if (tasks.has(task.arn)) return green;
  const gap = gapVerdict(snapshot, 'targets');
  if (gap) return gap;
  if (isUnclear) return unknown(`Whether it is a target of ${shortName(groupArn)} cannot be told yet.`);
  return red(`It is no target of ${shortName(groupArn)}.`);
}

/** The worst of what is found in each place where the task should be registered. */
function everywhere(found: readonly Found[], nowhere: string): Found {
  const worst = (['red', 'unknown'] as const).map((status: Status) => found.find((one) => one.status === status));
  return found.length === 0 ? notApplicable(nowhere) : (worst.find((one) => one !== undefined) ?? green);
}

function registeredFound(snapshot: Snapshot, task: Task, places: (service: Service) => readonly Found[]): Found {
  if (!isRunning(task) && task.lastStatus !== 'ACTIVATING') return notApplicable(`It is ${task.lastStatus}.`);
  if (task.desiredStatus === 'STOPPED') return notApplicable('It is stopping.');
  const service = serviceOfTask(snapshot, task);
  if (!service) return gapVerdict(snapshot, 'services') ?? notApplicable('It belongs to no service.');
  return everywhere(places(service), 'Its service registers nothing there.');
}

const targetRegistered: OwnCondition = ({ snapshot, concerns }) =>
  each(concerns, 'task', {
    from: snapshot.tasks,
    find: (task) =>
      registeredFound(snapshot, task, ({ loadBalancers }) =>
        loadBalancers.flatMap(({ targetGroupArn, alternateTargetGroupArn }) => {
          if (targetGroupArn === undefined) return [];
          const groups = [targetGroupArn, ...(alternateTargetGroupArn === undefined ? [] : [alternateTargetGroupArn])];
          const found = groups.map((arn) => inGroup(snapshot, task, arn));
          // of a blue/green pair one is enough
          return found.some(({ status }) => status === 'green') ? [green] : found.slice(0, 1);
        }),
      ),
  });

function inRegistry(snapshot: Snapshot, task: Task, registryArn: string): Found {
  const isThere = [...snapshot.cloudMapInstances.values()].some(
    ({ serviceArn, instanceId }) => serviceArn === registryArn && instanceId === task.id,
  );
  if (isThere) return green;
  return gapVerdict(snapshot, 'cloudMapInstances') ?? red(`It is not registered in ${shortName(registryArn)}.`);
}

const cloudMapRegistered: OwnCondition = ({ snapshot, concerns }) =>
  each(concerns, 'task', {
    from: snapshot.tasks,
    find: (task) =>
      registeredFound(snapshot, task, ({ registries }) =>
        registries.map(({ registryArn }) => inRegistry(snapshot, task, registryArn)),
      ),
  });

const REASONS: Readonly<Record<Target['state'], (reason: string) => Found>> = {
  healthy: () => green,
  initial: (reason) => unknown(`It is still being checked${reason}.`),
  unavailable: (reason) => unknown(`Its health is not known${reason}: health checks are off.`),
  unhealthy: (reason) => red(`It is unhealthy${reason}.`),
  'unhealthy.draining': (reason) => red(`It is unhealthy and on its way out${reason}.`),
  unused: (reason) => red(`No load balancer uses it${reason}.`),
  draining: () => notApplicable('It is on its way out.'),
};

/** What is known of the reason that the load balancer gives; of a target that no task has, there is nothing to explain. */
function explainedHealth(snapshot: Snapshot, target: Target): Pick<Verdict, 'explanations'> {
  const { state, reason, targetGroupArn } = target;
  if (state !== 'unhealthy' || reason === undefined) return {};
  if (snapshot.targetGroups.get(targetGroupArn)?.ipAddressType !== 'ipv6') return {};
  if (ownerOfTarget(snapshot, target).kind !== 'owned') return {};
  const [user = ''] = usersOfTargetGroup(snapshot, targetGroupArn);
  const around = namesAroundService(snapshot, snapshot.services.get(user));
  const explanations = explanationsOf(`${state} ${reason}`, { ...around, targetGroup: [targetGroupArn] });
  return explanations.length === 0 ? {} : { explanations };
}

const targetHealthy: OwnCondition = ({ snapshot, concerns }) =>
  each(concerns, 'target', {
    from: snapshot.targets,
    find: (target) => {
      const { state, reason } = target;
      return {
        ...REASONS[state](reason === undefined ? '' : ` (${reason})`),
        ...explainedHealth(snapshot, target),
      };
    },
  });

/** By the id of their place in the order. */
export const ownConditions: Readonly<Record<string, OwnCondition>> = {
  'host-connected': hostConnected,
  'stopped-tasks': stoppedTasks,
  'task-running': taskRunning,
  'service-events': serviceEvents,
  'target-registered': targetRegistered,
  'cloudmap-registered': cloudMapRegistered,
  'target-healthy': targetHealthy,
};
