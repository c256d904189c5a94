/** What crashed deregistrations left in the demo's account: target groups and a Cloud Map service full of orphans. */
import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { CreateServiceCommand, DescribeContainerInstancesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeTasksCommand, ListContainerInstancesCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { need } from '../../../infra/local/seed/seed-clients';
import type { Story } from '../../../infra/local/seed/story/workload';

/** So many of each kind. */
export const IN_WEB = 12;
export const IN_LEGACY = 3;
export const STRAYS = 6;
export const DEAD_PORTS = 3;
/** Host ports on which something answers that no task has; beside them one task is healthy in their zone. */
export const LIVE_PORTS = 7;

/** Host ports that ECS would give: the hosts' security group lets the load balancer reach them. */
const FIRST_LIVE = 40_001;
const FIRST_DEAD = 50_001;
/** Addresses in the tasks' own subnet that nobody has. */
const unusedIpv4 = (index: number): string => `10.0.9.${String(241 + index)}`;
export const UNUSED_IPV4 = /^10\.0\.9\.24\d /;
/** For health checks to come to their verdicts. */
const CHECKS_MS = 180_000;

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

export interface Left {
  /** Group of a service without tasks: none of its targets is healthy, and all of them are orphans. */
  readonly darkGroupArn: string;
  /** Host in whose zone nothing but one orphan is healthy. */
  readonly loneHostId: string;
  /** Host of the one task, in the other zone. */
  readonly taskHostId: string;
}

export async function leaveOrphans(story: Story): Promise<Left> {
  const { balancing, network } = story;
  const darkGroupArn = await makeDarkService(story);
  await register(
    story,
    balancing.webGroupArn,
    upTo(IN_WEB).map((index) => ({ Id: `${network.nativePrefix}::dead:${String(index + 1)}`, Port: 8080 })),
  );
  await register(
    story,
    darkGroupArn,
    upTo(IN_WEB).map((index) => ({ Id: `${network.nativePrefix}::da:${String(index + 1)}`, Port: 8080 })),
  );
  await register(
    story,
    balancing.legacyGroupArn,
    upTo(IN_LEGACY).map((index) => ({ Id: unusedIpv4(index), Port: 8080 })),
  );
  const hosts = await fillHosts(story);
  await leaveStrays(story);
  await story.account.world.clock.advance(CHECKS_MS);
  return { darkGroupArn, ...hosts };
}

interface Listed {
  readonly Id: string;
  readonly Port: number;
}

async function register({ clients }: Story, TargetGroupArn: string, Targets: Listed[]): Promise<void> {
  await clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
}

async function makeDarkService({ clients, network }: Story): Promise<string> {
  const { elbv2, ecs } = clients;
  const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await elbv2.send(
    new CreateTargetGroupCommand({
      ...{ Name: 'dark', TargetType: 'ip', IpAddressType: 'ipv6', VpcId: network.vpcId, Protocol: 'HTTP', Port: 8080 },
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 2,
    }),
  );
  const TargetGroupArn = need(TargetGroups[0]?.TargetGroupArn, 'TargetGroupArn');
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
  await elbv2.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 90, DefaultActions }));
  await ecs.send(
    new CreateServiceCommand({
      ...{ cluster: 'shop', serviceName: 'dark', taskDefinition: 'web', desiredCount: 0, launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration: { subnets: [...network.nativeSubnetIds] } },
      loadBalancers: [{ targetGroupArn: TargetGroupArn, containerName: 'app', containerPort: 8080 }],
    }),
  );
  return TargetGroupArn;
}

/** One task is left of `edge`. On its host some orphans answer, on that of the other zone a single one does. */
async function fillHosts(story: Story): Promise<Omit<Left, 'darkGroupArn'>> {
  const { clients, balancing, account } = story;
  const hosts = await hostsOfTasks(story);
  await clients.ecs.send(new UpdateServiceCommand({ cluster: 'edge', service: 'edge', desiredCount: 1 }));
  // the other task stops, and its target drains
  await account.world.clock.advance(600_000);
  const [taskHostId = ''] = await hostsOfTasks(story);
  const loneHostId = need(
    hosts.find((id) => id !== taskHostId),
    'a host in the other zone',
  );
  const live = upTo(LIVE_PORTS).map((index) => FIRST_LIVE + index);
  const dead = upTo(DEAD_PORTS).map((index) => FIRST_DEAD + index);
  const Tags = [{ Key: 'local-account:listens', Value: live.join(' ') }];
  await clients.ec2.send(new CreateTagsCommand({ Resources: [taskHostId, loneHostId], Tags }));
  const on = (Id: string, ports: readonly number[]) => ports.map((Port) => ({ Id, Port }));
  await register(story, balancing.edgeGroupArn, [
    ...on(taskHostId, [...live, ...dead]),
    ...on(loneHostId, [FIRST_LIVE, ...dead]),
  ]);
  return { taskHostId, loneHostId };
}

/** Instances on which the tasks of `edge` run. */
async function hostsOfTasks({ clients }: Story): Promise<readonly string[]> {
  const cluster = 'edge';
  const { taskArns: tasks = [] } = await clients.ecs.send(new ListTasksCommand({ cluster }));
  const described = await clients.ecs.send(new DescribeTasksCommand({ cluster, tasks }));
  const arns = new Set(described.tasks?.map(({ containerInstanceArn }) => containerInstanceArn));
  const { containerInstanceArns } = await clients.ecs.send(new ListContainerInstancesCommand({ cluster }));
  const { containerInstances = [] } = await clients.ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: containerInstanceArns }),
  );
  return containerInstances
    .filter(({ containerInstanceArn }) => arns.has(containerInstanceArn))
    .map(({ ec2InstanceId = '' }) => ec2InstanceId);
}

async function leaveStrays({ clients, balancing, network, account }: Story): Promise<void> {
  for (const index of upTo(STRAYS)) {
    await clients.serviceDiscovery.send(
      new RegisterInstanceCommand({
        ServiceId: balancing.webRegistryId,
        InstanceId: `0dead0dead0dead0dead0dead0dead1${String(index)}`,
        Attributes: {
          AWS_INSTANCE_IPV6: `${network.nativePrefix}::beef:${String(index + 1)}`,
          ...{ ECS_CLUSTER_NAME: 'shop', ECS_SERVICE_NAME: 'web', REGION: account.region },
        },
      }),
    );
  }
}
