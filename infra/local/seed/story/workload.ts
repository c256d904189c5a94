/** The story's clusters, hosts and services: each fault once, beside something that does the same right. */
import { DescribeImagesCommand, DescribeInstancesCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import type { LocalAccount } from '../../local-account';
import { registerContainerInstance } from '../../services/ecs/container-instance-registration';
import type { StoryBalancing } from './balancing';
import type { StoryNetwork } from './network';
import { need, type SeedClients } from '../seed-clients';

export interface Story {
  readonly account: LocalAccount;
  readonly clients: SeedClients;
  readonly network: StoryNetwork;
  readonly balancing: StoryBalancing;
}

const REPOSITORY = '111122223333.dkr-ecr.eu-west-2.on.aws';
const IPV4_REPOSITORY = '111122223333.dkr.ecr.eu-west-2.amazonaws.com';

async function registerFargate({ ecs }: SeedClients, family: string, image: string): Promise<string> {
  const containers = [{ name: 'app', image, portMappings: [{ containerPort: 8080 }], essential: true }];
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: containers,
    }),
  );
  return need(taskDefinition?.taskDefinitionArn, 'taskDefinitionArn');
}

/** `web` is as it should be; `legacy` runs in an IPv4 subnet, behind an IPv4 group, from an IPv4-only image host. */
export async function createFargateServices({ clients, network, balancing }: Story): Promise<void> {
  const { ecs } = clients;
  await ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
  const shared = { cluster: 'shop', launchType: 'FARGATE', desiredCount: 2 } as const;
  const vpc = (subnets: readonly string[]) => ({
    awsvpcConfiguration: { subnets: [...subnets], securityGroups: [network.securityGroupId] },
  });
  const behind = (targetGroupArn: string) => [{ targetGroupArn, containerName: 'app', containerPort: 8080 }];
  await ecs.send(
    new CreateServiceCommand({
      ...shared,
      serviceName: 'web',
      taskDefinition: await registerFargate(clients, 'web', `${REPOSITORY}/web:4`),
      networkConfiguration: vpc(network.nativeSubnetIds),
      loadBalancers: behind(balancing.webGroupArn),
      serviceRegistries: [{ registryArn: balancing.webRegistryArn }],
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      ...shared,
      serviceName: 'legacy',
      desiredCount: 1,
      taskDefinition: await registerFargate(clients, 'legacy', `${IPV4_REPOSITORY}/legacy:1`),
      networkConfiguration: vpc([network.ipv4SubnetId]),
      loadBalancers: behind(balancing.legacyGroupArn),
    }),
  );
}

export interface HostOptions {
  readonly primaryIpv6: boolean;
  readonly agentVersion: string;
  readonly subnetId: string;
}

/** Launches a container instance, lets it boot, and registers it as its agent would. */
export async function launchHost({ account, clients, network }: Story, options: HostOptions): Promise<string> {
  const instanceId = await launchInstance({ clients, network }, options);
  await waitUntilRunning({ account, clients }, instanceId);
  joinCluster({ account }, instanceId, options.agentVersion);
  return instanceId;
}

/** What the agent of an instance does once it is up. */
export function joinCluster({ account }: Pick<Story, 'account'>, instanceId: string, agentVersion: string): void {
  registerContainerInstance(account.scope, {
    cluster: 'edge',
    ec2InstanceId: instanceId,
    versionInfo: { agentVersion, agentHash: '00000000', dockerVersion: 'DockerVersion: 25.0.14' },
  });
}

/** Type of the story's hosts. */
export const HOST_TYPE = 'm5.large' as const;

/** Image of the story's hosts. */
export async function hostImage({ ec2 }: SeedClients): Promise<string> {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const image = Images.find(({ Architecture, Platform }) => Architecture === 'x86_64' && Platform === undefined);
  return need(image?.ImageId, 'an image');
}

export async function launchInstance(
  { clients, network }: Pick<Story, 'clients' | 'network'>,
  { primaryIpv6, subnetId }: HostOptions,
): Promise<string> {
  const { Instances = [] } = await clients.ec2.send(
    new RunInstancesCommand({
      ImageId: await hostImage(clients),
      InstanceType: HOST_TYPE,
      MinCount: 1,
      MaxCount: 1,
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId: subnetId,
          Groups: [network.securityGroupId],
          Ipv6AddressCount: 1,
          PrimaryIpv6: primaryIpv6,
        },
      ],
    }),
  );
  return need(Instances[0]?.InstanceId, 'InstanceId');
}

export async function waitUntilRunning(
  { account, clients }: Pick<Story, 'account' | 'clients'>,
  instanceId: string,
): Promise<void> {
  for (;;) {
    const { Reservations = [] } = await clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    if (Reservations[0]?.Instances?.[0]?.State?.Name === 'running') return;
    await account.world.clock.advance(1_000);
  }
}

/** One host as it should be and one with an old agent; the service runs in bridge mode, behind an IPv6 group. */
export async function createEdge(parts: Story): Promise<void> {
  const { clients, network, balancing } = parts;
  await clients.ecs.send(new CreateClusterCommand({ clusterName: 'edge' }));
  await launchHost(parts, { primaryIpv6: true, agentVersion: '1.105.1', subnetId: network.nativeSubnetIds[0] });
  await launchHost(parts, { primaryIpv6: true, agentVersion: '1.98.0', subnetId: network.nativeSubnetIds[1] });
  const containers = [
    { name: 'app', image: `${REPOSITORY}/edge:7`, memory: 256, portMappings: [{ containerPort: 8080, hostPort: 0 }] },
  ];
  const { taskDefinition } = await clients.ecs.send(
    new RegisterTaskDefinitionCommand({ family: 'edge', networkMode: 'bridge', containerDefinitions: containers }),
  );
  await clients.ecs.send(
    new CreateServiceCommand({
      cluster: 'edge',
      serviceName: 'edge',
      launchType: 'EC2',
      desiredCount: 2,
      taskDefinition: taskDefinition?.taskDefinitionArn,
      loadBalancers: [{ targetGroupArn: balancing.edgeGroupArn, containerName: 'app', containerPort: 8080 }],
    }),
  );
}
