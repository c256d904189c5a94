/** Published request rates of the APIs that are read and written, for one account in one region. */
import type { Rate } from './token-bucket';

export interface RateGroup extends Rate {
  /** Calls of one group share a bucket. */
  readonly name: string;
  readonly actions: RegExp;
  /** Each action that matches has a bucket of its own. */
  readonly each?: boolean;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const ECS: readonly RateGroup[] = [
  { name: 'ecs cluster read', actions: /^ecs:(DescribeClusters|ListClusters)$/, capacity: 50, refillPerSecond: 20 },
  {
    name: 'ecs cluster resource read',
    actions: /^ecs:(DescribeContainerInstances|DescribeTasks|List(Attributes|ContainerInstances|Tasks))$/,
    capacity: 100,
    refillPerSecond: 20,
  },
  { name: 'ecs service read', actions: /^ecs:(DescribeServices|ListServices)$/, capacity: 100, refillPerSecond: 20 },
  {
    name: 'ecs task definition read',
    actions: /^ecs:(DescribeTaskDefinition|ListTaskDefinition(s|Families))$/,
    capacity: 50,
    refillPerSecond: 20,
  },
  {
    name: 'ecs capacity provider read',
    actions: /^ecs:DescribeCapacityProviders$/,
    capacity: 50,
    refillPerSecond: 20,
  },
  { name: 'ecs settings read', actions: /^ecs:ListAccountSettings$/, capacity: 50, refillPerSecond: 20 },
  { name: 'ecs tag write', actions: /^ecs:(Tag|Untag)Resource$/, capacity: 20, refillPerSecond: 10 },
  { name: 'ecs tag read', actions: /^ecs:ListTagsForResource$/, capacity: 50, refillPerSecond: 20 },
];

/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
const EC2: readonly RateGroup[] = [
  { name: 'ec2 read', actions: /^ec2:(Describe|Get)/, each: true, capacity: 100, refillPerSecond: 20 },
  { name: 'ec2 tags', actions: /^ec2:(CreateTags|DeleteTags)$/, each: true, capacity: 100, refillPerSecond: 10 },
];

/** Every call counts against the account too: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html */
const ELB: readonly RateGroup[] = [
  { name: 'elb account', actions: /^elasticloadbalancing:/, capacity: 40, refillPerSecond: 10 },
  { name: 'elb read', actions: /^elasticloadbalancing:Describe/, capacity: 200, refillPerSecond: 50 },
  {
    name: 'elb registration',
    actions: /^elasticloadbalancing:(Register|Deregister)Targets$/,
    capacity: 20,
    refillPerSecond: 4,
  },
  {
    name: 'elb write',
    actions: /^elasticloadbalancing:(Add|Remove)Tags$/,
    capacity: 20,
    refillPerSecond: 3,
  },
];

/** Not published for anything but DiscoverInstances, so a guess on the careful side. */
const UNPUBLISHED: readonly RateGroup[] = [
  { name: 'cloud map', actions: /^servicediscovery:/, capacity: 20, refillPerSecond: 10 },
  { name: 'auto scaling', actions: /^autoscaling:/, capacity: 20, refillPerSecond: 10 },
];

export const rateGroups: readonly RateGroup[] = [...ECS, ...EC2, ...ELB, ...UNPUBLISHED];
