/** What is read of EC2 about the way that traffic takes. */
import {
  DescribeFlowLogsCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  GetManagedPrefixListEntriesCommand,
  type EC2Client,
  type FlowLog,
  type NetworkAcl,
  type RouteTable,
  type SecurityGroup,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { describeFiltered } from './ec2-filtered-read';
import { isPrefixListNotFound } from './failure';
import { EC2_PAGE, PREFIX_LIST_PAGE, ROUTE_TABLE_PAGE } from './limits';
import { describeInBatches, listPages, type Batch, type Read } from './read';

export interface PrefixList {
  /** pl-... */
  readonly id: string;
  /** All of IPv4 or all of IPv6. */
  readonly cidrs: readonly string[];
}

export interface NetworkReads {
  /** All of the VPCs: a subnet that is associated with none has its VPC's main table, which names no subnet. */
  describeRouteTablesOfVpcs(vpcIds: readonly string[]): Promise<Read<RouteTable>>;
  describeSecurityGroups(ids: readonly string[]): Promise<Read<SecurityGroup>>;
  /** Those of the subnets; an ACL that several batches name comes several times. */
  describeNetworkAclsOfSubnets(subnetIds: readonly string[]): Promise<Read<NetworkAcl>>;
  describeEndpointsOfVpcs(vpcIds: readonly string[]): Promise<Read<VpcEndpoint>>;
  /** Yours, AWS's and those that others share. */
  describePrefixLists(ids: readonly string[]): Promise<Read<PrefixList>>;
  /** Every flow log of the account and region: there are few, and they may be on anything. */
  listFlowLogs(): Promise<Read<FlowLog>>;
}

async function entriesOf(client: EC2Client, id: string): Promise<Batch<PrefixList>> {
  const cidrs: string[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const input = { PrefixListId: id, MaxResults: PREFIX_LIST_PAGE, NextToken };
      const answer = await client.send(new GetManagedPrefixListEntriesCommand(input));
      cidrs.push(...(answer.Entries ?? []).flatMap(({ Cidr }) => Cidr ?? []));
      NextToken = answer.NextToken === '' ? undefined : answer.NextToken;
    } while (NextToken !== undefined);
    return { items: [{ id, cidrs }] };
  } catch (error) {
    if (isPrefixListNotFound(error)) return { items: [], missing: [id] };
    throw error;
  }
}

export function createNetworkReads(client: EC2Client): NetworkReads {
  return {
    describeRouteTablesOfVpcs: (values) =>
      describeFiltered<RouteTable>({
        ...{ action: 'ec2:DescribeRouteTables', filter: 'vpc-id', values, pageSize: ROUTE_TABLE_PAGE },
        async page(input) {
          const answer = await client.send(new DescribeRouteTablesCommand(input));
          return { items: answer.RouteTables, token: answer.NextToken };
        },
      }),
    describeSecurityGroups: (values) =>
      describeFiltered<SecurityGroup>({
        ...{ action: 'ec2:DescribeSecurityGroups', filter: 'group-id', values, keyOf: ({ GroupId }) => GroupId },
        async page(input) {
          const answer = await client.send(new DescribeSecurityGroupsCommand(input));
          return { items: answer.SecurityGroups, token: answer.NextToken };
        },
      }),
    describeNetworkAclsOfSubnets: (values) =>
      describeFiltered<NetworkAcl>({
        ...{ action: 'ec2:DescribeNetworkAcls', filter: 'association.subnet-id', values },
        async page(input) {
          const answer = await client.send(new DescribeNetworkAclsCommand(input));
          return { items: answer.NetworkAcls, token: answer.NextToken };
        },
      }),
    describeEndpointsOfVpcs: (values) =>
      describeFiltered<VpcEndpoint>({
        ...{ action: 'ec2:DescribeVpcEndpoints', filter: 'vpc-id', values },
        async page(input) {
          const answer = await client.send(new DescribeVpcEndpointsCommand(input));
          return { items: answer.VpcEndpoints, token: answer.NextToken };
        },
      }),
    describePrefixLists: (ids) =>
      describeInBatches({
        ...{ action: 'ec2:GetManagedPrefixListEntries', keys: ids, size: 1 },
        describe: ([id = '']) => entriesOf(client, id),
      }),
    listFlowLogs: () =>
      listPages<FlowLog>({
        action: 'ec2:DescribeFlowLogs',
        async page(NextToken) {
          const answer = await client.send(new DescribeFlowLogsCommand({ MaxResults: EC2_PAGE, NextToken }));
          return { items: answer.FlowLogs ?? [], token: answer.NextToken };
        },
      }),
  };
}
