import {
  DescribeServiceRevisionsCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { ElasticLoadBalancing } from '@aws-sdk/client-elastic-load-balancing';
import { describe, expect, it } from '@jest/globals';
import { clientSettings } from '../../../../support/local-account';
import { aBridgeDefinition, aHost, aService, aSite, describeService, describeTasks } from './a-site';
import { one } from './one';

const SETTLE_MS = 60_000;
const loadBalancers = [{ loadBalancerName: 'front', containerName: 'app', containerPort: 80 }];
const onHosts = { launchType: 'EC2', networkConfiguration: undefined, loadBalancers } as const;

/** With a Classic Load Balancer and a bridge definition whose port on the host is 8080, unless told otherwise. */
async function aClassicSite(definition: Partial<RegisterTaskDefinitionCommandInput> = {}, hostPort = 8080) {
  const site = await aSite();
  const elb = new ElasticLoadBalancing(clientSettings(site.account));
  await elb.createLoadBalancer({
    LoadBalancerName: 'front',
    Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 }],
    Subnets: [site.dualA.id, site.dualB.id],
  });
  const portMappings = [{ containerPort: 80, hostPort }];
  const containerDefinitions = [{ name: 'app', image: 'nginx', memory: 128, portMappings }];
  await aBridgeDefinition(site, { containerDefinitions, ...definition });
  const registered = async () => {
    const { LoadBalancerDescriptions } = await elb.describeLoadBalancers({ LoadBalancerNames: ['front'] });
    return one(LoadBalancerDescriptions).Instances?.map(({ InstanceId }) => InstanceId);
  };
  return { ...site, elb, registered };
}

describe('a service behind a Classic Load Balancer', () => {
  it('registers the hosts of its tasks, puts them back, and takes them out', async () => {
    const site = await aClassicSite();
    const { ec2InstanceId: InstanceId } = await aHost(site, { subnet: site.dualA });
    const created = await aService(site, onHosts);
    expect(created.loadBalancers).toEqual(loadBalancers);
    await site.clock.advance(SETTLE_MS);
    expect(await site.registered()).toEqual([InstanceId]);
    await site.elb.deregisterInstancesFromLoadBalancer({ LoadBalancerName: 'front', Instances: [{ InstanceId }] });
    await site.clock.advance(SETTLE_MS);
    expect(await site.registered()).toEqual([InstanceId]);
    expect(await describeService(site)).toMatchObject({
      runningCount: 1,
      deployments: [{ rolloutState: 'COMPLETED' }],
    });
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(SETTLE_MS);
    expect(await site.registered()).toEqual([]);
  });

  it('says so in its revision, which resolves to no target group', async () => {
    const site = await aClassicSite();
    await aService(site, onHosts);
    const [revision] = (await describeService(site)).currentServiceRevisions ?? [];
    const asked = { serviceRevisionArns: [revision?.arn ?? ''] };
    const { serviceRevisions } = await site.ecs.send(new DescribeServiceRevisionsCommand(asked));
    expect(one(serviceRevisions)).toMatchObject({ loadBalancers, resolvedConfiguration: { loadBalancers: [] } });
  });

  it('has no tasks when the load balancer is gone', async () => {
    const site = await aClassicSite();
    await aHost(site, { subnet: site.dualA });
    await aService(site, { ...onHosts, desiredCount: 0 });
    await site.elb.deleteLoadBalancer({ LoadBalancerName: 'front' });
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 1 }));
    await site.clock.advance(SETTLE_MS);
    const [stopped] = await describeTasks(site, 'STOPPED');
    expect(stopped?.stoppedReason).toContain('failed to register instances in (elb front)');
  });

  it('cannot leave it by an update, but can be updated', async () => {
    const site = await aClassicSite();
    await aService(site, { ...onHosts, desiredCount: 0 });
    const update = (changes: object) =>
      site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...changes }));
    await expect(update({ loadBalancers: [] })).rejects.toThrow('Classic Load Balancer cannot be updated');
    await update({ forceNewDeployment: true });
    expect((await describeService(site)).loadBalancers).toEqual(loadBalancers);
  });
});

type Changes = Partial<CreateServiceCommandInput>;
const [balancer] = loadBalancers;

describe('a Classic Load Balancer is refused', () => {
  it.each<{ fault: string; changes: Changes; message: string }>([
    { fault: 'beside another', changes: { loadBalancers: [...loadBalancers, ...loadBalancers] }, message: 'Only one' },
    {
      fault: 'with a target group',
      changes: { loadBalancers: [{ ...balancer, targetGroupArn: 'arn:group' }] },
      message: 'cannot be combined',
    },
    {
      fault: 'that is not there',
      changes: { loadBalancers: [{ ...balancer, loadBalancerName: 'none' }] },
      message: 'Unable to find the load balancer none',
    },
    {
      fault: 'for a port nobody listens on',
      changes: { loadBalancers: [{ ...balancer, containerName: 'app', containerPort: 81 }] },
      message: 'did not have a container port 81',
    },
    {
      fault: 'with CodeDeploy',
      changes: { deploymentController: { type: 'CODE_DEPLOY' } },
      message: 'does not support Classic',
    },
  ])('$fault', async ({ changes, message }) => {
    const site = await aClassicSite();
    await expect(aService(site, { ...onHosts, ...changes })).rejects.toThrow(message);
  });

  it.each<{ mode: 'awsvpc' | 'bridge'; hostPort: number; message: string }>([
    { mode: 'awsvpc', hostPort: 80, message: 'not supported for networkMode=awsvpc' },
    { mode: 'bridge', hostPort: 0, message: 'need a static host port for container port 80' },
  ])('in $mode mode with host port $hostPort', async ({ mode, hostPort, message }) => {
    const site = await aClassicSite({ networkMode: mode }, hostPort);
    const awsvpcConfiguration = { subnets: [site.dualA.id] };
    const networkConfiguration = mode === 'awsvpc' ? { awsvpcConfiguration } : undefined;
    await expect(aService(site, { ...onHosts, networkConfiguration })).rejects.toThrow(message);
  });
});
