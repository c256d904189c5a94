/** What is left of a history: in the account, and in what the controller remembers; without ids that are drawn. */
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListInstancesCommand, ListTagsForResourceCommand } from '@aws-sdk/client-servicediscovery';
import { rules } from '../../../lib/rules/registry';
import type { ItemStore } from '../../../lib/state/item-store';
import { createLedger } from '../../../lib/state/ledger';
import { findingPartition, toRecord } from '../../../lib/state/records';
import { withoutIds } from '../kills/without-ids';
import type { ServiceName } from './history';
import { CLUSTER } from './opening';
import type { People } from './people';
import { isStranger } from './registrations';

interface Remembered {
  /** Of rules, as open: `rule resource severity` */
  readonly findings: readonly string[];
  /** Of what the controller itself does or leaves undone, in the same form. */
  readonly notices: readonly string[];
  /** Removals without an outcome, and findings whose last change was not sent. */
  readonly loose: readonly string[];
}

export interface EndState extends Remembered {
  /** Those that there are. */
  readonly services: readonly ServiceName[];
  /** `resource key value`; of a task also without key and value, that it is there */
  readonly tags: readonly string[];
  /** Tasks, as in `tags`, that were started with ECS Exec: see judge.ts */
  readonly withExec: readonly string[];
  /** `holder id:port` */
  readonly registrations: readonly string[];
  /** What may have been changed for good: `resource setting value` */
  readonly settings: readonly string[];
}

type Tags = readonly Readonly<Partial<Record<'key' | 'value' | 'Key' | 'Value', string>>>[];

const tagged = (resource: string, tags: Tags = []): readonly string[] =>
  tags
    .map(({ key, value, Key = key, Value = value }) => `${withoutIds(resource)} ${String(Key)} ${String(Value)}`)
    .filter((tag) => tag.includes(' ecs-ipv6:'));

interface Part {
  readonly tags?: readonly string[];
  readonly withExec?: readonly string[];
  readonly registrations?: readonly string[];
  readonly settings?: readonly string[];
}

async function ofServices({ opening: { clients }, services: names }: People): Promise<Part> {
  if (names.size === 0) return {};
  const command = { cluster: CLUSTER, services: [...names], include: ['TAGS' as const] };
  const { services = [] } = await clients.ecs.send(new DescribeServicesCommand(command));
  return {
    tags: services.flatMap(({ serviceName = '', tags }) => tagged(serviceName, tags)),
    settings: services.map(({ serviceName, enableExecuteCommand }) => `${serviceName} exec ${enableExecuteCommand}`),
  };
}

async function ofTasks({ opening: { clients } }: People): Promise<Part> {
  const { ecs } = clients;
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: CLUSTER }));
  if (taskArns.length === 0) return {};
  const command = { cluster: CLUSTER, tasks: taskArns, include: ['TAGS' as const] };
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand(command));
  const definitions = [...new Set(tasks.map(({ taskDefinitionArn = '' }) => taskDefinitionArn))];
  const described = await Promise.all(
    definitions.map((taskDefinition) =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] })),
    ),
  );
  return {
    tags: [
      ...tasks.flatMap(({ group = '', tags }) => [`task of ${group}`, ...tagged(`task of ${group}`, tags)]),
      ...described.flatMap(({ taskDefinition, tags }) => tagged(taskDefinition?.family ?? '', tags)),
    ],
    withExec: tasks.flatMap(({ group = '', enableExecuteCommand }) =>
      enableExecuteCommand ? [`task of ${group}`] : [],
    ),
  };
}

async function ofHosts({ opening: { clients }, hosts }: People): Promise<Part> {
  const { ecs, ec2 } = clients;
  const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: [CLUSTER], include: ['TAGS'] }));
  const tags = clusters.flatMap((cluster) => tagged(CLUSTER, cluster.tags));
  const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster: CLUSTER }));
  if (containerInstanceArns.length === 0 || hosts.length === 0) return { tags };
  const command = { cluster: CLUSTER, containerInstances: containerInstanceArns, include: ['TAGS' as const] };
  const { containerInstances = [] } = await ecs.send(new DescribeContainerInstancesCommand(command));
  const numberOf = (id: string | undefined): string => `host ${String(hosts.findIndex((host) => host.id === id))}`;
  const InstanceIds = hosts.map(({ id }) => id);
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  return {
    tags: [
      ...tags,
      ...containerInstances.flatMap((one) => tagged(`agent of ${numberOf(one.ec2InstanceId)}`, one.tags)),
      ...instances.flatMap(({ InstanceId, Tags }) => tagged(numberOf(InstanceId), Tags)),
    ],
    settings: instances.map(({ InstanceId, NetworkInterfaces: [face] = [] }) => {
      const isPrimary = face?.Ipv6Addresses?.some(({ IsPrimaryIpv6 }) => IsPrimaryIpv6);
      return `${numberOf(InstanceId)} primary ${String(isPrimary)}`;
    }),
  };
}

function inWords({ Target, TargetHealth = {} }: TargetHealthDescription): string {
  const { Id = '', Port = 0 } = Target ?? { Id: undefined };
  return isStranger(Id, Port) ? `${withoutIds(Id)}:${String(Port)}` : `a task's, ${String(TargetHealth.State)}`;
}

async function ofGroups({ opening: { clients, balancing } }: People): Promise<Part> {
  const { elbv2 } = clients;
  const groups = { web: balancing.webGroupArn, edge: balancing.edgeGroupArn };
  const { TagDescriptions = [] } = await elbv2.send(new DescribeTagsCommand({ ResourceArns: Object.values(groups) }));
  const registrations: string[] = [];
  for (const [name, TargetGroupArn] of Object.entries(groups)) {
    const { TargetHealthDescriptions = [] } = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    registrations.push(...TargetHealthDescriptions.map((one) => `${name} ${inWords(one)}`));
  }
  return { tags: TagDescriptions.flatMap(({ ResourceArn = '', Tags }) => tagged(ResourceArn, Tags)), registrations };
}

async function ofRegistry({ opening: { clients, balancing } }: People): Promise<Part> {
  const { serviceDiscovery } = clients;
  const ServiceId = balancing.webRegistryId;
  const { Instances = [] } = await serviceDiscovery.send(new ListInstancesCommand({ ServiceId }));
  const command = new ListTagsForResourceCommand({ ResourceARN: balancing.webRegistryArn });
  const { Tags } = await serviceDiscovery.send(command);
  return {
    tags: tagged('registry', Tags),
    registrations: Instances.map(({ Id = '' }) => `registry ${isStranger(Id) ? Id : 'a task'}`),
  };
}

/** What the controller remembers. */
export async function readMemory({ opening: { account, clock } }: People, store: ItemStore): Promise<Remembered> {
  const records = (await store.list(findingPartition(account))).map(toRecord).map(({ value }) => value);
  const ledger = createLedger({ store, place: account, now: () => clock.now() });
  const entries = await ledger.list();
  const open = records.map(({ finding, transition }) => ({ finding, isOver: transition.state === 'resolved' }));
  const found = (isNotice: boolean): readonly string[] =>
    open
      .filter(({ finding, isOver }) => !isOver && ruleIds.has(finding.rule) !== isNotice)
      .map(({ finding }) => withoutIds(`${finding.rule} ${finding.resource} ${finding.severity}`))
      .sort();
  const loose = [
    ...entries.filter(({ outcome }) => !outcome).map(({ action }) => `no outcome: ${action.kind} ${action.resource}`),
    ...records
      .filter(({ transition }) => transition.eventSentAt === undefined)
      .map(({ finding: { rule, resource } }) => `not sent: ${rule} ${resource}`),
  ];
  return { findings: found(false), notices: found(true), loose: loose.map(withoutIds).sort() };
}

const ruleIds: ReadonlySet<string> = new Set(rules.map(({ meta }) => meta.id));

export async function readEndState(people: People, store: ItemStore): Promise<EndState> {
  const parts: readonly Part[] = [
    await ofServices(people),
    await ofTasks(people),
    await ofHosts(people),
    await ofGroups(people),
    await ofRegistry(people),
  ];
  const all = (name: keyof Part) => parts.flatMap((part) => part[name] ?? []).sort();
  return {
    services: [...people.services],
    ...{ tags: all('tags'), withExec: all('withExec'), registrations: all('registrations'), settings: all('settings') },
    ...(await readMemory(people, store)),
  };
}
