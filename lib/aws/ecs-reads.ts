/** What is read of ECS. Keys are ARNs; every batch belongs to one cluster. */
import {
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListAccountSettingsCommand,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTasksCommand,
  type CapacityProvider,
  type Cluster,
  type ContainerInstance,
  type ECSClient,
  type Service,
  type Setting,
  type Tag,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { describeCapacityProviders } from './capacity-provider-reads';
import { toBatch } from './ecs-answer';
import { isClientException, isClusterNotFound, isEcsServiceNotFound } from './failure';
import { CLUSTERS_PER_CALL, CONTAINER_INSTANCES_PER_CALL, ECS_PAGE, SERVICES_PER_CALL, TASKS_PER_CALL } from './limits';
import { describeInBatches, listPages, type Batch, type Read } from './read';

export interface TaskQuery {
  readonly cluster: string;
  /** At most one of these two: they narrow the list. */
  readonly serviceName?: string;
  readonly containerInstance?: string;
  /** ECS takes RUNNING if absent, which is what is meant to run, whatever its status is. */
  readonly desiredStatus?: 'STOPPED';
}

export interface DescribedTaskDefinition {
  readonly taskDefinition: TaskDefinition;
  readonly tags: readonly Tag[];
}

export interface EcsReads {
  listClusters(): Promise<Read<string>>;
  /** By name or ARN. */
  describeClusters(keys: readonly string[]): Promise<Read<Cluster>>;
  /** By name. Those of Managed Instances belong to a cluster and are not found so. */
  describeCapacityProviders(names: readonly string[]): Promise<Read<CapacityProvider>>;
  /** As they hold for the caller; names that the SDK does not know yet among them. */
  listAccountSettings(): Promise<Read<Setting>>;
  listServices(cluster: string): Promise<Read<string>>;
  describeServices(cluster: string, arns: readonly string[]): Promise<Read<Service>>;
  listTasks(query: TaskQuery): Promise<Read<string>>;
  describeTasks(cluster: string, arns: readonly string[]): Promise<Read<Task>>;
  describeTaskDefinitions(
    arns: readonly string[],
    include: { readonly tags: boolean },
  ): Promise<Read<DescribedTaskDefinition>>;
  /** Those on the given EC2 instances only, if any are given. */
  listContainerInstances(cluster: string, ec2InstanceIds?: readonly string[]): Promise<Read<string>>;
  describeContainerInstances(cluster: string, arns: readonly string[]): Promise<Read<ContainerInstance>>;
}

/** A cluster that is gone has nothing in it. */
async function inCluster<Item>(keys: readonly string[], describe: () => Promise<Batch<Item>>): Promise<Batch<Item>> {
  try {
    return await describe();
  } catch (error) {
    if (isClusterNotFound(error)) return { items: [], missing: keys };
    throw error;
  }
}

interface ArnPage {
  readonly arns: readonly string[] | undefined;
  readonly nextToken: string | undefined;
}

async function listArns(
  action: string,
  cluster: string,
  page: (token?: string) => Promise<ArnPage>,
): Promise<Read<string>> {
  return listPages({
    action,
    keys: [cluster],
    async page(token) {
      try {
        const { arns = [], nextToken } = await page(token);
        return { items: arns, token: nextToken };
      } catch (error) {
        if (isClusterNotFound(error) || isEcsServiceNotFound(error)) return { items: [], token: undefined };
        throw error;
      }
    },
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html */
const onInstances = (ids: readonly string[]): string => `ec2InstanceId in ['${ids.join("','")}']`;

type Lists = Pick<
  EcsReads,
  'listAccountSettings' | 'listClusters' | 'listServices' | 'listTasks' | 'listContainerInstances'
>;

function createLists(client: ECSClient): Lists {
  return {
    listAccountSettings: () =>
      listPages({
        action: 'ecs:ListAccountSettings',
        async page(nextToken) {
          const answer = await client.send(new ListAccountSettingsCommand({ effectiveSettings: true, nextToken }));
          return { items: answer.settings ?? [], token: answer.nextToken };
        },
      }),
    listClusters: () =>
      listPages({
        action: 'ecs:ListClusters',
        async page(nextToken) {
          const answer = await client.send(new ListClustersCommand({ nextToken, maxResults: ECS_PAGE }));
          return { items: answer.clusterArns ?? [], token: answer.nextToken };
        },
      }),
    listServices: (cluster) =>
      listArns('ecs:ListServices', cluster, async (nextToken) => {
        const answer = await client.send(new ListServicesCommand({ cluster, nextToken, maxResults: ECS_PAGE }));
        return { arns: answer.serviceArns, nextToken: answer.nextToken };
      }),
    listTasks: (query) =>
      listArns('ecs:ListTasks', query.cluster, async (nextToken) => {
        const answer = await client.send(new ListTasksCommand({ ...query, nextToken, maxResults: ECS_PAGE }));
        return { arns: answer.taskArns, nextToken: answer.nextToken };
      }),
    listContainerInstances: (cluster, ids) =>
      listArns('ecs:ListContainerInstances', cluster, async (nextToken) => {
        const filter = ids && onInstances(ids);
        const command = new ListContainerInstancesCommand({ cluster, filter, nextToken, maxResults: ECS_PAGE });
        const answer = await client.send(command);
        return { arns: answer.containerInstanceArns, nextToken: answer.nextToken };
      }),
  };
}

type ServiceDescriptions = Pick<EcsReads, 'describeCapacityProviders' | 'describeClusters' | 'describeServices'>;

function createServiceDescriptions(client: ECSClient): ServiceDescriptions {
  return {
    describeCapacityProviders: (names) => describeCapacityProviders(client, names),
    describeClusters: (keys) =>
      describeInBatches({
        action: 'ecs:DescribeClusters',
        keys,
        size: CLUSTERS_PER_CALL,
        async describe(clusters) {
          const command = new DescribeClustersCommand({ clusters: [...clusters], include: ['SETTINGS', 'TAGS'] });
          const answer = await client.send(command);
          const arnOf = ({ clusterArn }: Cluster) => clusterArn;
          return toBatch({ keys: clusters, items: answer.clusters, arnOf, failures: answer.failures });
        },
      }),
    describeServices: (cluster, arns) =>
      describeInBatches({
        action: 'ecs:DescribeServices',
        keys: arns,
        size: SERVICES_PER_CALL,
        describe: (services) =>
          inCluster(services, async () => {
            const command = new DescribeServicesCommand({ cluster, services: [...services], include: ['TAGS'] });
            const answer = await client.send(command);
            const arnOf = ({ serviceArn }: Service) => serviceArn;
            return toBatch({ keys: services, items: answer.services, arnOf, failures: answer.failures });
          }),
      }),
  };
}

type TaskDescriptions = Pick<EcsReads, 'describeTasks' | 'describeContainerInstances'>;

function createTaskDescriptions(client: ECSClient): TaskDescriptions {
  return {
    describeTasks: (cluster, arns) =>
      describeInBatches({
        action: 'ecs:DescribeTasks',
        keys: arns,
        size: TASKS_PER_CALL,
        describe: (tasks) =>
          inCluster(tasks, async () => {
            const command = new DescribeTasksCommand({ cluster, tasks: [...tasks], include: ['TAGS'] });
            const answer = await client.send(command);
            const arnOf = ({ taskArn }: Task) => taskArn;
            return toBatch({ keys: tasks, items: answer.tasks, arnOf, failures: answer.failures });
          }),
      }),
    describeContainerInstances: (cluster, arns) =>
      describeInBatches({
        action: 'ecs:DescribeContainerInstances',
        keys: arns,
        size: CONTAINER_INSTANCES_PER_CALL,
        describe: (keys) =>
          inCluster(keys, async () => {
            const input = { cluster, containerInstances: [...keys], include: ['TAGS' as const] };
            const answer = await client.send(new DescribeContainerInstancesCommand(input));
            const arnOf = ({ containerInstanceArn }: ContainerInstance) => containerInstanceArn;
            return toBatch({ keys, items: answer.containerInstances, arnOf, failures: answer.failures });
          }),
      }),
  };
}

async function describeTaskDefinition(
  client: ECSClient,
  arn: string,
  tags: boolean,
): Promise<Batch<DescribedTaskDefinition>> {
  try {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn, ...(tags && { include: ['TAGS'] }) });
    const answer = await client.send(command);
    return { items: [answer.taskDefinition && { taskDefinition: answer.taskDefinition, tags: answer.tags ?? [] }] };
  } catch (error) {
    if (isClientException(error)) return { items: [], missing: [arn] };
    throw error;
  }
}

export function createEcsReads(client: ECSClient): EcsReads {
  return {
    ...createLists(client),
    ...createServiceDescriptions(client),
    ...createTaskDescriptions(client),
    describeTaskDefinitions: (arns, { tags }) =>
      describeInBatches({
        action: 'ecs:DescribeTaskDefinition',
        keys: arns,
        size: 1,
        describe: ([arn = '']) => describeTaskDefinition(client, arn, tags),
      }),
  };
}
