/** Deeds that are about services and their tasks. */
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ListTasksCommand,
  StopTaskCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { ServiceName } from './history';
import { CLUSTER, familyOf, MINUTE } from './opening';
import type { People } from './people';

const CONTAINER = { containerName: 'app', containerPort: 8080 };

/** What is different about each service. */
function settingsOf({ opening: { network, balancing } }: People, service: ServiceName) {
  const inSubnets = (subnets: readonly string[]) => ({
    launchType: 'FARGATE' as const,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: [...subnets], securityGroups: [network.securityGroupId] },
    },
  });
  const settings = {
    web: {
      ...inSubnets(network.nativeSubnetIds),
      loadBalancers: [{ targetGroupArn: balancing.webGroupArn, ...CONTAINER }],
      serviceRegistries: [{ registryArn: balancing.webRegistryArn }],
    },
    edge: {
      launchType: 'EC2' as const,
      loadBalancers: [{ targetGroupArn: balancing.edgeGroupArn, ...CONTAINER }],
    },
    legacy: inSubnets([network.ipv4SubnetId]),
  };
  return settings[service];
}

export async function createService(people: People, serviceName: ServiceName, exec: boolean): Promise<void> {
  if (people.services.has(serviceName)) return;
  people.services.add(serviceName);
  await waitUntilGone(people, serviceName);
  await people.opening.clients.ecs.send(
    new CreateServiceCommand({
      ...settingsOf(people, serviceName),
      ...{ cluster: CLUSTER, serviceName, taskDefinition: familyOf(serviceName, 0), desiredCount: 2 },
      enableExecuteCommand: exec,
    }),
  );
}

/** One that was deleted keeps its name until its tasks have stopped. */
async function waitUntilGone({ opening: { clients, clock } }: People, service: ServiceName): Promise<void> {
  const command = new DescribeServicesCommand({ cluster: CLUSTER, services: [service] });
  const isDraining = async () => (await clients.ecs.send(command)).services?.[0]?.status === 'DRAINING';
  while (await isDraining()) await clock.advance(MINUTE);
}

export async function deleteService({ opening, services }: People, service: ServiceName): Promise<void> {
  if (!services.delete(service)) return;
  await opening.clients.ecs.send(new DeleteServiceCommand({ cluster: CLUSTER, service, force: true }));
}

export async function scale({ opening, services }: People, service: ServiceName, desiredCount: number): Promise<void> {
  if (!services.has(service)) return;
  await opening.clients.ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service, desiredCount }));
}

/** @param change nothing but new tasks if absent */
export async function deploy(
  { opening, services }: People,
  service: ServiceName,
  change?: { readonly exec?: boolean; readonly revision: number },
): Promise<void> {
  if (!services.has(service)) return;
  const settings = change && {
    taskDefinition: familyOf(service, change.revision),
    enableExecuteCommand: change.exec,
  };
  const command = { cluster: CLUSTER, service, forceNewDeployment: true, ...settings };
  await opening.clients.ecs.send(new UpdateServiceCommand(command));
}

export async function stopTask({ opening, services }: People, serviceName: ServiceName): Promise<void> {
  if (!services.has(serviceName)) return;
  const { ecs } = opening.clients;
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: CLUSTER, serviceName }));
  const [task] = taskArns;
  if (task !== undefined) await ecs.send(new StopTaskCommand({ cluster: CLUSTER, task }));
}

/** Of a service that was tagged or not. */
export async function untag({ opening, services }: People, service: ServiceName): Promise<void> {
  if (!services.has(service)) return;
  const { ecs } = opening.clients;
  const found = await ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: [service] }));
  const tagKeys = ['status', 'rules', 'since'].map((name) => `ecs-ipv6:${name}`);
  await ecs.send(new UntagResourceCommand({ resourceArn: found.services?.[0]?.serviceArn, tagKeys }));
}
