import type { RouteTable } from '../../snapshot/network-resources';
import { isPrefixList } from '../../snapshot/prefix-lists';
import type { Snapshot } from '../../snapshot/snapshot';
import { knownGateway } from '../network/routing';
import { awsCommand } from './shell';

/** The id as a word of a shell: known, or that of a gateway which the command makes. */
function gateway(snapshot: Snapshot, vpcId: string): string {
  // a VPC needs no more than one
  const known = knownGateway(snapshot, vpcId, 'egress-only-internet-gateway');
  if (known !== undefined) return known;
  const query = ['--query', 'EgressOnlyInternetGateway.EgressOnlyInternetGatewayId', '--output', 'text'];
  const words = ['ec2', 'create-egress-only-internet-gateway', '--vpc-id', vpcId, ...query];
  return `"$(${awsCommand(snapshot.region, ...words)})"`;
}

export interface RouteChange {
  readonly table: RouteTable;
  /** A block, or the prefix list that the route names. */
  readonly destination: string;
}

/** Leads IPv6 out of the VPC by an egress-only gateway, which lets nothing in; `replace-route` where there is a route. */
export function egressOnlyRoute(
  snapshot: Snapshot,
  operation: 'create-route' | 'replace-route',
  { table: { id, vpcId }, destination }: RouteChange,
): string {
  const named = isPrefixList(destination) ? '--destination-prefix-list-id' : '--destination-ipv6-cidr-block';
  const route = ['--route-table-id', id, named, destination];
  const command = awsCommand(snapshot.region, 'ec2', operation, ...route);
  return `${command} --egress-only-internet-gateway-id ${gateway(snapshot, vpcId)}`;
}
