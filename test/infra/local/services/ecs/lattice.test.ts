import { DescribeServiceRevisionsCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { CreateServiceCommandInput, VpcLatticeConfiguration } from '@aws-sdk/client-ecs';
import type { CreateTargetGroupCommandInput } from '@aws-sdk/client-vpc-lattice';
import { VPCLattice } from '@aws-sdk/client-vpc-lattice';
import { describe, expect, it } from '@jest/globals';
import { clientSettings } from '../../../../support/local-account';
import type { Site } from './a-site';
import { aBridgeDefinition, aDefinition, aHost, aService, aSite, describeService, describeTasks } from './a-site';
import { one } from './one';

const SETTLE_MS = 60_000;
const DRAINING_MS = 5 * 60_000;
const roleArn = 'arn:aws:iam::111122223333:role/ecsInfrastructureRole';
const portMappings = [{ containerPort: 8080, name: 'web' }];

async function aLatticeSite() {
  const site = await aSite();
  await aDefinition(site, { containerDefinitions: [{ name: 'app', image: 'nginx', portMappings }] });
  const lattice = new VPCLattice(clientSettings(site.account));
  const config = { protocol: 'HTTP', vpcIdentifier: site.vpc.id, ipAddressType: 'IPV6' } as const;
  const group = async (over: Partial<CreateTargetGroupCommandInput> = {}): Promise<VpcLatticeConfiguration> => {
    const { arn = '' } = await lattice.createTargetGroup({ name: 'web', type: 'IP', config, ...over });
    return { roleArn, targetGroupArn: arn, portName: 'web' };
  };
  const targets = async ({ targetGroupArn }: VpcLatticeConfiguration) => {
    const { items = [] } = await lattice.listTargets({ targetGroupIdentifier: targetGroupArn });
    return items.map(({ id, port, status }) => `${String(id)} ${String(port)} ${String(status)}`).sort();
  };
  return { ...site, lattice, config, group, targets };
}

const addresses = async (site: Site): Promise<string[]> =>
  (await describeTasks(site)).map(({ containers = [] }) => containers[0]?.networkInterfaces?.[0]?.ipv6Address ?? '');

describe('a service with a VPC Lattice target group', () => {
  it('registers its tasks by address and named port, and takes them out when they stop', async () => {
    const site = await aLatticeSite();
    const web = await site.group();
    const created = await aService(site, { desiredCount: 2, vpcLatticeConfigurations: [web] });
    expect(one(created.deployments).vpcLatticeConfigurations).toEqual([web]);
    await site.clock.advance(SETTLE_MS);
    const running = (await addresses(site)).map((address) => `${address} 8080 UNUSED`).sort();
    expect(running).toHaveLength(2);
    expect(await site.targets(web)).toEqual(running);
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(SETTLE_MS);
    expect(await site.targets(web)).toEqual(running.map((target) => target.replace('UNUSED', 'DRAINING')));
    expect((await describeTasks(site, 'STOPPED')).map(({ lastStatus }) => lastStatus)).toEqual([
      'DEACTIVATING',
      'DEACTIVATING',
    ]);
    await site.clock.advance(DRAINING_MS);
    expect(await site.targets(web)).toEqual([]);
    expect((await describeTasks(site, 'STOPPED')).map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED', 'STOPPED']);
  });

  it('puts back a target that somebody else took out', async () => {
    const site = await aLatticeSite();
    const web = await site.group();
    await aService(site, { vpcLatticeConfigurations: [web] });
    await site.clock.advance(SETTLE_MS);
    const [registered] = await site.targets(web);
    const [id = ''] = await addresses(site);
    await site.lattice.deregisterTargets({ targetGroupIdentifier: web.targetGroupArn, targets: [{ id, port: 8080 }] });
    expect(await site.targets(web)).toEqual([`${id} 8080 DRAINING`]);
    await site.clock.advance(SETTLE_MS);
    expect(await site.targets(web)).toEqual([registered]);
  });

  it('fails a task whose address is not of the type of the group, and says so', async () => {
    const site = await aLatticeSite();
    const web = await site.group({ config: { ...site.config, ipAddressType: 'IPV4' } });
    await aService(site, { vpcLatticeConfigurations: [web] });
    await site.clock.advance(SETTLE_MS);
    const [stopped] = await describeTasks(site, 'STOPPED');
    expect(stopped).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(stopped?.stoppedReason).toMatch(/failed to register targets in \(target-group .*IPV4/);
    const { events = [] } = await describeService(site);
    expect(events.some(({ message }) => /failed to register targets in .*IPV4/.test(message ?? ''))).toBe(true);
    expect(await site.targets(web)).toEqual([]);
  });

  it('registers a task on the bridge by the address of its host and the port there', async () => {
    const site = await aLatticeSite();
    const web = await site.group();
    await aHost(site, { subnet: site.ipv6A, primaryIpv6: true });
    const bridged = [{ containerPort: 8080, hostPort: 0, name: 'web' }];
    await aBridgeDefinition(site, {
      family: 'bridged',
      containerDefinitions: [{ name: 'app', image: 'nginx', cpu: 128, memory: 128, portMappings: bridged }],
    });
    const settings = { taskDefinition: 'bridged', launchType: 'EC2', networkConfiguration: undefined } as const;
    await aService(site, { ...settings, vpcLatticeConfigurations: [web] });
    await site.clock.advance(SETTLE_MS);
    const [task] = await describeTasks(site);
    const hostPort = task?.containers?.[0]?.networkBindings?.[0]?.hostPort ?? 0;
    expect(hostPort).toBeGreaterThan(1_024);
    expect(one(await site.targets(web))).toMatch(new RegExp(`^2600:[0-9a-f:]+ ${String(hostPort)} UNUSED$`));
  });

  it('gives another group to the next deployment alone', async () => {
    const site = await aLatticeSite();
    const [web, other] = [await site.group(), await site.group({ name: 'other' })];
    const { serviceArn } = await aService(site, { vpcLatticeConfigurations: [web] });
    await site.clock.advance(SETTLE_MS);
    const { service } = await site.ecs.send(
      new UpdateServiceCommand({ cluster: 'prod', service: serviceArn, vpcLatticeConfigurations: [other] }),
    );
    expect(service?.deployments?.map((each) => each.vpcLatticeConfigurations)).toEqual([[other], [web]]);
    await site.clock.advance(SETTLE_MS + DRAINING_MS);
    expect([(await site.targets(web)).length, (await site.targets(other)).length]).toEqual([0, 1]);
    const { currentServiceRevisions } = await describeService(site);
    const serviceRevisionArns = [one(currentServiceRevisions).arn ?? ''];
    const { serviceRevisions } = await site.ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    expect(one(serviceRevisions)).toMatchObject({
      vpcLatticeConfigurations: [other],
      resolvedConfiguration: { vpcLatticeConfigurations: [{ targetGroupArn: other.targetGroupArn }] },
    });
  });

  it.each<{ fault: string; over: Partial<CreateTargetGroupCommandInput>; change: Partial<VpcLatticeConfiguration> }>([
    { fault: 'a port name that nothing has', over: {}, change: { portName: 'admin' } },
    {
      fault: 'a group that is not there',
      over: {},
      change: { targetGroupArn: 'arn:aws:vpc-lattice:eu-west-2:111122223333:targetgroup/tg-00000000000000000' },
    },
    { fault: 'a group of functions', over: { type: 'LAMBDA', config: undefined }, change: {} },
  ])('is refused with $fault', async ({ over, change }) => {
    const site = await aLatticeSite();
    const web = await site.group(over);
    const request: Partial<CreateServiceCommandInput> = { vpcLatticeConfigurations: [{ ...web, ...change }] };
    await expect(aService(site, request)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('belongs to the controller ECS', async () => {
    const site = await aLatticeSite();
    const web = await site.group();
    const request = { deploymentController: { type: 'EXTERNAL' }, vpcLatticeConfigurations: [web] } as const;
    const given = { ...request, taskDefinition: undefined, launchType: undefined, networkConfiguration: undefined };
    await expect(aService(site, { ...given, vpcLatticeConfigurations: [web] })).rejects.toThrow(/VPC Lattice/);
  });
});
