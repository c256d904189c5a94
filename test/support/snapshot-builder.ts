import type { Registrars } from '../../lib/snapshot/registration-resources';
import type { CollectedKind, Collections, Snapshot } from '../../lib/snapshot/snapshot';
import type { Gap } from '../../lib/snapshot/gap';
import { ACCOUNT, NOW, REGION } from './builders';

export function aGap(over: Partial<Gap> = {}): Gap {
  return {
    call: 'ecs:DescribeTasks',
    reason: 'AccessDenied',
    message: 'User is not authorized',
    collection: 'tasks',
    resources: [],
    ...over,
  };
}

type Item<Map> = Map extends ReadonlyMap<string, infer Resource> ? Resource : never;
type Lists = { readonly [Name in keyof Collections]?: readonly Item<Collections[Name]>[] };

/** What a snapshot holds, as lists. */
export interface Contents extends Lists {
  readonly registrars?: Partial<Registrars>;
  readonly gaps?: readonly Gap[];
  /** What is judged; by default everything in the snapshot. */
  readonly judged?: Snapshot['judged'];
  readonly covered?: Iterable<string>;
  /** true if absent */
  readonly hasSurroundings?: boolean;
  readonly gone?: readonly string[];
  readonly unregisteredInstances?: readonly string[];
  readonly account?: string;
  readonly region?: string;
}

function byKey<Item>(items: readonly Item[] | undefined, keyOf: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map((items ?? []).map((item) => [keyOf(item), item]));
}

const arnOf = (item: { readonly arn: string }): string => item.arn;
const idOf = (item: { readonly id: string }): string => item.id;
const nameOf = (item: { readonly name: string }): string => item.name;
const keyOf = (item: { readonly key: string }): string => item.key;

function collections(contents: Contents) {
  return {
    clusters: byKey(contents.clusters, arnOf),
    services: byKey(contents.services, arnOf),
    tasks: byKey(contents.tasks, arnOf),
    taskDefinitions: byKey(contents.taskDefinitions, arnOf),
    containerInstances: byKey(contents.containerInstances, arnOf),
    instances: byKey(contents.instances, idOf),
    subnets: byKey(contents.subnets, idOf),
    vpcs: byKey(contents.vpcs, idOf),
    routeTables: byKey(contents.routeTables, idOf),
    securityGroups: byKey(contents.securityGroups, idOf),
    networkAcls: byKey(contents.networkAcls, idOf),
    vpcEndpoints: byKey(contents.vpcEndpoints, idOf),
    flowLogs: byKey(contents.flowLogs, idOf),
    accounts: byKey(contents.accounts, idOf),
    targetGroups: byKey(contents.targetGroups, arnOf),
    loadBalancers: byKey(contents.loadBalancers, arnOf),
    targetGroupSettings: byKey(contents.targetGroupSettings, arnOf),
    latticeTargetGroups: byKey(contents.latticeTargetGroups, arnOf),
    targets: byKey(contents.targets, keyOf),
    cloudMapServices: byKey(contents.cloudMapServices, arnOf),
    cloudMapInstances: byKey(contents.cloudMapInstances, keyOf),
    images: byKey(contents.images, idOf),
    instanceTypes: byKey(contents.instanceTypes, nameOf),
    hostSettings: byKey(contents.hostSettings, ({ instanceId }) => instanceId),
    capacityProviders: byKey(contents.capacityProviders, nameOf),
    autoScalingGroups: byKey(contents.autoScalingGroups, nameOf),
    launchTemplates: byKey(contents.launchTemplates, idOf),
    fileSystems: byKey(contents.fileSystems, idOf),
    addressHolders: byKey(contents.addressHolders, (holder) => holder.address),
  };
}

function everything(present: ReturnType<typeof collections>): Snapshot['judged'] {
  const keys: Record<CollectedKind, Iterable<string>> = {
    cluster: present.clusters.keys(),
    service: present.services.keys(),
    task: present.tasks.keys(),
    'task-definition': present.taskDefinitions.keys(),
    'container-instance': present.containerInstances.keys(),
    instance: present.instances.keys(),
    subnet: present.subnets.keys(),
    vpc: present.vpcs.keys(),
    'security-group': present.securityGroups.keys(),
    'network-acl': present.networkAcls.keys(),
    'vpc-endpoint': present.vpcEndpoints.keys(),
    account: present.accounts.keys(),
    'target-group': present.targetGroups.keys(),
    target: present.targets.keys(),
    'cloudmap-service': present.cloudMapServices.keys(),
    'cloudmap-instance': present.cloudMapInstances.keys(),
    'launch-template': present.launchTemplates.keys(),
    'file-system': present.fileSystems.keys(),
  };
  return new Map(Object.entries(keys).map(([kind, of]) => [kind as CollectedKind, new Set(of)]));
}

const nobody: Registrars = { primary: new Map(), secondary: new Map(), autoScalingGroups: new Map() };

/** A snapshot of exactly these resources, taken at `NOW`. */
export function aSnapshot(contents: Contents = {}): Snapshot {
  const present = collections(contents);
  const { account = ACCOUNT, region = REGION, hasSurroundings = true, gaps = [] } = contents;
  return {
    ...{ account, region, hasSurroundings, gaps },
    partition: 'aws',
    takenAt: NOW,
    ...present,
    judged: contents.judged ?? everything(present),
    covered: new Set(contents.covered),
    gone: new Set(contents.gone),
    unregisteredInstances: new Set(contents.unregisteredInstances),
    registrars: { ...nobody, ...contents.registrars },
  };
}
