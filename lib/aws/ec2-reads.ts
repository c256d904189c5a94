/** What is read of EC2. */
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type Instance,
  type NetworkInterface,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import { describeFiltered } from './ec2-filtered-read';
import type { Read } from './read';

export interface Ec2Reads {
  describeInstances(ids: readonly string[]): Promise<Read<Instance>>;
  /** Those that an interface is attached to. */
  describeInstancesOfInterfaces(networkInterfaceIds: readonly string[]): Promise<Read<Instance>>;
  describeSubnets(ids: readonly string[]): Promise<Read<Subnet>>;
  describeVpcs(ids: readonly string[]): Promise<Read<Vpc>>;
  /** Interfaces that hold any of the addresses, primary or not. */
  describeInterfacesWithIpv4(addresses: readonly string[]): Promise<Read<NetworkInterface>>;
  describeInterfacesWithIpv6(addresses: readonly string[]): Promise<Read<NetworkInterface>>;
  /** Every interface of the VPCs. */
  describeInterfacesOfVpcs(vpcIds: readonly string[]): Promise<Read<NetworkInterface>>;
}

export function createEc2Reads(client: EC2Client): Ec2Reads {
  const interfaces = (filter: string, values: readonly string[]) =>
    describeFiltered<NetworkInterface>({
      action: 'ec2:DescribeNetworkInterfaces',
      filter,
      values,
      async page(input) {
        const answer = await client.send(new DescribeNetworkInterfacesCommand(input));
        return { items: answer.NetworkInterfaces, token: answer.NextToken };
      },
    });
  const instances = (filter: string, values: readonly string[], keyOf?: (instance: Instance) => string | undefined) =>
    describeFiltered<Instance>({
      action: 'ec2:DescribeInstances',
      ...{ filter, values, keyOf },
      async page(input) {
        const answer = await client.send(new DescribeInstancesCommand(input));
        return { items: answer.Reservations?.flatMap(({ Instances = [] }) => Instances), token: answer.NextToken };
      },
    });
  return {
    describeInstances: (ids) => instances('instance-id', ids, ({ InstanceId }) => InstanceId),
    describeInstancesOfInterfaces: (ids) => instances('network-interface.network-interface-id', ids),
    describeSubnets: (ids) =>
      describeFiltered<Subnet>({
        action: 'ec2:DescribeSubnets',
        filter: 'subnet-id',
        values: ids,
        keyOf: ({ SubnetId }) => SubnetId,
        async page(input) {
          const answer = await client.send(new DescribeSubnetsCommand(input));
          return { items: answer.Subnets, token: answer.NextToken };
        },
      }),
    describeVpcs: (ids) =>
      describeFiltered<Vpc>({
        action: 'ec2:DescribeVpcs',
        filter: 'vpc-id',
        values: ids,
        keyOf: ({ VpcId }) => VpcId,
        async page(input) {
          const answer = await client.send(new DescribeVpcsCommand(input));
          return { items: answer.Vpcs, token: answer.NextToken };
        },
      }),
    describeInterfacesOfVpcs: (vpcIds) => interfaces('vpc-id', vpcIds),
    describeInterfacesWithIpv4: (addresses) => interfaces('addresses.private-ip-address', addresses),
    describeInterfacesWithIpv6: (addresses) => interfaces('ipv6-addresses.ipv6-address', addresses),
  };
}
