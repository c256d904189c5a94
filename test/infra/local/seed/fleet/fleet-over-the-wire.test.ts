/** A fleet is not made over the wire: that the API shows what was made, no more and no less, has to be seen. */
import { ECSClient, DescribeTasksCommand, paginateListClusters, paginateListTasks } from '@aws-sdk/client-ecs';
import { EC2Client, paginateDescribeInstances, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { paginateListInstances, paginateListServices, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { expect, it } from '@jest/globals';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { createFleet } from '../../../../../infra/local/seed/fleet/fleet';
import { planFleet } from '../../../../../infra/local/seed/fleet/fleet-plan';
import { services } from '../../../../../infra/local/services';
import { allInstances } from '../../../../../infra/local/services/ec2/instance';
import { allNetworkInterfaces } from '../../../../../infra/local/services/ec2/network-interface';
import { ecsState } from '../../../../../infra/local/services/ecs/store';
import { elbv2State } from '../../../../../infra/local/services/elbv2/state';
import { cloudMap } from '../../../../../infra/local/services/servicediscovery/state';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

/** More than one page of tasks, targets and Cloud Map instances, and a target and an instance that stayed behind. */
const TASKS = 450;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const TASKS_PER_CALL = 100;

async function all<Page, Item>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => readonly Item[] = () => []) {
  const items: Item[] = [];
  for await (const page of pages) items.push(...itemsOf(page));
  return items;
}

/** Ids as the API gives them: every list is walked to its end, and what it names is described. */
async function shown(account: LocalAccount) {
  const settings = clientSettings(account);
  const [ecs, ec2] = [new ECSClient(settings), new EC2Client(settings)];
  const elbv2 = new ElasticLoadBalancingV2Client(settings);
  const serviceDiscovery = new ServiceDiscoveryClient(settings);

  const tasks: (string | undefined)[] = [];
  const clusters = await all(paginateListClusters({ client: ecs }, {}), ({ clusterArns = [] }) => clusterArns);
  for (const cluster of clusters) {
    const arns = await all(paginateListTasks({ client: ecs }, { cluster }), ({ taskArns = [] }) => taskArns);
    for (let start = 0; start < arns.length; start += TASKS_PER_CALL) {
      const input = { cluster, tasks: arns.slice(start, start + TASKS_PER_CALL) };
      const { tasks: described = [], failures } = await ecs.send(new DescribeTasksCommand(input));
      expect(failures).toEqual([]);
      tasks.push(...described.map(({ taskArn, lastStatus }) => `${String(taskArn)} ${String(lastStatus)}`));
    }
  }

  const targets: string[] = [];
  const groups = await all(
    paginateDescribeTargetGroups({ client: elbv2 }, {}),
    ({ TargetGroups = [] }) => TargetGroups,
  );
  for (const { TargetGroupArn } of groups) {
    const { TargetHealthDescriptions = [] } = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    targets.push(
      ...TargetHealthDescriptions.map(
        ({ Target }) => `${String(TargetGroupArn)} ${String(Target?.Id)}:${String(Target?.Port)}`,
      ),
    );
  }

  const registrations: string[] = [];
  const registries = await all(paginateListServices({ client: serviceDiscovery }, {}), ({ Services = [] }) => Services);
  for (const { Id: ServiceId } of registries) {
    const instances = paginateListInstances({ client: serviceDiscovery }, { ServiceId });
    const ids = await all(instances, ({ Instances = [] }) => Instances);
    registrations.push(...ids.map(({ Id }) => `${String(ServiceId)} ${String(Id)}`));
  }

  const instances = await all(paginateDescribeInstances({ client: ec2, pageSize: 5 }, {}), ({ Reservations = [] }) =>
    Reservations.flatMap((reservation) => reservation.Instances ?? []),
  );
  const interfaces = await all(
    paginateDescribeNetworkInterfaces({ client: ec2, pageSize: 100 }, {}),
    ({ NetworkInterfaces = [] }) => NetworkInterfaces,
  );
  return {
    tasks,
    targets,
    registrations,
    instances: instances.map(({ InstanceId }) => InstanceId),
    interfaces: interfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
  };
}

/** The same from the stores of the local account, without its API. */
function kept({ scope }: LocalAccount) {
  const clusters = [...ecsState(scope).clusters.values()];
  return {
    tasks: clusters.flatMap(({ tasks }) => [...tasks.values()].map(({ arn }) => `${arn} RUNNING`)),
    targets: [...elbv2State(scope).targetGroups.values()].flatMap(({ arn, targets }) =>
      [...targets.keys()].map((key) => `${arn} ${key}`),
    ),
    registrations: [...cloudMap(scope).services.values()].flatMap(({ id, instances }) =>
      [...instances.keys()].map((instance) => `${id} ${instance}`),
    ),
    instances: allInstances(scope).map(({ id }) => id),
    interfaces: allNetworkInterfaces(scope).map(({ id }) => id),
  };
}

const sorted = (lists: Readonly<Record<string, readonly unknown[]>>) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(String).sort()]));

it('shows over the API what its stores hold', async () => {
  const account = await withLocalAccount({
    services,
    seed: async (scope, { clock }) => {
      await createFleet({ scope, clock }, planFleet(TASKS));
    },
  });
  const ids = sorted(kept(account));
  expect(Object.values(ids).map(({ length }) => length > 0)).toEqual([true, true, true, true, true]);
  expect(ids['tasks']).toHaveLength(TASKS);
  expect(sorted(await shown(account))).toEqual(ids);
});
