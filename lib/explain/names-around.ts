import { primaryInterfaceOf } from '../snapshot/primary-interface';
import type { Service, Snapshot, Task } from '../snapshot/snapshot';
import { clusterNameOf, serviceOfTask, targetGroupsOf } from '../snapshot/usage';
import { shortName } from '../trigger/arn';
import type { NamedThings } from './named-things';

const some = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

function namesOfHost({ instances, containerInstances }: Snapshot, arn: string | undefined): Partial<NamedThings> {
  const host = containerInstances.get(arn ?? '');
  const instance = instances.get(host?.ec2InstanceId ?? '');
  return {
    containerInstance: some(arn && shortName(arn).split('/').at(-1)),
    instance: some(host?.ec2InstanceId),
    networkInterface: some(instance && primaryInterfaceOf(instance)?.id),
    subnet: some(instance?.subnetId),
    vpc: some(instance?.vpcId),
  };
}

/** Load balancer first: there is a subnet of a service without one, but no way to it. */
function namesOfService(snapshot: Snapshot, service: Service): Partial<NamedThings> {
  const groups = targetGroupsOf(service);
  const [subnet = ''] = service.subnetIds;
  return {
    cluster: [clusterNameOf(service.clusterArn)],
    service: [service.name],
    taskDefinition: some(service.taskDefinitionArn),
    targetGroup: groups,
    loadBalancer: groups.flatMap((arn) => snapshot.targetGroups.get(arn)?.loadBalancerArns ?? []),
    securityGroup: service.securityGroupIds,
    subnet: service.subnetIds,
    vpc: some(snapshot.subnets.get(subnet)?.vpcId),
  };
}

const told = (names: Partial<NamedThings>): Partial<NamedThings> =>
  Object.fromEntries(Object.entries(names).filter(([, value]) => value.length > 0));

/** What ECS need not name when it speaks of the service. */
export function namesAroundService(snapshot: Snapshot, service: Service | undefined): Partial<NamedThings> {
  return { region: snapshot.region, ...(service && told(namesOfService(snapshot, service))) };
}

/** What ECS need not name when it speaks of the task. */
export function namesAroundTask(snapshot: Snapshot, task: Task): Partial<NamedThings> {
  const { id, clusterArn, taskDefinitionArn, subnetId, containerInstanceArn } = task;
  return {
    ...namesAroundService(snapshot, serviceOfTask(snapshot, task)),
    ...told(namesOfHost(snapshot, containerInstanceArn)),
    ...told({ subnet: some(subnetId), vpc: some(snapshot.subnets.get(subnetId ?? '')?.vpcId) }),
    ...{ cluster: [clusterNameOf(clusterArn)], task: [id], taskDefinition: [taskDefinitionArn] },
  };
}
