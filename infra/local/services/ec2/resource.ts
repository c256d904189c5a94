import type { ResourceType } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { allElasticAddresses, ELASTIC_ADDRESS } from './elastic-address';
import type { Kind } from './ec2-error';
import { notFound } from './ec2-error';
import { findFlowLog, FLOW_LOG } from './flow-log';
import { findImage } from './image';
import { allInstances, findInstance, INSTANCE } from './instance';
import { allEgressOnlyGateways, allInternetGateways, EGRESS_ONLY_GATEWAY, INTERNET_GATEWAY } from './internet-gateway';
import { LAUNCH_TEMPLATE, launchTemplates } from './launch-template';
import { findNatGateway, NAT_GATEWAY } from './nat-gateway';
import { findNetworkAcl, NETWORK_ACL } from './network-acl';
import { findNetworkInterface, NETWORK_INTERFACE } from './network-interface';
import { findPrefixList, PREFIX_LIST } from './prefix-list';
import { allRouteTables, ROUTE_TABLE } from './route-table';
import { findSecurityGroup, hasRule, SECURITY_GROUP } from './security-group';
import { SECURITY_GROUP_RULE } from './security-group-shape';
import { findSubnet, SUBNET } from './subnet';
import { findVpc, VPC } from './vpc';
import { findVpcEndpoint, VPC_ENDPOINT } from './vpc-endpoint';

interface Taggable {
  /** As DescribeTags and ARNs name it. */
  readonly type: ResourceType;
  readonly kind: Kind;
  exists(scope: Scope, id: string): boolean;
}

const VOLUME: Kind = { notFound: 'InvalidVolume.NotFound', noun: 'volume' };
const IMAGE: Kind = { notFound: 'InvalidAMIID.NotFound', noun: 'image id' };

/** Everything that can carry tags, by the prefix of its ids. */
const TAGGABLES: Readonly<Record<string, Taggable>> = {
  acl: { type: 'network-acl', kind: NETWORK_ACL, exists: (scope, id) => findNetworkAcl(scope, id) !== undefined },
  ami: { type: 'image', kind: IMAGE, exists: (_, id) => findImage(id) !== undefined },
  eigw: {
    type: 'egress-only-internet-gateway',
    kind: EGRESS_ONLY_GATEWAY,
    exists: (scope, id) => allEgressOnlyGateways(scope).some((each) => each.id === id),
  },
  eipalloc: {
    type: 'elastic-ip',
    kind: ELASTIC_ADDRESS,
    exists: (scope, id) => allElasticAddresses(scope).some((each) => each.id === id),
  },
  eni: {
    type: 'network-interface',
    kind: NETWORK_INTERFACE,
    exists: (scope, id) => findNetworkInterface(scope, id) !== undefined,
  },
  fl: { type: 'vpc-flow-log', kind: FLOW_LOG, exists: (scope, id) => findFlowLog(scope, id) !== undefined },
  i: { type: 'instance', kind: INSTANCE, exists: (scope, id) => findInstance(scope, id) !== undefined },
  igw: {
    type: 'internet-gateway',
    kind: INTERNET_GATEWAY,
    exists: (scope, id) => allInternetGateways(scope).some((each) => each.id === id),
  },
  lt: {
    type: 'launch-template',
    kind: LAUNCH_TEMPLATE,
    exists: (scope, id) => launchTemplates(scope).has(id),
  },
  nat: { type: 'natgateway', kind: NAT_GATEWAY, exists: (scope, id) => findNatGateway(scope, id) !== undefined },
  pl: { type: 'prefix-list', kind: PREFIX_LIST, exists: (scope, id) => findPrefixList(scope, id) !== undefined },
  rtb: {
    type: 'route-table',
    kind: ROUTE_TABLE,
    exists: (scope, id) => allRouteTables(scope).some((each) => each.id === id),
  },
  sg: {
    type: 'security-group',
    kind: SECURITY_GROUP,
    exists: (scope, id) => findSecurityGroup(scope, id) !== undefined,
  },
  sgr: { type: 'security-group-rule', kind: SECURITY_GROUP_RULE, exists: hasRule },
  subnet: { type: 'subnet', kind: SUBNET, exists: (scope, id) => findSubnet(scope, id) !== undefined },
  vol: {
    type: 'volume',
    kind: VOLUME,
    exists: (scope, id) => allInstances(scope).some(({ rootVolumeId }) => rootVolumeId === id),
  },
  vpce: { type: 'vpc-endpoint', kind: VPC_ENDPOINT, exists: (scope, id) => findVpcEndpoint(scope, id) !== undefined },
  vpc: { type: 'vpc', kind: VPC, exists: (scope, id) => findVpc(scope, id) !== undefined },
};

/** Type of the resource with this id, judged by the id alone; undefined if no taggable resource has such ids. */
export function resourceTypeOf(id: string): ResourceType | undefined {
  return taggable(id)?.type;
}

/** Refuses an id that cannot be one or belongs to nothing, with the error that AWS has for its kind. */
export function requireResource(scope: Scope, id: string): void {
  const found = taggable(id);
  if (!found) throw new ApiError('InvalidID', `The ID '${id}' is not valid`);
  if (!found.exists(scope, id)) throw notFound(found.kind, [id]);
}

function taggable(id: string): Taggable | undefined {
  const prefix = id.replace(/-[^-]*$/, '');
  return Object.hasOwn(TAGGABLES, prefix) ? TAGGABLES[prefix] : undefined;
}
