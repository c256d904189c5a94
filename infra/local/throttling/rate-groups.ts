/**
 * Request rates as AWS publishes them, for one account in one region. What is not in this table has no published rate
 * and is not limited. Calls that AWS's own services make on the account's behalf have buckets of their own there, and
 * none here.
 */
import type { Fields } from '../protocol/wire';

export interface Rate {
  /** Calls that may be made at once. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

export interface RateGroup {
  /** Calls of one group share a bucket. */
  readonly name: string;
  readonly operations: RegExp;
  readonly rate: Rate | ((region: string) => Rate);
  /** Each operation that matches has a bucket of its own. */
  readonly each?: true;
  /** The group holds only calls with such input. */
  readonly when?: (input: Fields) => boolean;
  /** Tokens that a call takes; 1 if absent. */
  readonly cost?: (input: Fields) => number;
}

/** A call takes tokens from the first group of each layer that holds it. */
export type Layer = readonly RateGroup[];

const rate = (capacity: number, refillPerSecond: number): Rate => ({ capacity, refillPerSecond });
/** For quotas that are stated as calls per second. */
const perSecond = (calls: number): Rate => rate(calls, calls);

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const ECS: readonly Layer[] = [
  [
    { name: 'cluster read', operations: /^(DescribeClusters|ListClusters)$/, rate: rate(50, 20) },
    {
      name: 'cluster resource read',
      operations: /^(DescribeContainerInstances|DescribeTasks|List(Attributes|ContainerInstances|Tasks))$/,
      rate: rate(100, 20),
    },
    { name: 'service read', operations: /^(DescribeServices|ListServices)$/, rate: rate(100, 20) },
    {
      name: 'task definition read',
      operations: /^(DescribeTaskDefinition|ListTaskDefinition(s|Families))$/,
      rate: rate(50, 20),
    },
    { name: 'tag modify', operations: /^(Tag|Untag)Resource$/, rate: rate(20, 10) },
    { name: 'tag read', operations: /^ListTagsForResource$/, rate: rate(50, 20) },
    {
      name: 'cluster resource modify',
      operations: /^(ExecuteCommand|PutAttributes|RunTask|StopTask|UpdateContainer(Agent|InstancesState))$/,
      rate: rate(100, 40),
    },
    { name: 'service modify', operations: /^(Create|Delete|Update)Service$/, rate: rate(50, 5) },
    { name: 'settings read', operations: /^ListAccountSettings$/, rate: rate(50, 20) },
    { name: 'capacity provider read', operations: /^DescribeCapacityProviders$/, rate: rate(50, 20) },
    {
      name: 'service deployment read',
      operations: /^(DescribeService(Deployments|Revisions)|ListServiceDeployments)$/,
      rate: rate(50, 20),
    },
  ],
];

/** Neither a page, nor a filter, nor ids: everything at once. */
function asksForEverything(input: Fields): boolean {
  return !Object.entries(input).some(
    ([name, value]) =>
      (/^(MaxResults|NextToken)$/.test(name) && value !== undefined) ||
      (/(Filters|Ids|Names)$/.test(name) && Array.isArray(value) && value.length > 0),
  );
}

function launches({ MaxCount: count }: Fields): number {
  return typeof count === 'number' ? count : 1;
}

/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
const EC2: readonly Layer[] = [
  [
    {
      name: 'unfiltered and unpaginated',
      operations:
        /^Describe(Instances|InstanceStatus|NetworkInterfaces|SecurityGroups|Snapshots|Volumes|SpotInstanceRequests)$/,
      rate: rate(50, 10),
      each: true,
      when: asksForEverything,
    },
    { name: 'tags', operations: /^(Create|Delete)Tags$/, rate: rate(100, 10), each: true },
    {
      name: 'attributes',
      operations: /^(ModifyNetworkInterfaceAttribute|AssignIpv6Addresses|ModifyInstanceMetadataOptions)$/,
      rate: rate(100, 5),
      each: true,
    },
    { name: 'non-mutating', operations: /^(Describe|Get|Search)/, rate: rate(100, 20), each: true },
    { name: 'mutating', operations: /./, rate: rate(50, 5), each: true },
  ],
  [{ name: 'launched instances', operations: /^RunInstances$/, rate: rate(1000, 2), cost: launches }],
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html */
const ELB: readonly Layer[] = [
  [{ name: 'account', operations: /./, rate: rate(40, 10) }],
  [
    { name: 'non-mutating', operations: /^(Describe|Get)/, rate: rate(200, 50) },
    { name: 'registration', operations: /^(Register|Deregister)Targets$/, rate: rate(20, 4) },
    { name: 'mutating', operations: /./, rate: rate(20, 3) },
  ],
];

const PUT_EVENTS_PER_SECOND: Readonly<Record<string, number>> = {
  'us-east-1': 10_000,
  'us-west-2': 10_000,
  'eu-west-1': 10_000,
  'us-east-2': 2_400,
  'eu-central-1': 2_400,
  'us-west-1': 1_200,
  'ap-northeast-1': 1_200,
  'ap-southeast-1': 1_200,
  'ap-southeast-2': 1_200,
  'eu-west-2': 1_200,
  'af-south-1': 400,
  'ap-northeast-3': 400,
  'ap-southeast-3': 400,
  'eu-south-1': 400,
};
const PUT_EVENTS_ELSEWHERE = 600;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const EVENTS: readonly Layer[] = [
  [
    {
      name: 'PutEvents',
      operations: /^PutEvents$/,
      rate: (region) => perSecond(PUT_EVENTS_PER_SECOND[region] ?? PUT_EVENTS_ELSEWHERE),
    },
    { name: 'everything else', operations: /./, rate: perSecond(50) },
  ],
];

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-throughput.html */
const SSM: readonly Layer[] = [
  [
    { name: 'parameter read', operations: /^GetParameter(s|sByPath)?$/, rate: perSecond(40) },
    { name: 'parameter write', operations: /^(PutParameter|DescribeParameters)$/, rate: perSecond(3), each: true },
  ],
];

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; ten calls a second for each of 1,000 environments */
const LAMBDA: readonly Layer[] = [
  [
    { name: 'invocations', operations: /^Invoke$/, rate: perSecond(10_000) },
    { name: 'control plane', operations: /./, rate: perSecond(15) },
  ],
];

/** https://docs.aws.amazon.com/cloud-map/latest/dg/throttling.html publishes nothing about any other operation. */
const CLOUD_MAP: readonly Layer[] = [
  [{ name: 'discovery', operations: /^DiscoverInstances$/, rate: rate(2_000, 1_000) }],
];

/** By IAM prefix. */
export const rateLayers: Readonly<Record<string, readonly Layer[]>> = {
  ecs: ECS,
  ec2: EC2,
  elasticloadbalancing: ELB,
  events: EVENTS,
  lambda: LAMBDA,
  servicediscovery: CLOUD_MAP,
  ssm: SSM,
};
