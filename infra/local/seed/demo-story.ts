/** What happens in the demo's account besides the controller: people launch, scale and decide, over the wire. */
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, ListTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeTagsCommand, DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListInstancesCommand } from '@aws-sdk/client-servicediscovery';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { DEMO_POLICY } from './demo';
import { launchHost, type DemoParts } from './demo-workload';
import type { SeedClients } from './seed-clients';

/** A host without a primary IPv6 address joins the cluster; answers with its instance id. */
export function launchHostWithoutPrimaryIpv6(parts: DemoParts): Promise<string> {
  const subnetId = parts.network.nativeSubnetIds[1];
  return launchHost(parts, { primaryIpv6: false, agentVersion: '1.105.1', subnetId });
}

/** The owner of `legacy` asks for one more task: it comes up without an IPv6 address. */
export async function scaleLegacy({ clients }: DemoParts): Promise<void> {
  await clients.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'legacy', desiredCount: 2 }));
}

/** The operator switches enforcement on. */
export async function enforce({ clients }: DemoParts): Promise<void> {
  const put = (Name: string, Value: string) =>
    clients.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  await put('/ecs-ipv6/enforcement', 'on');
  await put('/ecs-ipv6/policy', DEMO_POLICY.replace('mode: observe', 'mode: enforce'));
}

/** What the account itself says, read by its administrator. */
export interface DemoState {
  /** `id:port state` of the targets of `web`. */
  readonly webTargets: readonly string[];
  readonly webInstances: readonly string[];
  readonly webTasks: readonly string[];
  /** Values of `ecs-ipv6:rules`, by resource. */
  readonly tags: Readonly<Record<string, string>>;
}

const RULES_TAG = 'ecs-ipv6:rules';

export async function readDemoState(parts: DemoParts): Promise<DemoState> {
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

async function readTags({ clients, balancing }: DemoParts): Promise<Record<string, string>> {
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
