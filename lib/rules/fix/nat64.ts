import type { RouteTable } from '../../snapshot/network-resources';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import { knownGateway } from '../network/routing';
import { awsCommand } from './shell';

interface Nat64 {
  readonly table: RouteTable;
  readonly prefix: string;
}

/** A NAT gateway of the VPC, to which some route leads; without one, any that AWS names first. */
function natGateway(snapshot: Snapshot, vpcId: string): string {
  const known = knownGateway(snapshot, vpcId, 'nat-gateway');
  if (known !== undefined) return known;
  const filter = ['--filter', `Name=vpc-id,Values=${vpcId}`, 'Name=state,Values=available'];
  const query = ['--query', 'NatGateways[0].NatGatewayId', '--output', 'text'];
  return `"$(${awsCommand(snapshot.region, 'ec2', 'describe-nat-gateways', ...filter, ...query)})"`;
}

/** The half that is missing: the route to a NAT gateway, or DNS64. */
export function completeNat64(snapshot: Snapshot, subnet: Subnet, { table, prefix }: Nat64): readonly string[] {
  const { region } = snapshot;
  if (!subnet.dns64)
    return [awsCommand(region, 'ec2', 'modify-subnet-attribute', '--subnet-id', subnet.id, '--enable-dns64')];
  // a route of its own stands above those of prefix lists
  const isNamed = table.routes.some((one) => one.destination === prefix && one.prefixListId === undefined);
  const operation = isNamed ? 'replace-route' : 'create-route';
  const route = ['--route-table-id', table.id, '--destination-ipv6-cidr-block', prefix];
  const command = awsCommand(region, 'ec2', operation, ...route);
  return [`${command} --nat-gateway-id ${natGateway(snapshot, table.vpcId)}`];
}
