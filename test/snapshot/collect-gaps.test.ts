import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiError } from '../../infra/local/kernel/api-error';
import { addressAt } from '../../infra/local/services/ec2/cidr';
import { gapFor } from '../../lib/snapshot/gap';
import type { Collection, Snapshot } from '../../lib/snapshot/snapshot';
import { cloudMapOf, elbOf } from '../infra/local/services/ecs/a-load-balancer';
import { anInstance, aSite, describeTasks, type Site } from '../infra/local/services/ecs/a-site';
import { one } from '../infra/local/services/ecs/one';
import { aCollector, aRequest, clusterArn, deny, everything } from './a-collector';
import { aHostedService, aRegisteredService, SETTLE_MS } from './a-workload';

/** A site with everything that is read: services of both kinds, an orphan of each kind, a new instance. */
async function aBusySite() {
  const site = await aSite();
  const registered = await aRegisteredService(site, 1);
  const host = await aHostedService(site);
  const address = addressAt(one(site.ipv6A.ipv6).cidr, 0xdeadn);
  const Targets = [{ Id: address, Port: 80 }];
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn: registered.targetGroupArn, Targets }));
  const Attributes = { AWS_INSTANCE_IPV6: address, ECS_CLUSTER_NAME: 'prod', ECS_SERVICE_NAME: 'web' };
  const ServiceId = registered.registryArn.slice(registered.registryArn.lastIndexOf('/') + 1);
  const orphan = { ServiceId, InstanceId: '0123456789abcdef0123456789abcdef', Attributes };
  await cloudMapOf(site).send(new RegisterInstanceCommand(orphan));
  await site.clock.advance(SETTLE_MS);
  const { id } = await anInstance(site, { subnet: site.dualA });
  return { ...registered, site, host, requests: [everything, aRequest('instance', id)] };
}

const gapsOf = ({ gaps }: Snapshot) =>
  gaps.map(({ call, reason, collection }) => `${collection}: ${reason} ${call}`).sort();

const READS: readonly (readonly [action: string, ...collections: Collection[]])[] = [
  ['autoscaling:DescribeAutoScalingGroups', 'registrars'],
  ['ec2:DescribeFlowLogs', 'flowLogs'],
  ['ec2:DescribeInstances', 'instances'],
  ['ec2:DescribeNetworkAcls', 'networkAcls'],
  ['ec2:DescribeNetworkInterfaces', 'addressHolders'],
  ['ec2:DescribeRouteTables', 'routeTables'],
  ['ec2:DescribeSecurityGroups', 'securityGroups'],
  ['ec2:DescribeSubnets', 'subnets'],
  ['ec2:DescribeVpcEndpoints', 'vpcEndpoints'],
  ['ec2:DescribeVpcs', 'vpcs'],
  ['ecs:DescribeClusters', 'clusters', 'registrars'],
  ['ecs:DescribeContainerInstances', 'containerInstances'],
  ['ecs:DescribeServices', 'services', 'registrars'],
  ['ecs:DescribeTaskDefinition', 'taskDefinitions'],
  ['ecs:DescribeTasks', 'tasks'],
  ['ecs:ListClusters', 'clusters'],
  ['ecs:ListContainerInstances', 'containerInstances'],
  ['ecs:ListServices', 'services', 'registrars'],
  ['ecs:ListTasks', 'tasks', 'stoppingTasks'],
  ['elasticloadbalancing:DescribeLoadBalancers', 'loadBalancers'],
  ['elasticloadbalancing:DescribeTargetGroups', 'targetGroups'],
  ['elasticloadbalancing:DescribeTags', 'targetGroups'],
  ['elasticloadbalancing:DescribeTargetHealth', 'targets'],
  ['servicediscovery:GetService', 'cloudMapServices'],
  ['servicediscovery:ListInstances', 'cloudMapInstances'],
  ['servicediscovery:ListTagsForResource', 'cloudMapServices'],
];

describe('a read that is denied', () => {
  it.each(READS)('%s leaves gaps that name it, and the rest stands', async (action, ...collections) => {
    const { site, requests } = await aBusySite();
    deny(site, action);
    const snapshot = await aCollector(site).collect(requests, { mode: 'tag' });
    expect(new Set(snapshot.gaps.map(({ call }) => call))).toEqual(new Set([action]));
    expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(['AccessDenied']));
    for (const gap of snapshot.gaps) expect(collections).toContain(gap.collection);
    expect(snapshot.gaps.map(({ collection }) => collection)).toContain(collections[0]);
    expect(snapshot.gone.size).toBe(0);
  });

  it.each([
    ['ecs:DescribeClusters', ['group', 'registry']],
    ['ecs:ListServices', []],
    ['ecs:ListTasks', ['group', 'registry']],
    ['ecs:DescribeContainerInstances', ['group', 'registry']],
    ['elasticloadbalancing:DescribeTargetHealth', ['cluster', 'registry']],
    ['servicediscovery:ListInstances', ['cluster', 'group']],
  ])('%s leaves the claim to have seen all of %j only', async (action, claimed) => {
    const { site, requests, targetGroupArn, registryArn } = await aBusySite();
    deny(site, action);
    const { covered } = await aCollector(site).collect(requests);
    const names = new Map([
      [clusterArn, 'cluster'],
      [targetGroupArn, 'group'],
      [registryArn, 'registry'],
    ]);
    expect([...covered].map((key) => names.get(key)).sort()).toEqual(claimed);
  });

  it('leaves the users of a group in doubt, even if only a list of clusters is missing', async () => {
    const { site } = await aBusySite();
    deny(site, 'ecs:ListClusters');
    const web = 'arn:aws:ecs:eu-west-2:111122223333:service/prod/web';
    const snapshot = await aCollector(site).collect([aRequest('service', web)]);
    expect(gapsOf(snapshot)).toContain('registrars: AccessDenied ecs:ListClusters');
  });

  it('for candidates only leaves that claim', async () => {
    const { site, requests, targetGroupArn, registryArn } = await aBusySite();
    deny(site, 'ec2:DescribeNetworkInterfaces');
    const snapshot = await aCollector(site).collect(requests);
    expect([...snapshot.covered].sort()).toEqual(['111122223333', clusterArn, targetGroupArn, registryArn].sort());
    expect(gapsOf(snapshot)).toEqual(['addressHolders: AccessDenied ec2:DescribeNetworkInterfaces']);
  });

  it('names the batch that is missing, where it is known', async () => {
    const { site } = await aBusySite();
    deny(site, 'ecs:DescribeTasks');
    const arns = (await describeTasksBefore(site)).sort();
    const snapshot = await aCollector(site).collect(arns.map((arn) => aRequest('task', arn)));
    expect(snapshot.gaps).toEqual([
      {
        call: 'ecs:DescribeTasks',
        reason: 'AccessDenied',
        message: expect.stringContaining('not authorized'),
        collection: 'tasks',
        resources: arns,
      },
    ]);
    expect(gapFor(snapshot, 'tasks', arns[0])).toBeDefined();
    expect(gapFor(snapshot, 'tasks', 'another')).toBeUndefined();
  });

  it('lets no instance be awaited that ECS may know', async () => {
    const { site, requests } = await aBusySite();
    deny(site, 'ecs:ListContainerInstances');
    expect((await aCollector(site).collect(requests)).unregisteredInstances.size).toBe(0);
  });

  it('never makes anything gone, orphaned or awaited that was not, whatever is denied together', async () => {
    const { site, requests } = await aBusySite();
    const actions = READS.map(([action]) => action);
    const denied = new Set<string>();
    site.account.interceptors.push(({ operation }) => {
      const action = [...denied].find((name) => name.endsWith(`:${operation}`));
      if (action !== undefined) throw new ApiError('AccessDeniedException', `not authorized: ${action}`, 403);
    });
    const collector = aCollector(site);
    const whole = await collector.collect(requests, { mode: 'tag' });
    expect(whole.gaps).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.subarray(actions), async (some) => {
        denied.clear();
        for (const action of some) denied.add(action);
        const snapshot = await collector.collect(requests, { mode: 'tag' });
        expect(snapshot.gone.size).toBe(0);
        for (const id of snapshot.unregisteredInstances) expect(whole.unregisteredInstances).toContain(id);
        for (const { call } of snapshot.gaps) expect(some).toContain(call);
        for (const key of snapshot.covered) expect(whole.covered).toContain(key);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

async function describeTasksBefore(site: Site): Promise<string[]> {
  const interceptors = site.account.interceptors.splice(0);
  const tasks = await describeTasks(site);
  site.account.interceptors.push(...interceptors);
  return tasks.map(({ taskArn = '' }) => taskArn);
}

describe('other failures', () => {
  it.each([
    ['ThrottlingException', 'Throttled'],
    ['ServerException', 'ServiceError'],
  ])('%s leaves a gap: %s', async (code, reason) => {
    const { site, requests } = await aBusySite();
    site.account.interceptors.push(({ operation }) => {
      if (operation === 'DescribeServices') throw new ApiError(code, 'Rate exceeded');
    });
    const snapshot = await aCollector(site).collect(requests);
    expect(gapsOf(snapshot)).toContain(`services: ${reason} ecs:DescribeServices`);
  });

  it('an operation that the endpoint does not know is unsupported', async () => {
    const { site, requests } = await aBusySite();
    site.account.interceptors.push(({ operation }) => {
      if (operation === 'DescribeAutoScalingGroups') throw new ApiError('NotImplemented', 'no', 501);
    });
    const snapshot = await aCollector(site).collect(requests);
    expect(gapsOf(snapshot)).toEqual(['registrars: Unsupported autoscaling:DescribeAutoScalingGroups']);
  });

  it('credentials that are not accepted end the pass', async () => {
    const { site, requests } = await aBusySite();
    site.account.interceptors.push(() => {
      throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
    });
    await expect(aCollector(site).collect(requests)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });
});
