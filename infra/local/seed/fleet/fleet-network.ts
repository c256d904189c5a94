/** The fleet's network: one dual-stack VPC with IPv6-only, dual-stack and IPv4-only subnets in two zones. */
import type { Scope } from '../../kernel/scope';
import type { Cidr } from '../../services/ec2/cidr';
import { addressAt } from '../../services/ec2/cidr';
import { keepFlowLog } from '../../services/ec2/flow-log';
import { createInternetGateway } from '../../services/ec2/internet-gateway';
import { createNetwork } from '../../services/ec2/network';
import { resourceId } from '../../services/ec2/resource-id';
import { allRouteTables } from '../../services/ec2/route-table';
import { addRules, createSecurityGroup } from '../../services/ec2/security-group';
import { createSubnet } from '../../services/ec2/subnet';

export interface FleetNetwork {
  readonly vpcId: string;
  /** IPv6-only: where everything runs that is as it should be. */
  readonly nativeSubnetIds: readonly [string, string];
  /** For the load balancers. */
  readonly dualStackSubnetIds: readonly [string, string];
  readonly ipv4SubnetIds: readonly [string, string];
  readonly securityGroupId: string;
  /** An address of the first IPv6-only subnet that nothing ever gets: EC2 reserves the first four. */
  readonly deadAddress: (index: number) => string;
}

/** The port that every container of the fleet listens on. */
export const CONTAINER_PORT = 8080;

/** The `index`th /64 of a VPC's /56. */
function block64({ base, family, prefix, text }: Cidr, index: number): string {
  return `${addressAt({ family, prefix, text, base }, BigInt(index) << 64n)}/64`;
}

function openToWorld(scope: Scope, vpcId: string): void {
  const gateway = createInternetGateway(scope);
  gateway.vpcId = vpcId;
  const target = { kind: 'internet-gateway', id: gateway.id } as const;
  for (const table of allRouteTables(scope).filter((each) => each.vpcId === vpcId)) {
    table.routes.push({ destination: '0.0.0.0/0', target }, { destination: '::/0', target });
  }
}

function createGroup(scope: Scope, vpcId: string): string {
  const group = createSecurityGroup(scope, { vpcId, name: 'fleet', description: 'The port of every container' });
  const port = { egress: false, protocol: 'tcp', fromPort: 0, toPort: 65_535, description: undefined };
  addRules(scope, group, [
    { ...port, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } },
    { ...port, peer: { kind: 'ipv6', cidr: '::/0' } },
  ]);
  return group.id;
}

/** On the whole VPC, since its subnets are of all kinds. */
function createFlowLog(scope: Scope, vpcId: string): void {
  keepFlowLog(scope, {
    ...{ id: resourceId(scope, 'fl'), resourceId: vpcId, trafficType: 'ALL', createdAt: scope.clock.now() },
    ...{ destinationType: 's3', destination: 'arn:aws:s3:::fleet-flow-logs', logGroupName: undefined },
    ...{ permissionArn: undefined, format: '', intervalSeconds: 600 },
  });
}

export function createFleetNetwork(scope: Scope): FleetNetwork {
  const vpc = createNetwork(scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const [association] = vpc.ipv6;
  if (!association) throw new Error(`the VPC ${vpc.id} has no IPv6 block`);
  openToWorld(scope, vpc.id);
  createFlowLog(scope, vpc.id);
  const ipv6 = (index: number): string => block64(association.cidr, index);
  const subnet = (zone: string, blocks: object): string =>
    createSubnet(scope, { vpcId: vpc.id, zoneName: `${scope.region}${zone}`, ...blocks }).id;
  const native = (zone: string, index: number) => subnet(zone, { ipv6Native: true, ipv6CidrBlock: ipv6(index) });
  const dual = (zone: string, index: number) =>
    subnet(zone, { cidrBlock: `10.0.${String(index * 16)}.0/20`, ipv6CidrBlock: ipv6(index) });
  const ipv4 = (zone: string, index: number) => subnet(zone, { cidrBlock: `10.0.${String(index * 16)}.0/20` });
  return {
    vpcId: vpc.id,
    nativeSubnetIds: [native('a', 1), native('b', 2)],
    dualStackSubnetIds: [dual('a', 3), dual('b', 4)],
    ipv4SubnetIds: [ipv4('a', 5), ipv4('b', 6)],
    securityGroupId: createGroup(scope, vpc.id),
    deadAddress: (index) => addressAt(association.cidr, (1n << 64n) + (0xdeadn << 32n) + BigInt(index)),
  };
}
