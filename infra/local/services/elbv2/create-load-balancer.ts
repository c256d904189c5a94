import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  IpAddressType,
  SubnetMapping,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { defaultGroupOf, findSecurityGroup } from '../ec2/security-group';
import type { Subnet } from '../ec2/subnet';
import { takeIpv6Prefix } from '../ec2/subnet-addresses';
import { onNew } from './access';
import { required, validationError } from './errors';
import { newAttributes } from './load-balancer-attributes';
import { placeInterfaces } from './load-balancer-interfaces';
import { subnetsFor } from './load-balancer-subnets';
import { loadBalancerView } from './load-balancers';
import { checkName, newArn } from './names';
import type { LoadBalancer, LoadBalancerZone } from './state';
import { elbv2State } from './state';
import { checkTags, setTags } from './tags';

/** What each kind may have: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const KINDS = {
  application: { path: 'app', addressTypes: ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'] },
  network: { path: 'net', addressTypes: ['ipv4', 'dualstack'] },
} as const;

/** Throws unless a load balancer of this kind can have the address type. */
export function checkAddressType(type: LoadBalancer['type'], ipAddressType: IpAddressType): void {
  const allowed: readonly string[] = KINDS[type].addressTypes;
  if (allowed.includes(ipAddressType)) return;
  throw validationError(
    `'${ipAddressType}' is not a valid IP address type for ${type} load balancers: use one of ${allowed.join(', ')}`,
  );
}

function typeOf({ Type = 'application' }: CreateLoadBalancerInput): LoadBalancer['type'] {
  if (Type === 'application' || Type === 'network') return Type;
  throw new ApiError('NotImplemented', `Load balancers of type ${Type} are not simulated by the local account.`, 501);
}

export function mappingsOf({
  Subnets,
  SubnetMappings,
}: Pick<CreateLoadBalancerInput, 'Subnets' | 'SubnetMappings'>): readonly SubnetMapping[] {
  if (Subnets && SubnetMappings) throw validationError('Specify either subnets or subnet mappings, but not both');
  return SubnetMappings ?? (Subnets ?? []).map((SubnetId) => ({ SubnetId }));
}

/** Throws unless the groups are there, in the load balancer's VPC. */
export function checkGroups(scope: Scope, vpcId: string, ids: readonly string[]): void {
  const unknown = ids.find((id) => findSecurityGroup(scope, id)?.vpcId !== vpcId);
  if (unknown) throw new ApiError('InvalidSecurityGroup', `One or more security groups are invalid: ${unknown}`);
}

function groupsFor(scope: Scope, request: CreateLoadBalancerInput, vpcId: string): readonly string[] {
  const ids = request.SecurityGroups ?? [];
  checkGroups(scope, vpcId, ids);
  if (ids.length > 0 || typeOf(request) === 'network') return ids;
  return [defaultGroupOf(scope, vpcId).id];
}

function checkSourceNat(type: LoadBalancer['type'], request: CreateLoadBalancerInput): void {
  if (request.EnablePrefixForIpv6SourceNat === undefined) return;
  if (type !== 'network')
    throw validationError('EnablePrefixForIpv6SourceNat is supported for network load balancers only');
  if (request.EnablePrefixForIpv6SourceNat === 'on' && request.IpAddressType !== 'dualstack') {
    throw validationError("EnablePrefixForIpv6SourceNat requires the IP address type 'dualstack'");
  }
}

const SCHEMES: readonly string[] = ['internet-facing', 'internal'] satisfies LoadBalancer['scheme'][];

function schemeOf({ Scheme = 'internet-facing' }: CreateLoadBalancerInput): LoadBalancer['scheme'] {
  if (!SCHEMES.includes(Scheme)) throw new ApiError('InvalidScheme', `The scheme '${Scheme}' is not valid`);
  return Scheme;
}

function dnsNameOf(scope: Scope, { type, scheme, name }: Pick<LoadBalancer, 'type' | 'scheme' | 'name'>): string {
  const host = `${scheme === 'internal' && type === 'application' ? 'internal-' : ''}${name}`;
  if (type === 'network') return `${host}-${scope.ids.hex(16)}.elb.${scope.region}.amazonaws.com`;
  return `${host}-${parseInt(scope.ids.hex(8), 16)}.${scope.region}.elb.amazonaws.com`;
}

/** The load balancer's place in a subnet, with a prefix of addresses for UDP over IPv6 if it is to have one. */
export function zoneOf(scope: Scope, subnet: Subnet, sourceNat: boolean): LoadBalancerZone {
  return {
    zone: subnet.zone.name,
    subnetId: subnet.id,
    sourceNatIpv6Prefixes: sourceNat ? [takeIpv6Prefix(scope, subnet)] : undefined,
  };
}

function newLoadBalancer(scope: Scope, request: CreateLoadBalancerInput, subnets: readonly Subnet[]): LoadBalancer {
  const name = required(request.Name, 'Name');
  const type = typeOf(request);
  const scheme = schemeOf(request);
  const [{ vpcId } = { vpcId: '' }] = subnets;
  const sourceNat = request.EnablePrefixForIpv6SourceNat === 'on';
  return {
    arn: newArn(scope, `loadbalancer/${KINDS[type].path}/${name}`),
    name,
    type,
    scheme,
    vpcId,
    dnsName: dnsNameOf(scope, { type, scheme, name }),
    hostedZoneId: `Z${scope.ids.hex(13).toUpperCase()}`,
    createdAt: scope.clock.now(),
    zones: subnets.map((subnet) => zoneOf(scope, subnet, sourceNat)),
    attributes: newAttributes({ type, scheme }),
    securityGroups: groupsFor(scope, request, vpcId),
    sourceNatPrefix: type === 'network' ? (request.EnablePrefixForIpv6SourceNat ?? 'off') : undefined,
    ipAddressType: request.IpAddressType ?? 'ipv4',
  };
}

/** Creating the same load balancer twice is one creation; another of the same name is refused. */
function twinOf(scope: Scope, request: CreateLoadBalancerInput): LoadBalancer | undefined {
  const twin = [...elbv2State(scope).loadBalancers.values()].find(({ name }) => name === request.Name);
  if (!twin) return undefined;
  const subnetIds = mappingsOf(request).map(({ SubnetId }) => SubnetId);
  const same =
    twin.type === typeOf(request) &&
    twin.scheme === schemeOf(request) &&
    twin.ipAddressType === (request.IpAddressType ?? 'ipv4') &&
    twin.zones.length === subnetIds.length &&
    twin.zones.every(({ subnetId }) => subnetIds.includes(subnetId));
  if (same) return twin;
  throw new ApiError(
    'DuplicateLoadBalancerName',
    `A load balancer with the same name '${twin.name}' exists, but with different settings`,
  );
}

function create(scope: Scope, request: CreateLoadBalancerInput): LoadBalancer {
  const type = typeOf(request);
  const ipAddressType = request.IpAddressType ?? 'ipv4';
  checkAddressType(type, ipAddressType);
  checkSourceNat(type, request);
  const subnets = subnetsFor(scope, { type, ipAddressType, mappings: mappingsOf(request) });
  const loadBalancer = newLoadBalancer(scope, request, subnets);
  placeInterfaces(scope, loadBalancer);
  elbv2State(scope).loadBalancers.set(loadBalancer.arn, loadBalancer);
  setTags(scope, loadBalancer.arn, request.Tags);
  return loadBalancer;
}

export const createLoadBalancer = operation<CreateLoadBalancerInput, CreateLoadBalancerOutput>({
  accepts: [
    ...['Name', 'Subnets', 'SubnetMappings.SubnetId', 'SecurityGroups', 'Scheme', 'Tags', 'Type', 'IpAddressType'],
    'EnablePrefixForIpv6SourceNat',
  ],
  authorize: (request, call) =>
    onNew(`loadbalancer/${request.Type === 'network' ? 'net' : 'app'}/${request.Name ?? ''}`, call, request.Tags),
  run(request, { scope }) {
    const name = required(request.Name, 'Name');
    checkName('load balancer', name);
    if (name.startsWith('internal-')) {
      throw validationError(`The load balancer name '${name}' cannot begin with 'internal-'`);
    }
    checkTags(request.Tags);
    const loadBalancer = twinOf(scope, request) ?? create(scope, request);
    return { LoadBalancers: [loadBalancerView(scope, loadBalancer)] };
  },
});
