import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import { expect, test } from '@jest/globals';
import { admit, findUnsupported } from '../../../../infra/local/protocol/accepts';
import { readShape } from '../../../../infra/local/protocol/shape';

interface Row {
  readonly name: string;
  readonly accepts: readonly string[];
  readonly input: object;
  readonly found: string | undefined;
}

const rows: readonly Row[] = [
  { name: 'nothing given', accepts: [], input: {}, found: undefined },
  { name: 'given and listed', accepts: ['SubnetId'], input: { SubnetId: 's' }, found: undefined },
  { name: 'given and not listed', accepts: ['SubnetId'], input: { SubnetId: 's', KeyName: 'k' }, found: 'KeyName' },
  { name: 'undefined counts as absent', accepts: [], input: { KeyName: undefined }, found: undefined },
  { name: 'false counts as given', accepts: [], input: { EbsOptimized: false }, found: 'EbsOptimized' },
  {
    name: 'a listed structure admits everything below it',
    accepts: ['NetworkInterfaces'],
    input: { NetworkInterfaces: [{ PrimaryIpv6: true, Ipv6Addresses: [{ Ipv6Address: '::1' }] }] },
    found: undefined,
  },
  {
    name: 'a listed member admits that member alone',
    accepts: ['NetworkInterfaces.PrimaryIpv6'],
    input: { NetworkInterfaces: [{ PrimaryIpv6: true }, { PrimaryIpv6: false, DeviceIndex: 0 }] },
    found: 'NetworkInterfaces.DeviceIndex',
  },
  {
    name: 'deep paths leave indices out',
    accepts: ['NetworkInterfaces.Ipv6Addresses.Ipv6Address'],
    input: { NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address: '::1', IsPrimaryIpv6: true }] }] },
    found: 'NetworkInterfaces.Ipv6Addresses.IsPrimaryIpv6',
  },
  {
    name: 'the wider of two paths wins, in whatever order',
    accepts: ['NetworkInterfaces.PrimaryIpv6', 'NetworkInterfaces', 'NetworkInterfaces.DeviceIndex'],
    input: { NetworkInterfaces: [{ Description: 'd' }] },
    found: undefined,
  },
  {
    name: 'an empty list has nothing that is not admitted',
    accepts: ['NetworkInterfaces.PrimaryIpv6'],
    input: { NetworkInterfaces: [] },
    found: undefined,
  },
  {
    name: 'a structure that is not listed is refused even if empty',
    accepts: ['SubnetId'],
    input: { Placement: {} },
    found: 'Placement',
  },
];

test.each(rows)('$name', ({ accepts, input, found }) => {
  expect(findUnsupported(readShape(ec2.RunInstancesRequest$), input, admit(accepts))).toBe(found);
});

test('keys of a map are no part of the path', () => {
  const shape = readShape(ecs.ContainerDefinition$);
  const input = { dockerLabels: { anything: 'goes' } };
  expect(findUnsupported(shape, input, admit(['dockerLabels']))).toBeUndefined();
  expect(findUnsupported(shape, input, admit(['name']))).toBe('dockerLabels');
});
