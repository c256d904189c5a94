/**
 * What is read of EC2, by filters throughout: asked by id, one id that is gone fails the whole call, and an empty list
 * of ids means everything. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
 */
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type Filter,
  type Instance,
  type NetworkInterface,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import { EC2_FILTER_VALUES, EC2_PAGE } from './limits';
import { describeInBatches, type Batch, type Read } from './read';

export interface Ec2Reads {
  describeInstances(ids: readonly string[]): Promise<Read<Instance>>;
  describeSubnets(ids: readonly string[]): Promise<Read<Subnet>>;
  describeVpcs(ids: readonly string[]): Promise<Read<Vpc>>;
  /** Interfaces that hold any of the addresses, primary or not. */
  describeInterfacesWithIpv4(addresses: readonly string[]): Promise<Read<NetworkInterface>>;
  describeInterfacesWithIpv6(addresses: readonly string[]): Promise<Read<NetworkInterface>>;
  /** Every interface of the VPCs. */
  describeInterfacesOfVpcs(vpcIds: readonly string[]): Promise<Read<NetworkInterface>>;
}

interface FilterPage {
  readonly Filters: Filter[];
  readonly MaxResults: number;
  readonly NextToken: string | undefined;
}

interface FilteredRead<Item> {
  readonly action: string;
  readonly filter: string;
  readonly values: readonly string[];
  /** Undefined where one value may fit many items: then none is ever missing. */
  readonly keyOf?: (item: Item) => string | undefined;
  readonly page: (
    input: FilterPage,
  ) => Promise<{ readonly items: readonly Item[] | undefined; readonly token: string | undefined }>;
}

async function allPages<Item>(
  { filter, page }: FilteredRead<Item>,
  values: readonly string[],
): Promise<readonly Item[]> {
  const Filters = [{ Name: filter, Values: [...values] }];
  const items: Item[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await page({ Filters, MaxResults: EC2_PAGE, NextToken });
    items.push(...(answer.items ?? []));
    NextToken = answer.token === '' ? undefined : answer.token;
  } while (NextToken !== undefined);
  return items;
}

function describeFiltered<Item>(read: FilteredRead<Item>): Promise<Read<Item>> {
  const { action, values, keyOf } = read;
  return describeInBatches({
    action,
    keys: values,
    size: EC2_FILTER_VALUES,
    async describe(keys): Promise<Batch<Item>> {
      const items = await allPages(read, keys);
      const found = new Set(keyOf && items.map(keyOf));
      return { items, missing: keyOf ? keys.filter((key) => !found.has(key)) : [] };
    },
  });
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
  return {
    describeInstances: (ids) =>
      describeFiltered<Instance>({
        action: 'ec2:DescribeInstances',
        filter: 'instance-id',
        values: ids,
        keyOf: ({ InstanceId }) => InstanceId,
        async page(input) {
          const answer = await client.send(new DescribeInstancesCommand(input));
          return { items: answer.Reservations?.flatMap(({ Instances = [] }) => Instances), token: answer.NextToken };
        },
      }),
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
