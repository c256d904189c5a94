/** What happens in the story's account besides the controller: people launch, scale and decide, over the wire. */
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, ListTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeTagsCommand, DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ListInstancesCommand } from '@aws-sdk/client-servicediscovery';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { STORY_POLICY } from './story';
import { joinCluster, launchInstance, waitUntilRunning, type Story } from './workload';
import type { SeedClients } from '../seed-clients';

const AGENT = '1.105.1';

/** Someone launches a host without a primary IPv6 address: EC2 says that it runs, ECS does not know it yet. */
export async function launchWithoutPrimaryIpv6(parts: Story): Promise<string> {
  const subnetId = parts.network.nativeSubnetIds[1];
  const instanceId = await launchInstance(parts, { primaryIpv6: false, agentVersion: AGENT, subnetId });
  await waitUntilRunning(parts, instanceId);
  return instanceId;
}

/** The agent of that host has booted. */
export function startAgent(parts: Story, instanceId: string): void {
  joinCluster(parts, instanceId, AGENT);
}

/** A person asks the deployed function about a cluster; answers with what the function answered. */
export async function askAbout({ clients }: Story, functionName: string, cluster: string): Promise<string> {
  const request = JSON.stringify({ cluster, dryRun: true, requestedBy: 'demo' });
  const { Payload } = await clients.lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(request) }),
  );
  return Buffer.from(Payload ?? []).toString();
}

/** The owner of `legacy` asks for one more task: it comes up without an IPv6 address. */
export async function scaleLegacy({ clients }: Story): Promise<void> {
  await clients.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'legacy', desiredCount: 2 }));
}

/** The operator switches enforcement on. */
export async function enforce({ clients }: Story): Promise<void> {
  const put = (Name: string, Value: string) =>
    clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  await put('/ecs-ipv6/enforcement', 'on');
  await put('/ecs-ipv6/policy', STORY_POLICY.replace('mode: observe', 'mode: enforce'));
}

/** What the account itself says, read by its administrator. */
export interface StoryState {
  /** `id:port state` of the targets of `web`. */
  readonly webTargets: readonly string[];
  readonly webInstances: readonly string[];
  readonly webTasks: readonly string[];
  /** Values of `ecs-ipv6:rules`, by resource. */
  readonly tags: Readonly<Record<string, string>>;
}

const RULES_TAG = 'ecs-ipv6:rules';

export async function readStoryState(parts: Story): Promise<StoryState> {
  const { clients, balancing } = parts;
  const group = { TargetGroupArn: balancing.webGroupArn };
  const { TargetHealthDescriptions = [] } = await clients.elbv2.send(new DescribeTargetHealthCommand(group));
  const registry = { ServiceId: balancing.webRegistryId };
  const { Instances = [] } = await clients.serviceDiscovery.send(new ListInstancesCommand(registry));
  const running = await clients.ecs.send(new ListTasksCommand({ cluster: 'shop', serviceName: 'web' }));
  return {
    webTargets: TargetHealthDescriptions.map(
      ({ Target, TargetHealth }) => `${String(Target?.Id)}:${String(Target?.Port)} ${String(TargetHealth?.State)}`,
    ),
    webInstances: Instances.map(({ Id }) => String(Id)),
    webTasks: running.taskArns ?? [],
    tags: await readTags(parts),
  };
}

type Tagged = readonly [resource: string | undefined, tags: Readonly<Record<string, string | undefined>>];

async function instanceTags({ ec2 }: SeedClients): Promise<readonly Tagged[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  return Reservations.flatMap((reservation) => reservation.Instances ?? []).map(({ InstanceId, Tags = [] }) => [
    InstanceId,
    Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  ]);
}

async function serviceTags({ ecs }: SeedClients): Promise<readonly Tagged[]> {
  const command = { cluster: 'shop', services: ['web', 'legacy'], include: ['TAGS' as const] };
  const { services = [] } = await ecs.send(new DescribeServicesCommand(command));
  return services.map(({ serviceName, tags = [] }) => [
    serviceName,
    Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  ]);
}

async function groupTags({ elbv2 }: SeedClients, ResourceArns: string[]): Promise<readonly Tagged[]> {
  const { TagDescriptions = [] } = await elbv2.send(new DescribeTagsCommand({ ResourceArns }));
  return TagDescriptions.map(({ ResourceArn, Tags = [] }) => [
    ResourceArn,
    Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  ]);
}

async function readTags({ clients, balancing }: Story): Promise<Record<string, string>> {
  const tagged = [
    ...(await instanceTags(clients)),
    ...(await serviceTags(clients)),
    ...(await groupTags(clients, [balancing.webGroupArn, balancing.legacyGroupArn])),
  ];
  const found = tagged.flatMap(([resource, tags]) => {
    const rules = tags[RULES_TAG];
    return resource === undefined || rules === undefined ? [] : [[resource, rules] as const];
  });
  return Object.fromEntries(found);
}
