import { primaryInterfaceOf } from '../../snapshot/primary-interface';
import type { Instance, TargetGroup } from '../../snapshot/snapshot';

/** Why load balancing takes no target on an instance. */
export type Refusal = 'other-vpc' | 'no-primary-ipv6';

/** What EC2 does not show is no evidence. */
export function lacksPrimaryIpv6(instance: Instance): boolean {
  const primary = primaryInterfaceOf(instance);
  return primary !== undefined && !primary.ipv6Addresses.some(({ isPrimary }) => isPrimary);
}

/**
 * Why an IPv6 group of instances refuses one, as far as the two show it; what other groups take is not for here.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html
 */
export function refusalOf(instance: Instance, { vpcId, ipAddressType, targetType }: TargetGroup): Refusal | undefined {
  if (targetType !== 'instance' || ipAddressType !== 'ipv6') return undefined;
  if (vpcId !== undefined && instance.vpcId !== undefined && vpcId !== instance.vpcId) return 'other-vpc';
  return lacksPrimaryIpv6(instance) ? 'no-primary-ipv6' : undefined;
}
