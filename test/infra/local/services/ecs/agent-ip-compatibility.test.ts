import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { registerContainerInstance } from '../../../../../infra/local/services/ecs/container-instance-registration';
import { workloadClients } from '../../../../support/workload-clients';
import { giveNat64 } from './a-nat64';
import { aBridgeDefinition, aSite, containerInstances, describeTasks, type Site } from './a-site';
import { one } from './one';

const SETTLE_MS = 30_000;
/** Agents 1.105.1 and 1.97.1, both on Amazon Linux; and Windows. */
const NEW = 'ami-0ec5a120230000001';
const OLD = 'ami-0ec5a120230000004';
const WINDOWS = 'ami-0ec5a202200000001';

interface Boot {
  readonly subnet: 'ipv6A' | 'dualA' | 'ipv4A';
  readonly ImageId?: string;
  /** What its user data writes into ecs.config, besides the cluster. */
  readonly lines?: readonly string[];
}

async function boot(site: Site, { subnet, ImageId = NEW, lines = [] }: Boot): Promise<string> {
  const { ec2 } = workloadClients(site.account);
  const written = ['ECS_CLUSTER=prod', ...lines].map((line) => `echo ${line} >> /etc/ecs/ecs.config`);
  const UserData = Buffer.from(['#!/bin/bash', ...written].join('\n')).toString('base64');
  const wanted = { ImageId, InstanceType: 'm5.large', MinCount: 1, MaxCount: 1, UserData } as const;
  const { Instances } = await ec2.send(new RunInstancesCommand({ ...wanted, SubnetId: site[subnet].id }));
  await site.clock.advance(SETTLE_MS);
  return one(Instances).InstanceId ?? '';
}

/** What a bridge task on the cluster's host is bound to. */
async function boundOn(site: Site): Promise<readonly (string | undefined)[]> {
  await aBridgeDefinition(site);
  await site.ecs.send(new RunTaskCommand({ cluster: 'prod', taskDefinition: 'web', launchType: 'EC2' }));
  await site.clock.advance(SETTLE_MS);
  const { networkBindings = [] } = one(one(await describeTasks(site)).containers);
  return networkBindings.map(({ bindIP }) => bindIP);
}

const says = (value: string): string => `ECS_INSTANCE_IP_COMPATIBILITY=${value}`;
const SHOWS_ALL = 'ECS_EXCLUDE_IPV6_PORTBINDING=false';

describe('an agent reports ports in the family for which it takes its host', () => {
  it.each<[string, Boot, readonly string[]]>([
    ['IPv6 alone', { subnet: 'ipv6A' }, ['::']],
    ['both families', { subnet: 'dualA' }, ['0.0.0.0']],
    ['IPv4 alone', { subnet: 'ipv4A' }, ['0.0.0.0']],
    ['both, and all is to be shown', { subnet: 'dualA', lines: [SHOWS_ALL] }, ['0.0.0.0', '::']],
    ['IPv6 alone, and all is to be shown', { subnet: 'ipv6A', lines: [SHOWS_ALL] }, ['::']],
    ['both, called an IPv6 host', { subnet: 'dualA', lines: [says('ipv6')] }, ['::']],
    ['both, called an IPv4 host', { subnet: 'dualA', lines: [says('"IPv4"')] }, ['0.0.0.0']],
    ['IPv6 alone, called something else', { subnet: 'ipv6A', lines: [says('auto')] }, ['::']],
    ['IPv6 alone, in a comment an IPv4 host', { subnet: 'ipv6A', lines: [`x # ${says('ipv4')}`] }, ['::']],
    ['IPv6 alone, in the end', { subnet: 'ipv6A', lines: [says('ipv4'), says('ipv6')] }, ['::']],
  ])('%s', async (_, host, expected) => {
    const site = await aSite();
    await boot(site, host);
    expect(await boundOn(site)).toEqual(expected);
  });

  it('which may be wrong: IPv6 alone, called an IPv4 host', async () => {
    const site = await aSite();
    await giveNat64(site);
    await boot(site, { subnet: 'ipv6A', lines: [says('ipv4')] });
    expect(await boundOn(site)).toEqual(['0.0.0.0']);
  });

  it('and Windows is always an IPv4 host', async () => {
    const site = await aSite();
    const ec2InstanceId = await boot(site, { subnet: 'ipv6A', ImageId: WINDOWS, lines: [says('ipv6')] });
    registerContainerInstance(site.scope, { cluster: 'prod', ec2InstanceId });
    expect(await boundOn(site)).toEqual(['0.0.0.0']);
  });

  it('and agents of old look at nothing', async () => {
    const site = await aSite();
    const ec2InstanceId = await boot(site, { subnet: 'ipv6A', ImageId: 'ami-0a120230000000001', lines: [] });
    const versionInfo = { agentVersion: '1.95.1' };
    registerContainerInstance(site.scope, { cluster: 'prod', ec2InstanceId, versionInfo });
    expect(await boundOn(site)).toEqual(['0.0.0.0']);
  });
});

describe('the agent of a host that has IPv6 alone', () => {
  it.each<[string, Boot, number]>([
    ['reaches ECS', { subnet: 'ipv6A' }, 1],
    ['does not if it is told to take it for an IPv4 host', { subnet: 'ipv6A', lines: [says('ipv4')] }, 0],
    ['does not if it is too old', { subnet: 'ipv6A', ImageId: OLD }, 0],
  ])('%s', async (_, host, joined) => {
    const site = await aSite();
    await boot(site, host);
    expect(await containerInstances(site)).toHaveLength(joined);
  });

  it.each<[string, Boot]>([
    ['told to take it for an IPv4 host', { subnet: 'ipv6A', lines: [says('ipv4')] }],
    ['too old', { subnet: 'ipv6A', ImageId: OLD }],
  ])('reaches ECS through NAT64 even if %s', async (_, host) => {
    const site = await aSite();
    await giveNat64(site);
    await boot(site, host);
    expect(await containerInstances(site)).toHaveLength(1);
  });
});
