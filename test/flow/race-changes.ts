/** What may happen in the middle of a pass. */
import { CreateNetworkInterfaceCommand, type NetworkInterface } from '@aws-sdk/client-ec2';
import { CreateServiceCommand, StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { RegisterTargetsCommand, type TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import type { Subnet } from '../../infra/local/services/ec2/subnet';
import { aBalancedGroup, cloudMapOf, elbOf } from '../infra/local/services/ecs/a-load-balancer';
import { anInstance, describeTasks } from '../infra/local/services/ecs/a-site';
import { policyOf, put, type Change } from './a-race';
import { OTHER_CLUSTER, type RaceSite } from './race-sites';

const exemption = (resource: string): string =>
  `exemptions: [{ rule: '*', resource: '${resource}', reason: wanted, owner: us, until: 2027-01-31 }]\n`;

const update = ({ ecs }: RaceSite, change: Omit<UpdateServiceCommandInput, 'service'>) =>
  ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...change }));

const behind = (targetGroupArn: string) => [{ targetGroupArn, containerName: 'app', containerPort: 80 }];

async function anInterface({ ec2, ipv6A }: RaceSite, address?: string): Promise<NetworkInterface> {
  const Ipv6Addresses = address === undefined ? undefined : [{ Ipv6Address: address }];
  const Ipv6AddressCount = address === undefined ? 1 : undefined;
  const wanted = { SubnetId: ipv6A.id, Ipv6Addresses, Ipv6AddressCount };
  const { NetworkInterface: made = {} } = await ec2.send(new CreateNetworkInterfaceCommand(wanted));
  return made;
}

async function register(site: RaceSite, target: TargetDescription): Promise<void> {
  const { targetGroupArn: TargetGroupArn } = site;
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
  site.foreign.add(`${String(target.Id)}:${String(target.Port)}`);
}

function anotherService({ ecs, targetGroupArn }: RaceSite, { id }: Subnet) {
  return ecs.send(
    new CreateServiceCommand({
      ...{ cluster: OTHER_CLUSTER, serviceName: 'web', taskDefinition: 'web', desiredCount: 2 },
      ...{ launchType: 'FARGATE', loadBalancers: behind(targetGroupArn) },
      networkConfiguration: { awsvpcConfiguration: { subnets: [id] } },
    }),
  );
}

async function registerInstance(site: RaceSite, InstanceId: string): Promise<void> {
  const ServiceId = site.registryArn?.slice(site.registryArn.lastIndexOf('/') + 1);
  const { Ipv6Address = '' } = await anInterface(site);
  const Attributes = { AWS_INSTANCE_IPV6: Ipv6Address };
  await cloudMapOf(site).send(new RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));
  site.foreign.add(InstanceId);
}

const policyRead = /^GetParameters$/;

/** After which nothing that was decided before may be done. */
export const plansGoStale: readonly Change[] = [
  { name: 'the kill switch goes off', happen: (site) => put(site, 'enforcement', 'off'), shownBy: policyRead },
  {
    name: 'the policy only observes',
    happen: (site) => put(site, 'policy', policyOf('').replace('enforce', 'observe')),
    shownBy: policyRead,
  },
  {
    name: 'the policy only tags',
    happen: (site) => put(site, 'policy', policyOf('').replace('enforce', 'tag')),
    shownBy: policyRead,
  },
  {
    name: 'the policy breaks',
    happen: (site) => put(site, 'policy', policyOf('guard: { deregister: { perRun: many } }\n')),
    shownBy: policyRead,
  },
  {
    name: 'an exemption is written for the group and the registry',
    happen: (site) => put(site, 'policy', policyOf(exemption('*'))),
    shownBy: policyRead,
  },
  {
    name: 'a part of the policy is added',
    happen: (site) => put(site, 'policy/web', exemption('arn:aws:ecs:*:*:service/prod/web')),
    shownBy: /^GetParametersByPath$/,
  },
  {
    name: 'an interface takes the address',
    happen: (site) => anInterface(site, site.targetId),
    ...{ shownBy: /^DescribeNetworkInterfaces$/, about: 'orphan' },
  },
  {
    name: 'a deployment begins',
    happen: (site) => update(site, { forceNewDeployment: true }),
    ...{ shownBy: /^DescribeServices prod$/, isBrief: true },
  },
  {
    name: 'the service takes another group',
    async happen(site) {
      const other = await aBalancedGroup(site, { Name: 'other' });
      await update(site, { loadBalancers: behind(other) });
    },
    ...{ shownBy: /^DescribeServices prod$/, about: 'orphan' },
  },
  {
    name: 'a service of another cluster takes the group as well',
    happen: (site) => anotherService(site, site.ipv6B),
    ...{ shownBy: /^ListServices other$/, about: 'orphan' },
  },
];

/** What comes and goes by itself, or is put there by others; nothing of it may ever be removed. */
export const lifeGoesOn: readonly Change[] = [
  { name: 'the service grows', happen: (site) => update(site, { desiredCount: 4 }), seconds: 8 },
  { name: 'the service shrinks', happen: (site) => update(site, { desiredCount: 1 }), seconds: 8 },
  {
    name: 'a task stops, and another comes',
    async happen(site) {
      const [task] = await describeTasks(site);
      await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: task?.taskArn }));
    },
    seconds: 20,
  },
  {
    name: 'tasks move to another zone',
    happen: (site) =>
      update(site, { networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6B.id] } }, desiredCount: 3 }),
    seconds: 40,
  },
  {
    name: 'somebody registers an address by hand',
    async happen(site) {
      const { Ipv6Address = '' } = await anInterface(site);
      await register(site, { Id: Ipv6Address, Port: 80 });
      await register(site, { Id: Ipv6Address, Port: 81 });
    },
  },
  {
    name: 'somebody registers an instance of Cloud Map by hand',
    happen: (site) => registerInstance(site, 'by-hand'),
    seconds: 10,
  },
];

/** Around an IPv4 group, which takes addresses of other VPCs. */
export const neighboursGoOn: readonly Change[] = [
  {
    name: 'somebody registers addresses of a peered VPC by hand',
    async happen(site) {
      for (const Id of site.peered ?? []) await register(site, { Id, Port: 80, AvailabilityZone: 'all' });
    },
  },
  {
    name: 'a service of another cluster registers its tasks',
    happen: (site) => anotherService(site, site.dualB),
    seconds: 60,
  },
];

const taskLists = /^ListTasks prod(?! STOPPED)/;

/** On hosts. */
export const hostsGoOn: readonly Change[] = [
  {
    name: 'a task is about to come to the port',
    happen: (site) => update(site, { desiredCount: 2 }),
    // by then the scheduler has placed it
    ...{ shownBy: taskLists, seconds: 1 },
  },
  {
    name: 'a task has come to the port',
    happen: (site) => update(site, { desiredCount: 2 }),
    ...{ shownBy: taskLists, seconds: 30 },
  },
  {
    name: 'somebody registers a server by hand',
    async happen(site) {
      const { id } = await anInstance(site, { subnet: site.dualB, primaryIpv6: true });
      await register(site, { Id: id, Port: 80 });
    },
  },
];
