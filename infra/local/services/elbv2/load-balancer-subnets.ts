/** Which subnets a load balancer can stand in: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer */
import type { IpAddressType, SubnetMapping } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import type { Subnet } from '../ec2/subnet';
import { findSubnet } from '../ec2/subnet';
import { freeIpv4Count } from '../ec2/subnet-addresses';
import { required, validationError } from './errors';
import type { LoadBalancer } from './state';

const MIN_FREE_ADDRESSES = 8;
/** Application Load Balancers need two zones. */
const MIN_APPLICATION_ZONES = 2;

export interface Placement {
  readonly type: LoadBalancer['type'];
  readonly ipAddressType: IpAddressType;
  readonly mappings: readonly SubnetMapping[];
}

/** The subnets of a new load balancer, all of one VPC, one for each zone. */
export function subnetsFor(scope: Scope, { type, ipAddressType, mappings }: Placement): readonly Subnet[] {
  const subnets = mappings.map(({ SubnetId }) => subnetWith(scope, required(SubnetId, 'SubnetId')));
  checkTogether(type, subnets);
  for (const subnet of subnets) checkAddresses(scope, subnet);
  if (ipAddressType !== 'ipv4') demandIpv6(subnets);
  return subnets;
}

/** Throws unless every subnet has an IPv6 block. */
export function demandIpv6(subnets: readonly Subnet[]): void {
  if (subnets.some(({ ipv6 }) => ipv6.length === 0)) {
    throw validationError('You must specify subnets with an associated IPv6 CIDR block.');
  }
}

function subnetWith(scope: Scope, id: string): Subnet {
  const subnet = findSubnet(scope, id);
  if (!subnet) throw new ApiError('SubnetNotFound', `The subnet ID '${id}' is not found`);
  return subnet;
}

function invalidConfiguration(message: string): ApiError {
  return new ApiError('InvalidConfigurationRequest', message);
}

function checkTogether(type: LoadBalancer['type'], subnets: readonly Subnet[]): void {
  const zones = new Set(subnets.map(({ zone }) => zone.name));
  if (type === 'application' && zones.size < MIN_APPLICATION_ZONES) {
    throw validationError('At least two subnets in two different Availability Zones must be specified');
  }
  if (subnets.length === 0) throw validationError('At least one subnet must be specified');
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) {
    throw invalidConfiguration('All subnets must belong to the same VPC');
  }
  if (zones.size < subnets.length) {
    throw invalidConfiguration('A load balancer cannot be attached to multiple subnets in the same Availability Zone');
  }
}

function checkAddresses(scope: Scope, subnet: Subnet): void {
  if (!subnet.ipv4) throw new ApiError('InvalidSubnet', `The subnet '${subnet.id}' has no IPv4 CIDR block`);
  if (freeIpv4Count(scope, subnet) < MIN_FREE_ADDRESSES) {
    throw new ApiError(
      'InvalidSubnet',
      `Not enough IP space available in ${subnet.id}. ELB requires at least ${MIN_FREE_ADDRESSES} free IP addresses in each subnet.`,
    );
  }
}
