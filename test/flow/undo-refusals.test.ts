/** What must not be taken back because the world has moved on, and what comes back exactly as it was. */
import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeregisterInstanceCommand,
  GetInstanceCommand,
  RegisterInstanceCommand,
} from '@aws-sdk/client-servicediscovery';
import { describe, expect, it } from '@jest/globals';
import type { LedgerAction } from '../../lib/plan/action';
import {
  aBalancedGroup,
  aTargetGroup,
  cloudMapOf,
  elbOf,
  targetsIn,
} from '../infra/local/services/ecs/a-load-balancer';
import { aBridgeDefinition, aHost, aService, describeTasks } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { aCloudMapRemoval, aTargetRemoval } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { anUndoWorld } from './undo-world';

type World = Awaited<ReturnType<typeof anUndoWorld>>;

const DRAINED = 6 * MINUTE;

function removalOf(targetGroupArn: string, targetId: string, { port = 80, availabilityZone = 'eu-west-2a' } = {}) {
  const resource = `${targetGroupArn}#${targetId}:${String(port)}`;
  return aTargetRemoval({ resource, targetGroupArn, targetId, port, availabilityZone });
}

function exitOf(serviceArn: string, instanceId: string, from: Readonly<Record<string, string>>) {
  const serviceId = serviceArn.slice(serviceArn.lastIndexOf('/') + 1);
  return aCloudMapRemoval({ resource: `${serviceArn}#${instanceId}`, serviceArn, serviceId, instanceId, from });
}

/** The ledger as the controller leaves it after a removal that was applied; answers with its id. */
async function wasRemoved({ ledger }: World, action: LedgerAction): Promise<string> {
  const entry = await ledger.intend({ action, policyVersion: 'v1', nonce: 'n' });
  await ledger.conclude(entry, { status: 'applied', reason: 'absent when read back' });
  return entry.id;
}

/** An address of the service's own task. */
async function ownAddress(world: World): Promise<string> {
  const targets = await targetsIn(world, world.targetGroupArn);
  return targets.find(({ id }) => id !== world.orphan.targetId)?.id ?? '';
}

/** Two bridge services on one host: `hosted` behind a group of instances, `other` behind nothing. */
async function aHostOfTwo(world: World) {
  const { ec2InstanceId: host } = await aHost(world, { subnet: world.dualA, primaryIpv6: true });
  const group = await aBalancedGroup(world, { Name: 'hosted', TargetType: 'instance' });
  await aBridgeDefinition(world, { family: 'hosted' });
  const loadBalancers = [{ targetGroupArn: group, containerName: 'app', containerPort: 80 }];
  const settings = { taskDefinition: 'hosted', networkConfiguration: undefined, launchType: 'EC2' } as const;
  await aService(world, { serviceName: 'hosted', ...settings, loadBalancers });
  await aService(world, { serviceName: 'other', ...settings });
  await world.clock.advance(SETTLE_MS);
  const tasks = await describeTasks(world);
  const portOf = (service: string) =>
    tasks.find((task) => task.group === `service:${service}`)?.containers?.[0]?.networkBindings?.[0]?.hostPort ?? 0;
  return { host, group, ports: { hosted: portOf('hosted'), other: portOf('other') } };
}

/** Id, port and zone of every target. */
async function registered(world: World, TargetGroupArn: string) {
  const { TargetHealthDescriptions = [] } = await elbOf(world).send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ Target }) => Target).sort((one, two) => (one?.Port ?? 0) - (two?.Port ?? 0));
}

const cases: Readonly<Record<string, readonly [(world: World) => Promise<LedgerAction>, RegExp]>> = {
  'a running task has the address now': [
    async (world) => removalOf(world.targetGroupArn, await ownAddress(world), { port: 81 }),
    /^task \S+ has it now: ECS registers it by itself$/,
  ],
  'a running task has the address in Cloud Map': [
    async (world) => {
      const attributes = { ECS_CLUSTER_NAME: 'prod', ECS_SERVICE_NAME: 'web' };
      return exitOf(world.registryArn, 'old', { ...attributes, AWS_INSTANCE_IPV6: await ownAddress(world) });
    },
    /^task \S+ has it now: ECS registers it by itself$/,
  ],
  'the port of the host belongs to another service': [
    async (world) => {
      const { host, group, ports } = await aHostOfTwo(world);
      return removalOf(group, host, { port: ports.other });
    },
    /^the host port belongs to a task of another service$/,
  ],
  'the target group is gone': [
    async (world) => {
      const TargetGroupArn = await aTargetGroup(world, { Name: 'old' });
      await elbOf(world).send(new DeleteTargetGroupCommand({ TargetGroupArn }));
      return removalOf(TargetGroupArn, world.orphan.targetId);
    },
    /^the target group \S+ is gone$/,
  ],
  'the Cloud Map service is gone': [
    ({ registryArn, orphan }) =>
      Promise.resolve(exitOf(`${registryArn}gone`, 'old', { AWS_INSTANCE_IPV6: orphan.targetId })),
    /^the Cloud Map service \S+ is gone$/,
  ],
  'the group takes targets of another type': [
    ({ targetGroupArn }) => Promise.resolve(removalOf(targetGroupArn, 'i-0123456789abcdef0')),
    /^the target group takes targets of type ip now$/,
  ],
  'the group takes addresses of another family': [
    ({ targetGroupArn }) => Promise.resolve(removalOf(targetGroupArn, '10.0.3.99')),
    /^the target group takes ipv6 addresses now$/,
  ],
};

describe('a removal is not taken back where', () => {
  it.each(Object.entries(cases))('%s', async (_, [arrange, reason]) => {
    const world = await anUndoWorld();
    const id = await wasRemoved(world, await arrange(world));
    const before = await world.registrations();
    expect(await world.undo(id)).toMatchObject({ id, status: 'refused', reason: expect.stringMatching(reason) });
    expect(await world.registrations()).toEqual(before);
    expect(await world.store.list('hold#111122223333#eu-west-2')).toEqual([]);
    expect((await world.ledger.list()).map(({ action }) => action.kind)).not.toContain('register-target');
    expect((await world.ledger.find(id))?.undoneBy).toBeUndefined();
  });
});

describe('what comes back is what was there', () => {
  it('an address outside the VPC, in all zones', async () => {
    const world = await anUndoWorld();
    const TargetGroupArn = await aBalancedGroup(world, { Name: 'dual', IpAddressType: 'ipv4' });
    const loadBalancers = [{ targetGroupArn: TargetGroupArn, containerName: 'app', containerPort: 80 }];
    const networkConfiguration = { awsvpcConfiguration: { subnets: [world.dualA.id] } };
    await aService(world, { serviceName: 'dual', loadBalancers, networkConfiguration });
    await world.clock.advance(SETTLE_MS);
    const Targets = [{ Id: '192.168.9.9', Port: 80, AvailabilityZone: 'all' }];
    const elb = elbOf(world);
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    const before = await registered(world, TargetGroupArn);
    expect(before).toHaveLength(2);
    expect(before).toContainEqual(Targets[0]);
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    await world.clock.advance(DRAINED);
    const id = await wasRemoved(world, removalOf(TargetGroupArn, '192.168.9.9', { availabilityZone: 'all' }));
    expect(await world.undo(id)).toMatchObject({ status: 'restored' });
    expect(await registered(world, TargetGroupArn)).toEqual(before);
  });

  it('an instance with its port, beside another port of the same instance', async () => {
    const world = await anUndoWorld();
    const { host: Id, group: TargetGroupArn, ports } = await aHostOfTwo(world);
    const elb = elbOf(world);
    const Targets = [{ Id, Port: 40_000 }];
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    const before = await registered(world, TargetGroupArn);
    expect(before.map((target) => target?.Port)).toEqual([ports.hosted, 40_000]);
    await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    await world.clock.advance(DRAINED);
    const id = await wasRemoved(world, removalOf(TargetGroupArn, Id, { port: 40_000 }));
    expect(await world.undo(id)).toMatchObject({ status: 'restored' });
    expect(await registered(world, TargetGroupArn)).toEqual(before);
  });

  it('a Cloud Map instance with attributes of its own', async () => {
    const world = await anUndoWorld();
    const { registryArn, stray, orphan } = world;
    const place = { ServiceId: stray.serviceId, InstanceId: 'marked' };
    const Attributes = {
      ...{ ECS_CLUSTER_NAME: 'prod', ECS_SERVICE_NAME: 'web', AWS_INSTANCE_IPV6: orphan.targetId },
      ...{ AVAILABILITY_ZONE: 'eu-west-2a', team: 'payments', 'canary-weight': '10' },
    };
    const cloudMap = cloudMapOf(world);
    await cloudMap.send(new RegisterInstanceCommand({ ...place, Attributes }));
    await world.clock.advance(MINUTE);
    const before = await world.registrations();
    await cloudMap.send(new DeregisterInstanceCommand(place));
    await world.clock.advance(MINUTE);
    const id = await wasRemoved(world, exitOf(registryArn, 'marked', Attributes));
    expect(await world.undo(id)).toMatchObject({ status: 'restored' });
    expect(await world.registrations()).toEqual(before);
    expect((await cloudMap.send(new GetInstanceCommand(place))).Instance?.Attributes).toEqual(Attributes);
  });
});
