/** What to ask for beside the subject, so that everything on its way is judged as well. */
import type { Snapshot } from '../snapshot/snapshot';
import { targetGroupsOf } from '../snapshot/usage';
import type { Request, ResourceKind } from '../trigger/request';
import { coreOf, type Subject } from './concerns';

const clusterOfHost = (arn: string): string =>
  arn.replace(/:container-instance\//, ':cluster/').replace(/\/[^/]*$/, '');

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
  const groups =
    subject.kind === 'target' ? [] : [...services.flatMap(targetGroupsOf), ...targets.map((one) => one.targetGroupArn)];
  return [
    ...services.map(({ arn, clusterArn }) => request('service', arn, clusterArn)),
    ...(subject.kind === 'service' ? [] : tasks.map(({ arn, clusterArn }) => request('task', arn, clusterArn))),
    ...[...new Set(hostArns)].map((arn) => request('container-instance', arn, clusterOfHost(arn))),
    ...[...new Set(groups)].map((arn) => request('target-group', arn)),
  ];
}
