import type { Scope } from '../../kernel/scope';
import { parseCidr } from './cidr';
import { invalidCombination, invalidValue, missingParameter } from './ec2-error';
import { requireEgressOnlyGateway, requireInternetGateway } from './internet-gateway';
import { requireNatGateway } from './nat-gateway';
import { requireNetworkInterface } from './network-interface';
import { findPrefixList, requirePrefixList } from './prefix-list';
import type { RouteTarget } from './route-table';

export interface DestinationParameters {
  readonly DestinationCidrBlock?: string;
  readonly DestinationIpv6CidrBlock?: string;
  readonly DestinationPrefixListId?: string;
}

export interface TargetParameters extends DestinationParameters {
  readonly GatewayId?: string;
  readonly EgressOnlyInternetGatewayId?: string;
  readonly NatGatewayId?: string;
  readonly NetworkInterfaceId?: string;
}

/** The one destination that a request names, in canonical spelling. */
export function routeDestination(scope: Scope, request: DestinationParameters): string {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId: list } = request;
  const [text, ...others] = [DestinationCidrBlock, DestinationIpv6CidrBlock, list].filter((one) => one !== undefined);
  if (others.length > 0) {
    throw invalidCombination('Only one of the destination parameters of a route may be specified.');
  }
  if (text === undefined) throw missingParameter('destinationCidrBlock or destinationIpv6CidrBlock');
  if (text === list) return requirePrefixList(scope, text).id;
  const cidr = parseCidr(text);
  if (cidr?.family === (DestinationCidrBlock === undefined ? 6 : 4)) return cidr.text;
  throw invalidValue(`Value (${text}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`);
}

/** Whether the destination is one of IPv6. */
function isIpv6(scope: Scope, { DestinationIpv6CidrBlock, DestinationPrefixListId: list }: DestinationParameters) {
  return DestinationIpv6CidrBlock !== undefined || findPrefixList(scope, list ?? '')?.family === 'IPv6';
}

/** The one target that a request names; it exists and fits the destination's family. */
export function routeTarget(scope: Scope, request: TargetParameters): RouteTarget {
  const [target, ...others] = named(request);
  if (!target) throw missingParameter('gatewayId');
  if (others.length > 0) throw invalidCombination('Only one route target may be specified.');
  switch (target.kind) {
    case 'internet-gateway':
      requireInternetGateway(scope, target.id);
      break;
    case 'egress-only-internet-gateway':
      requireEgressOnlyGateway(scope, target.id);
      if (!isIpv6(scope, request))
        throw invalidValue(`route table entry to ${target.id} must have an IPv6 destination`);
      break;
    case 'nat-gateway':
      requireNatGateway(scope, target.id);
      break;
    case 'network-interface':
      requireNetworkInterface(scope, target.id);
  }
  return target;
}

/** An endpoint makes its routes itself. */
type NamedTarget = Exclude<RouteTarget, { readonly kind: 'vpc-endpoint' }>;

function named(request: TargetParameters): NamedTarget[] {
  const targets: readonly (readonly [NamedTarget['kind'], string | undefined])[] = [
    ['internet-gateway', request.GatewayId],
    ['egress-only-internet-gateway', request.EgressOnlyInternetGatewayId],
    ['nat-gateway', request.NatGatewayId],
    ['network-interface', request.NetworkInterfaceId],
  ];
  return targets.flatMap(([kind, id]) => (id === undefined ? [] : [{ kind, id }]));
}
