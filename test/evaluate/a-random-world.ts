/** Random snapshots whose parts refer to each other, and the same with parts that could not be read. */
import fc from 'fast-check';
import type { Collection, ContainerInstance, Snapshot, Tags } from '../../lib/snapshot/snapshot';
import type { PolicyScope } from '../../lib/policy/policy';
import {
  aBridgeTask,
  aCluster,
  aContainerInstance,
  aService,
  aSubnet,
  aTask,
  aTaskDefinition,
  CLUSTER_ARN,
  NOW,
} from '../support/builders';
import { aRandomInstance, hostParts, randomHostParts } from './a-random-host';
import { aFileSystemSomewhere } from './a-random-storage';
import { aScope } from '../support/policy-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { aBalancing, aClassicName, balancingParts, serviceParts } from './a-random-balancing';
import { aNetwork, networkParts } from './a-random-network';
import { address, aRegistration, groupArn, port, registryArn } from './a-random-registration';

const few = ['1', '2', '3'] as const;
const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const id = (prefix: string) => pick(...few).map((number) => `${prefix}${number}`);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const some = <Value>(value: fc.Arbitrary<Value>, key: (value: Value) => string) =>
  fc.uniqueArray(value, { maxLength: 3, selector: key });

const definitionArn = id('arn:aws:ecs:eu-west-2:111122223333:task-definition/td:');
const hostPrefix = 'arn:aws:ecs:eu-west-2:111122223333:container-instance/prod/';
const hostArn = id(hostPrefix);
const serviceName = id('s');
const tags = fc.constantFrom<Tags>({}, { team: 'a' });

const providers = fc.subarray(['p1', 'p2'], { maxLength: 1 });

const deployment = fc.record({
  id: pick('ecs-svc/1', 'ecs-svc/2'),
  status: pick('PRIMARY', 'ACTIVE', 'DRAINING'),
  rolloutState: maybe(pick('IN_PROGRESS', 'COMPLETED', 'FAILED')),
  taskDefinitionArn: maybe(definitionArn),
  createdAt: maybe(pick(NOW, new Date(0))),
  targetGroupArns: maybe(fc.array(groupArn, { maxLength: 2 })),
});

const service = fc
  .record({
    name: serviceName,
    status: pick('ACTIVE', 'DRAINING'),
    launchType: maybe(pick('EC2', 'FARGATE', 'EXTERNAL')),
    capacityProviders: providers,
    taskDefinitionArn: maybe(definitionArn),
    subnetIds: fc.array(id('subnet-'), { maxLength: 2 }),
    securityGroupIds: fc.array(id('sg-'), { maxLength: 2 }),
    loadBalancers: fc.array(fc.record({ targetGroupArn: maybe(groupArn), alternateTargetGroupArn: maybe(groupArn), loadBalancerName: aClassicName, containerName: id('c'), containerPort: maybe(fc.constant(80)) }), { maxLength: 2 }), // prettier-ignore
    registries: fc.array(fc.record({ registryArn }), { maxLength: 1 }),
    deployments: fc.array(deployment, { maxLength: 2 }),
    ...serviceParts,
    execEnabled: fc.boolean(),
    tags,
  })
  .map((over) => aService(over));

const task = fc
  .record({
    id: id('t'),
    serviceName: maybe(serviceName),
    startedBy: maybe(pick('ecs-svc/1', 'ecs-svc/2')),
    launchType: maybe(pick('EC2', 'FARGATE')),
    taskDefinitionArn: definitionArn,
    containerInstanceArn: maybe(hostArn),
    lastStatus: pick('PENDING', 'ACTIVATING', 'RUNNING', 'STOPPING', 'STOPPED'),
    createdAt: maybe(pick(new Date(0), new Date('2026-11-30T11:59:00Z'))),
    desiredStatus: pick('RUNNING', 'STOPPED'),
    networkInterfaceId: maybe(fc.constant('eni-1')),
    subnetId: maybe(id('subnet-')),
    ipv4Addresses: fc.subarray(['10.0.0.1']),
    ipv6Addresses: fc.subarray(['2001:db8:0:1::1']),
    bindings: maybe(
      fc.array(
        fc.record({
          ...{ containerName: maybe(id('c')), containerPort: maybe(fc.constant(80)) },
          ...{ hostPort: port, bindIp: pick('0.0.0.0', '::') },
        }),
        { maxLength: 1 },
      ),
    ),
    execEnabled: fc.boolean(),
    platformVersion: maybe(pick('1.3.0', '1.4.0', 'odd')),
    operatingSystem: maybe(pick('linux', 'windows')),
    tags,
  })
  .map((over) => aTask(over));

const system = pick('linux', 'linux', 'linux', 'windows');
const image = pick('111122223333.dkr.ecr.eu-west-2.amazonaws.com/a', 'public.ecr.aws/a/b', 'nginx', '111122223333.dkr-ecr.eu-west-2.on.aws/a', undefined); // prettier-ignore
const endpoint = pick(
  'https://logs.eu-west-2.amazonaws.com',
  'logs.eu-west-2.api.aws',
  'logs.example.com',
  '10.0.0.5:24224',
);
const logging = fc.record({
  driver: pick('awslogs', 'fluentd'),
  endpoints: fc.record({ 'awslogs-endpoint': endpoint }),
});
const taskDefinition = fc
  .record({
    arn: definitionArn,
    networkMode: pick('awsvpc', 'bridge', 'host', 'default', 'none'),
    operatingSystem: system,
    fileSystemIds: fc.subarray(['fs-1', 'fs-2']),
    containers: fc.array(
      fc.record({
        name: id('c'),
        image,
        logging: maybe(logging),
        ports: maybe(fc.array(fc.record({ containerPort: fc.constant(80), hostPort: maybe(port) }), { maxLength: 1 })),
      }),
      { maxLength: 2 },
    ),
    tags,
  })
  .map((over) => aTaskDefinition(over));

const host = fc
  .record({
    arn: hostArn,
    ec2InstanceId: maybe(id('i-')),
    status: pick('ACTIVE', 'REGISTERING', 'DRAINING'),
    agentVersion: maybe(pick('1.98.0', '1.99.1', '1.100.0', 'odd')),
    operatingSystem: system,
  })
  .map((over) => aContainerInstance(over));

/** An instance that was registered twice has one operating system. */
function agreeing(hosts: readonly ContainerInstance[]): readonly ContainerInstance[] {
  const systems = new Map(hosts.map(({ ec2InstanceId, operatingSystem }) => [ec2InstanceId, operatingSystem]));
  return hosts.map((one) => ({ ...one, operatingSystem: systems.get(one.ec2InstanceId) ?? one.operatingSystem }));
}

const subnet = fc
  .record({
    id: id('subnet-'),
    ipv6Native: fc.boolean(),
    ipv6Cidrs: fc.subarray(['2001:db8:0:1::/64']),
    assignsIpv6: fc.boolean(),
    dns64: fc.boolean(),
  }) // prettier-ignore
  .map((over) => aSubnet(over));

/** Everything that exists, thrown together. */
const aMedley = fc.record({
  clusters: fc.record({ containerInsights: maybe(pick('disabled', 'enabled')), capacityProviders: providers }).map((over) => [aCluster({ ...over, arn: CLUSTER_ARN })]), // prettier-ignore
  services: some(service, ({ arn }) => arn),
  tasks: some(task, ({ arn }) => arn),
  taskDefinitions: some(taskDefinition, ({ arn }) => arn),
  containerInstances: some(host, ({ arn }) => arn).map(agreeing),
  instances: some(aRandomInstance, (one) => one.id),
  subnets: some(subnet, (one) => one.id),
  ...aNetwork,
  ...aRegistration,
  ...aBalancing,
  fileSystems: some(aFileSystemSomewhere, (one) => one.id),
  ...randomHostParts,
  addressHolders: some(
    fc.record({ address, networkInterfaceId: id('eni-'), vpcId: fc.constant('vpc-1') }),
    (one) => one.address,
  ),
  region: pick('eu-west-2', 'eu-west-2', 'eu-west-1'),
});

type Medley = typeof aMedley extends fc.Arbitrary<infer World> ? World : never;

/** One service has all the tasks, each on a host of its own and registered by it: by chance that hardly ever happens. */
function crowded(world: Medley): Contents {
  const [definition, group] = [aTaskDefinition({ networkMode: 'bridge' }), world.targetGroups[0]];
  const on = { taskDefinitionArn: definition.arn, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' };
  return {
    ...world,
    taskDefinitions: [definition],
    tasks: few.map((number) => aBridgeTask({ ...on, id: `t${number}`, serviceName: 's1', containerInstanceArn: hostPrefix + number })), // prettier-ignore
    services: world.services.map((one) => ({ ...one, loadBalancers: [{ targetGroupArn: group?.arn }] })),
    targetGroups: group ? [{ ...group, targetType: 'instance', ipAddressType: 'ipv6' }] : [],
  };
}

/** One world in so many is crowded. */
const CROWDED = 20;

/** Everything that exists. */
export const aWorld: fc.Arbitrary<Contents> = fc
  .tuple(aMedley, fc.nat({ max: CROWDED - 1 }))
  .map(([world, number]) => (number === 0 ? crowded(world) : world));

type Mapped = Exclude<Collection, 'registrars' | 'stoppingTasks' | 'prefixLists'>;
const mapped: readonly Mapped[] = ['services', 'tasks', 'taskDefinitions', 'containerInstances', 'instances', 'subnets', ...networkParts, 'targetGroups', 'targets', ...balancingParts, 'cloudMapInstances', 'addressHolders', 'fileSystems', ...hostParts]; // prettier-ignore

/** Parts of a snapshot that are not read: for each part a number decides. */
export interface Loss {
  readonly lost: readonly number[];
  /** Name the missing keys, or let any key be missing. */
  readonly named: boolean;
  /** Gaps in what is read for candidates only. */
  readonly besides: readonly Collection[];
}

export const aLoss: fc.Arbitrary<Loss> = fc.record({
  lost: fc.array(fc.nat({ max: 30 }), { maxLength: 5 }),
  named: fc.boolean(),
  besides: fc.subarray<Collection>(['registrars', 'stoppingTasks', 'tasks', 'prefixLists']),
});

/** The snapshot without the lost parts; with `gaps`, it says so. */
export function without(whole: Snapshot, loss: Loss, { gaps: told }: { readonly gaps: boolean }): Snapshot {
  const parts = mapped.flatMap((name) => [...whole[name].keys()].map((key) => ({ name, key })));
  const lost = loss.lost
    .map((number) => parts[number % Math.max(parts.length, 1)])
    .filter((part) => part !== undefined);
  const rest = mapped.map((name) => {
    const gone = new Set(lost.filter((part) => part.name === name).map(({ key }) => key));
    const entries: readonly (readonly [string, unknown])[] = [...whole[name]];
    return [name, new Map(entries.filter(([key]) => !gone.has(key)))];
  });
  const gaps = lost.map(({ name, key }) => aGap({ collection: name, resources: loss.named ? [key] : [] }));
  const besides = loss.besides.map((collection) => aGap({ collection }));
  return { ...whole, ...(Object.fromEntries(rest) as Partial<Snapshot>), gaps: told ? [...gaps, ...besides] : [] };
}

/** The same snapshot with every map in another order. */
export function reordered(snapshot: Snapshot): Snapshot {
  const turned = mapped.map((name) => {
    const entries: (readonly [string, unknown])[] = [...snapshot[name]];
    return [name, new Map(entries.reverse())];
  });
  const judged = new Map([...snapshot.judged].reverse().map(([kind, keys]) => [kind, new Set([...keys].reverse())]));
  return { ...snapshot, ...(Object.fromEntries(turned) as Partial<Snapshot>), judged };
}

const none = aScope().match;
const scope: fc.Arbitrary<PolicyScope> = fc
  .record({
    name: id('scope'),
    posture: pick('ipv6-only', 'dual-stack', 'any'),
    mode: maybe(pick('observe', 'tag', 'enforce')),
    match: fc.record({
      clusters: pick([], ['prod'], ['dev']),
      services: pick([], ['*'], ['s1'], ['s2', 's3']),
      tags,
    }),
  })
  .map(({ match, ...over }) => aScope({ ...over, match: { ...none, ...match } }));

export const someScopes: fc.Arbitrary<readonly PolicyScope[]> = fc.oneof(
  fc.constant([aScope()]),
  fc.constant([aScope({ posture: 'ipv6-only', mode: 'enforce' })]),
  fc.array(scope, { minLength: 1, maxLength: 3 }),
);
