/** What to ask for beside the subject, so that everything on its way is judged as well. */
import type { Notices } from '../snapshot/notices';
import type { Snapshot, Task } from '../snapshot/snapshot';
import { clusterNameOf, targetGroupsOf } from '../snapshot/usage';
import { formatArn } from '../trigger/arn';
import type { Request, ResourceKind } from '../trigger/request';
import { coreOf, type Core, type Subject } from './concerns';

const clusterOfHost = (arn: string): string =>
  arn.replace(/:container-instance\//, ':cluster/').replace(/\/[^/]*$/, '');

/**
 * A target that belongs to no task of the group's services may be one of their neighbours'; a service without tasks may
 * wait for hosts, which a capacity provider of its cluster is to launch.
 */
function needsCluster({ kind }: Subject, { services, tasks, hostArns }: Omit<Core, 'targets'>): boolean {
  if (tasks.length > 0) return false;
  const waits = services.some(
    ({ subnetIds, capacityProviders }) => subnetIds.length === 0 && capacityProviders.length > 0,
  );
  return kind === 'target' || (kind === 'service' && hostArns.length === 0 && waits);
}

/** Requests for its services, tasks, hosts and target groups. */
export function requestsAround(snapshot: Snapshot, subject: Subject): readonly Request[] {
  const { account, region } = snapshot;
  const { services, tasks, hostArns, targets } = coreOf(snapshot, subject);
  const request = (kind: ResourceKind, id: string, cluster?: string): Request => ({
    kind,
    account,
    region,
    id,
    cluster,
  });
  const clusters = [...new Set(services.map(({ clusterArn }) => clusterArn))];
  const groups =
    subject.kind === 'target' ? [] : [...services.flatMap(targetGroupsOf), ...targets.map((one) => one.targetGroupArn)];
  return [
    ...services.map(({ arn, clusterArn }) => request('service', arn, clusterArn)),
    ...(subject.kind === 'service' ? [] : tasks.map(({ arn, clusterArn }) => request('task', arn, clusterArn))),
    ...[...new Set(hostArns)].map((arn) => request('container-instance', arn, clusterOfHost(arn))),
    ...[...new Set(groups)].map((arn) => request('target-group', arn)),
    ...(needsCluster(subject, { services, tasks, hostArns }) ? clusters : []).map((arn) =>
      request('cluster', arn, arn),
    ),
  ];
}

/** A task that has stopped is in no snapshot: what it stood on is asked for by what ECS remembers of it. */
export function requestsOfStopped({ account, region, partition }: Snapshot, task: Task): readonly Request[] {
  const { serviceName, clusterArn, containerInstanceArn } = task;
  const here = { account, region, cluster: clusterArn };
  const resource = `service/${clusterNameOf(clusterArn)}/${serviceName ?? ''}`;
  const service = formatArn({ partition, service: 'ecs', region, account, resource });
  return [
    ...(serviceName === undefined ? [] : [{ ...here, kind: 'service' as const, id: service }]),
    ...(containerInstanceArn === undefined
      ? []
      : [{ ...here, kind: 'container-instance' as const, id: containerInstanceArn }]),
  ];
}

/** The snapshot with the subject in it, to walk from: nothing is judged by a task that has stopped. */
export function withSubject(snapshot: Snapshot, { kind, key }: Subject, { tasks }: Notices): Snapshot {
  const notice = kind === 'task' && !snapshot.tasks.has(key) ? tasks.find(({ task }) => task.arn === key) : undefined;
  return notice ? { ...snapshot, tasks: new Map([...snapshot.tasks, [key, notice.task]]) } : snapshot;
}
