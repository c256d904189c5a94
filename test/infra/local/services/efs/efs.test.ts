import { EFS, type IpAddressType } from '@aws-sdk/client-efs';
import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { findNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { createSecurityGroup } from '../../../../../infra/local/services/ec2/security-group';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import type { Vpc } from '../../../../../infra/local/services/ec2/vpc';
import { efs } from '../../../../../infra/local/services/efs/efs';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { slice } from '../ec2/a-network';
import { codeOf, text } from '../ec2/an-ec2-account';

const LONG = 5 * 60_000;

interface Site {
  readonly account: LocalAccount;
  readonly clock: SimulatedClock;
  readonly client: EFS;
  readonly vpc: Vpc;
  /** Ids of subnets: IPv4 alone in zone a, both families in zone b, IPv6 alone in zone c. */
  readonly subnets: Readonly<Record<'ipv4' | 'dual' | 'native', string>>;
  readonly fileSystemId: string;
}

async function aSite(): Promise<Site> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [efs], clock });
  const { scope } = account;
  const vpc = createNetwork(scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const subnet = (zone: string, request: object): string =>
    createSubnet(scope, { vpcId: vpc.id, zoneName: `eu-west-2${zone}`, ...request }).id;
  const subnets = {
    ipv4: subnet('a', { cidrBlock: '10.0.1.0/24' }),
    dual: subnet('b', { cidrBlock: '10.0.2.0/24', ipv6CidrBlock: slice(vpc, 2) }),
    native: subnet('c', { ipv6Native: true, ipv6CidrBlock: slice(vpc, 3) }),
  };
  const client = new EFS(clientSettings(account));
  const { FileSystemId } = await client.createFileSystem({ Tags: [{ Key: 'Name', Value: 'shared' }] });
  await clock.advance(LONG);
  return { account, clock, client, vpc, subnets, fileSystemId: text(FileSystemId) };
}

describe('a mount target', () => {
  it('has the addresses of its type, on an interface that belongs to EFS', async () => {
    const { account, clock, client, subnets, fileSystemId: FileSystemId } = await aSite();
    await client.createMountTarget({ FileSystemId, SubnetId: subnets.ipv4 });
    await client.createMountTarget({ FileSystemId, SubnetId: subnets.dual, IpAddressType: 'DUAL_STACK' });
    await client.createMountTarget({ FileSystemId, SubnetId: subnets.native, IpAddressType: 'IPV6_ONLY' });
    await clock.advance(LONG);
    const { MountTargets = [] } = await client.describeMountTargets({ FileSystemId });
    expect(
      MountTargets.map(({ IpAddress, Ipv6Address }) => [IpAddress !== undefined, Ipv6Address !== undefined]),
    ).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    const [first] = MountTargets;
    expect(first).toMatchObject({ LifeCycleState: 'available', AvailabilityZoneName: 'eu-west-2a' });
    expect(findNetworkInterface(account.scope, text(first?.NetworkInterfaceId))).toMatchObject({
      requesterId: 'EFS',
      requesterManaged: true,
      description: `Mount target ${text(first?.MountTargetId)} for file system ${FileSystemId}`,
    });
  });

  it.each<[IpAddressType, 'ipv4' | 'dual' | 'native', string]>([
    ['IPV4_ONLY', 'dual', 'no error'],
    ['IPV4_ONLY', 'native', 'BadRequest'],
    ['DUAL_STACK', 'ipv4', 'BadRequest'],
    ['DUAL_STACK', 'native', 'BadRequest'],
    ['IPV6_ONLY', 'dual', 'BadRequest'],
    ['IPV6_ONLY', 'ipv4', 'BadRequest'],
  ])('of type %s in a subnet of kind %s: %s', async (IpAddressType, kind, code) => {
    const { client, subnets, fileSystemId } = await aSite();
    const request = { FileSystemId: fileSystemId, SubnetId: subnets[kind], IpAddressType };
    expect(await codeOf(client.createMountTarget(request))).toBe(code);
  });

  it('is alone in its zone, and in the VPC of the others', async () => {
    const { account, client, subnets, fileSystemId: FileSystemId } = await aSite();
    await client.createMountTarget({ FileSystemId, SubnetId: subnets.ipv4 });
    expect(await codeOf(client.createMountTarget({ FileSystemId, SubnetId: subnets.ipv4 }))).toBe(
      'MountTargetConflict',
    );
    const elsewhere = createNetwork(account.scope, { cidrBlock: '10.9.0.0/16' });
    const far = createSubnet(account.scope, { vpcId: elsewhere.id, cidrBlock: '10.9.1.0/24', zoneName: 'eu-west-2b' });
    expect(await codeOf(client.createMountTarget({ FileSystemId, SubnetId: far.id }))).toBe('MountTargetConflict');
  });

  it('takes an address that is asked for, once', async () => {
    const { clock, client, subnets, fileSystemId: FileSystemId } = await aSite();
    const other = text((await client.createFileSystem({ CreationToken: 'other' })).FileSystemId);
    const wanted = { SubnetId: subnets.ipv4, IpAddress: '10.0.1.77' };
    expect(await codeOf(client.createMountTarget({ FileSystemId: other, ...wanted }))).toBe(
      'IncorrectFileSystemLifeCycleState',
    );
    await clock.advance(LONG);
    expect((await client.createMountTarget({ FileSystemId, ...wanted })).IpAddress).toBe('10.0.1.77');
    expect(await codeOf(client.createMountTarget({ FileSystemId: other, ...wanted }))).toBe('IpAddressInUse');
  });

  it('gives its interface back when it is deleted, and then lets the file system go', async () => {
    const { account, clock, client, subnets, fileSystemId: FileSystemId } = await aSite();
    const made = await client.createMountTarget({ FileSystemId, SubnetId: subnets.dual });
    expect(await codeOf(client.deleteFileSystem({ FileSystemId }))).toBe('FileSystemInUse');
    await client.deleteMountTarget({ MountTargetId: made.MountTargetId });
    await clock.advance(LONG);
    expect(findNetworkInterface(account.scope, text(made.NetworkInterfaceId))).toBeUndefined();
    await client.deleteFileSystem({ FileSystemId });
    expect(await codeOf(client.describeFileSystems({ FileSystemId }))).toBe('FileSystemNotFound');
  });

  it('is guarded by security groups of its VPC', async () => {
    const { account, clock, client, vpc, subnets, fileSystemId: FileSystemId } = await aSite();
    const group = createSecurityGroup(account.scope, { vpcId: vpc.id, name: 'nfs', description: 'nfs' }).id;
    const { MountTargetId } = await client.createMountTarget({ FileSystemId, SubnetId: subnets.dual });
    await clock.advance(LONG);
    await client.modifyMountTargetSecurityGroups({ MountTargetId, SecurityGroups: [group] });
    expect((await client.describeMountTargetSecurityGroups({ MountTargetId })).SecurityGroups).toEqual([group]);
    expect(await codeOf(client.modifyMountTargetSecurityGroups({ MountTargetId, SecurityGroups: ['sg-0'] }))).toBe(
      'SecurityGroupNotFound',
    );
  });
});

describe('file systems and access points', () => {
  it('are listed by pages, with tags', async () => {
    const { client } = await aSite();
    for (const CreationToken of ['b', 'c', 'd', 'e']) await client.createFileSystem({ CreationToken });
    const sizes: number[] = [];
    let Marker: string | undefined;
    do {
      const { FileSystems = [], NextMarker } = await client.describeFileSystems({ MaxItems: 2, Marker });
      sizes.push(FileSystems.length);
      Marker = NextMarker;
    } while (Marker !== undefined);
    expect(sizes).toEqual([2, 2, 1]);
    expect(await codeOf(client.describeFileSystems({ Marker: 'nonsense' }))).toBe('BadRequest');
    await expect(client.createFileSystem({ CreationToken: 'b' })).rejects.toMatchObject({
      name: 'FileSystemAlreadyExists',
      FileSystemId: (await client.describeFileSystems({ CreationToken: 'b' })).FileSystems?.[0]?.FileSystemId,
    });
  });

  it('an access point leads to the mount targets of its file system', async () => {
    const { client, subnets, fileSystemId: FileSystemId } = await aSite();
    const { AccessPointId } = await client.createAccessPoint({ FileSystemId, ClientToken: 'one' });
    await client.createMountTarget({ FileSystemId, SubnetId: subnets.dual });
    expect((await client.describeMountTargets({ AccessPointId })).MountTargets).toHaveLength(1);
    expect(await codeOf(client.describeMountTargets({ AccessPointId, FileSystemId }))).toBe('BadRequest');
    expect((await client.describeAccessPoints({ FileSystemId })).AccessPoints).toHaveLength(1);
    await client.deleteAccessPoint({ AccessPointId });
    expect(await codeOf(client.describeAccessPoints({ AccessPointId }))).toBe('AccessPointNotFound');
  });

  it('are tagged', async () => {
    const { client, fileSystemId: ResourceId } = await aSite();
    await client.tagResource({ ResourceId, Tags: [{ Key: 'team', Value: 'payments' }] });
    await client.untagResource({ ResourceId, TagKeys: ['Name'] });
    expect((await client.listTagsForResource({ ResourceId })).Tags).toEqual([{ Key: 'team', Value: 'payments' }]);
    expect(await codeOf(client.tagResource({ ResourceId, Tags: [{ Key: 'aws:x', Value: '' }] }))).toBe('BadRequest');
  });
});
