import { VPCLattice, type CreateTargetGroupCommandInput } from '@aws-sdk/client-vpc-lattice';
import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { vpclattice } from '../../../../../infra/local/services/vpclattice/vpclattice';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { codeOf, text } from '../ec2/an-ec2-account';

const AFTER_DRAINING = 5 * 60_000;

async function aSite() {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [vpclattice], clock });
  const vpcIdentifier = createNetwork(account.scope, { cidrBlock: '10.0.0.0/16', ipv6: true }).id;
  const client = new VPCLattice(clientSettings(account));
  const create = async (name: string, ipAddressType?: 'IPV4' | 'IPV6'): Promise<string> => {
    const config = { protocol: 'HTTP', vpcIdentifier, ...(ipAddressType && { ipAddressType }) } as const;
    return text((await client.createTargetGroup({ name, type: 'IP', config })).id);
  };
  return { clock, client, vpcIdentifier, create };
}

describe('a target group', () => {
  it('is of IPv4 unless told otherwise', async () => {
    const { client, create, vpcIdentifier } = await aSite();
    const plain = await create('plain');
    const v6 = await create('modern', 'IPV6');
    const { config, status } = await client.getTargetGroup({ targetGroupIdentifier: plain });
    expect(config).toMatchObject({ ipAddressType: 'IPV4', port: 80, protocolVersion: 'HTTP1', vpcIdentifier });
    expect(status).toBe('ACTIVE');
    const arn = text((await client.getTargetGroup({ targetGroupIdentifier: v6 })).arn);
    expect(arn).toBe(`arn:aws:vpc-lattice:eu-west-2:111122223333:targetgroup/${v6}`);
    expect((await client.getTargetGroup({ targetGroupIdentifier: arn })).config?.ipAddressType).toBe('IPV6');
  });

  it('is listed by pages and by type', async () => {
    const { client, create } = await aSite();
    for (const name of ['one', 'two', 'three']) await create(name);
    await client.createTargetGroup({ name: 'function', type: 'LAMBDA' });
    const first = await client.listTargetGroups({ maxResults: 3 });
    const second = await client.listTargetGroups({ maxResults: 3, nextToken: first.nextToken });
    expect([...(first.items ?? []), ...(second.items ?? [])].map(({ name }) => name)).toEqual([
      ...['one', 'two', 'three', 'function'],
    ]);
    expect(second.nextToken).toBeUndefined();
    expect((await client.listTargetGroups({ targetGroupType: 'LAMBDA' })).items).toHaveLength(1);
    expect(await codeOf(client.listTargetGroups({ nextToken: 'nonsense' }))).toBe('ValidationException');
  });

  it.each<[string, CreateTargetGroupCommandInput, string]>([
    [
      'without a VPC',
      { name: 'web', type: 'IP', config: { protocol: 'HTTP', vpcIdentifier: undefined } },
      'ValidationException',
    ],
    ['of functions with a port', { name: 'web', type: 'LAMBDA', config: { port: 80 } }, 'ValidationException'],
    [
      'of instances with an address type',
      { name: 'web', type: 'INSTANCE', config: { ipAddressType: 'IPV6' } },
      'ValidationException',
    ],
    ['with a bad name', { name: '-web', type: 'LAMBDA' }, 'ValidationException'],
    ['with a name that is taken', { name: 'taken', type: 'LAMBDA' }, 'ConflictException'],
  ])('%s is refused', async (_, request, code) => {
    const { client, create } = await aSite();
    await create('taken');
    expect(await codeOf(client.createTargetGroup(request))).toBe(code);
  });

  it('changes its health check, and goes when it has no targets', async () => {
    const { client, create } = await aSite();
    const targetGroupIdentifier = await create('web');
    await client.updateTargetGroup({ targetGroupIdentifier, healthCheck: { path: '/ready' } });
    const { config } = await client.getTargetGroup({ targetGroupIdentifier });
    expect(config?.healthCheck).toMatchObject({ path: '/ready', healthyThresholdCount: 5 });
    await client.registerTargets({ targetGroupIdentifier, targets: [{ id: '10.0.1.9' }] });
    expect(await codeOf(client.deleteTargetGroup({ targetGroupIdentifier }))).toBe('ConflictException');
  });

  it('is tagged', async () => {
    const { client, create } = await aSite();
    const { arn: resourceArn } = await client.getTargetGroup({ targetGroupIdentifier: await create('web') });
    await client.tagResource({ resourceArn, tags: { team: 'payments', stage: 'prod' } });
    await client.untagResource({ resourceArn, tagKeys: ['stage'] });
    expect((await client.listTagsForResource({ resourceArn })).tags).toEqual({ team: 'payments' });
    expect(await codeOf(client.tagResource({ resourceArn, tags: { 'aws:x': '' } }))).toBe('ValidationException');
  });
});

describe('targets', () => {
  it('of the other family are refused one by one', async () => {
    const { client, create } = await aSite();
    const targetGroupIdentifier = await create('modern', 'IPV6');
    const { successful, unsuccessful } = await client.registerTargets({
      targetGroupIdentifier,
      targets: [{ id: '2001:DB8::1' }, { id: '10.0.1.9', port: 81 }],
    });
    expect(successful).toEqual([{ id: '2001:db8::1', port: 80 }]);
    expect(unsuccessful).toMatchObject([{ id: '10.0.1.9', port: 81 }]);
    expect((await client.listTargets({ targetGroupIdentifier })).items).toEqual([
      { id: '2001:db8::1', port: 80, status: 'UNUSED', reasonCode: 'TargetGroupNotInUse' },
    ]);
  });

  it('drain before they are gone, unless they come back', async () => {
    const { clock, client, create } = await aSite();
    const targetGroupIdentifier = await create('web');
    const targets = [{ id: '10.0.1.9' }, { id: '10.0.1.10' }];
    await client.registerTargets({ targetGroupIdentifier, targets });
    await client.deregisterTargets({ targetGroupIdentifier, targets });
    const states = async () =>
      (await client.listTargets({ targetGroupIdentifier })).items?.map(
        ({ id, status }) => `${text(id)} ${text(status)}`,
      );
    expect(await states()).toEqual(['10.0.1.9 DRAINING', '10.0.1.10 DRAINING']);
    await client.registerTargets({ targetGroupIdentifier, targets: [{ id: '10.0.1.10' }] });
    await clock.advance(AFTER_DRAINING);
    expect(await states()).toEqual(['10.0.1.10 UNUSED']);
    const { unsuccessful } = await client.deregisterTargets({ targetGroupIdentifier, targets: [{ id: '10.0.1.9' }] });
    expect(unsuccessful).toHaveLength(1);
  });
});
