/**
 * The least number of calls in which AWS could answer what the evaluation of a burst needs to know, from what was seeded
 * and AWS's limits alone; the pipeline's own code has no part in it. Each limit is that of the API's reference, each
 * term the smallest number of calls of that kind, whoever makes them.
 */
import type { MadeService } from '../../infra/local/seed/fleet/fleet';
import type { TaskRecord } from '../../infra/local/services/ecs/records';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const TASKS = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
const TASK_PAGE = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const SERVICES = 10;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html */
const TASK_DEFINITIONS = 1;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
const CONTAINER_INSTANCES = 100;
/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html */
const EC2_ITEMS = 1_000;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html */
const TARGET_GROUP_PAGE = 400;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html */
const TARGET_HEALTH = 1;
/** https://docs.aws.amazon.com/cloud-map/latest/api/API_ListServices.html */
const CLOUD_MAP_SERVICE_PAGE = 100;
/** https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html */
const CLOUD_MAP_INSTANCE_PAGE = 100;

export type Floor = Readonly<Record<string, number>>;

export interface Burst {
  /** Tasks that the events are about. */
  readonly tasks: readonly TaskRecord[];
  /** Every service of the account that has one of them. */
  readonly services: readonly MadeService[];
}

const calls = (items: number, each: number): number => Math.ceil(items / each);
const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, number) => sum + number, 0);

/** ECS takes the ids of one cluster to a call: what is in different clusters rounds up by itself. */
function callsPerCluster<Item>(items: readonly Item[], clusterOf: (item: Item) => string, each: number): number {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(clusterOf(item), (counts.get(clusterOf(item)) ?? 0) + 1);
  return total([...counts.values()].map((count) => calls(count, each)));
}

const distinct = <Item>(items: readonly (Item | undefined)[]): readonly Item[] =>
  [...new Set(items)].filter((item) => item !== undefined);

const isGone = ({ lastStatus }: TaskRecord): boolean => lastStatus === 'STOPPED';

/** Services that lost a task: whatever it left behind is among their targets and Cloud Map instances. */
function bereft({ tasks, services }: Burst): readonly MadeService[] {
  const names = new Set(tasks.filter(isGone).map(({ service }) => service));
  return services.filter(({ service }) => names.has(service));
}

/** Tasks that must be seen: those of the events, and all that could own what is registered for a bereft service. */
function tasksToSee(burst: Burst): readonly TaskRecord[] {
  return distinct([...burst.tasks, ...bereft(burst).flatMap(({ service }) => [...service.tasks])]);
}

/** ECS names tasks by service or by cluster: whichever takes fewer pages. */
function listCalls(services: readonly MadeService[]): number {
  const pages = (count: number): number => Math.max(1, calls(count, TASK_PAGE));
  const clusters = distinct(services.map(({ service }) => service.cluster));
  const ofCluster = clusters.map((cluster) => {
    const inCluster = services.filter(({ service }) => service.cluster === cluster);
    const running = [...cluster.tasks.values()].filter((task) => !isGone(task));
    return Math.min(pages(running.length), total(inCluster.map(({ service }) => pages(service.tasks.size))));
  });
  return total(ofCluster);
}

function registrationCalls(services: readonly MadeService[]): Floor {
  const groups = distinct(services.map(({ groupArn }) => groupArn));
  const registries = services.filter(({ registryArn }) => registryArn !== undefined);
  return {
    // which family and type each group has
    'elasticloadbalancing:DescribeTargetGroups': calls(groups.length, TARGET_GROUP_PAGE),
    // whether the load balancers that forward to them take IPv6: a page of them at least
    'elasticloadbalancing:DescribeLoadBalancers': Math.min(1, groups.length),
    // what is registered in it
    'elasticloadbalancing:DescribeTargetHealth': calls(groups.length, TARGET_HEALTH),
    // which records each Cloud Map service has
    'servicediscovery:ListServices': calls(registries.length, CLOUD_MAP_SERVICE_PAGE),
    // what is registered in it
    'servicediscovery:ListInstances': total(
      registries.map(({ service }) => Math.max(1, calls(service.tasks.size, CLOUD_MAP_INSTANCE_PAGE))),
    ),
  };
}

/** The floor of one burst that comes in one batch, with nothing known before. */
export function floorOf(burst: Burst): Floor {
  const seen = tasksToSee(burst);
  const alive = seen.filter((task) => !isGone(task));
  const hosts = distinct(alive.map(({ network, instance }) => (network ? undefined : instance)));
  const subnets = distinct([
    ...alive.map(({ network }) => network?.subnetId),
    ...burst.services.flatMap(({ service }) => service.deployments[0]?.revision.network?.subnets ?? []),
    ...hosts.map(({ attributes }) => attributes.get('ecs.subnet-id')?.value),
  ]);
  const services = distinct(seen.map(({ service }) => service));
  return {
    // status, addresses, ports and host of each task
    'ecs:DescribeTasks': callsPerCluster(seen, ({ cluster }) => cluster.name, TASKS),
    // which other tasks a bereft service has: events do not say
    'ecs:ListTasks': listCalls(bereft(burst)),
    // subnets, target groups and registries of each task's service
    'ecs:DescribeServices': callsPerCluster(services, ({ cluster }) => cluster.name, SERVICES),
    // network mode and images of each task
    'ecs:DescribeTaskDefinition': calls(distinct(seen.map(({ definition }) => definition)).length, TASK_DEFINITIONS),
    // the EC2 instance below each host that shares its addresses with tasks
    'ecs:DescribeContainerInstances': callsPerCluster(hosts, ({ cluster }) => cluster.name, CONTAINER_INSTANCES),
    // addresses of that instance
    'ec2:DescribeInstances': calls(hosts.length, EC2_ITEMS),
    // what addresses a task or host is meant to have
    'ec2:DescribeSubnets': calls(subnets.length, EC2_ITEMS),
    ...registrationCalls(bereft(burst)),
  };
}

export const sum = (floor: Floor): number => total(Object.values(floor));
