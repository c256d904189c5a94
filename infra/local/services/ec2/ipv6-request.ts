import type { InstanceIpv6Address } from '@aws-sdk/client-ec2';
import type { ApiError } from '../../kernel/api-error';
import { invalidCombination, invalidValue } from './ec2-error';
import type { Ipv6Request } from './network-interface-lifecycle';

/** The ways in which RunInstances and CreateNetworkInterface let a caller ask for IPv6. */
export interface Ipv6Parameters {
  readonly Ipv6AddressCount?: number;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[];
  readonly Ipv6PrefixCount?: number;
}

/** An interface has delegated prefixes or a primary IPv6 address. */
export function prefixesAgainstPrimary(): ApiError {
  return invalidCombination('A primary IPv6 address cannot be enabled on a network interface with IPv6 prefixes.');
}

/** Undefined if the caller leaves it to the subnet. */
export function ipv6Request(parameters: Ipv6Parameters, primaryIpv6: boolean | undefined): Ipv6Request | undefined {
  const { Ipv6AddressCount: count, Ipv6Addresses: addresses, Ipv6PrefixCount: prefixCount } = parameters;
  if ([count, addresses, prefixCount].filter((each) => each !== undefined).length > 1) {
    throw invalidValue(
      'You can and can only specify one of ipv6-addresses or ipv6-addresses-count  ipv6-prefix and ipv6-prefix-count.',
    );
  }
  if (prefixCount !== undefined && primaryIpv6) throw prefixesAgainstPrimary();
  if ([count, prefixCount].some((each) => each !== undefined && each < 0)) {
    throw invalidValue('The number of IPv6 addresses or prefixes cannot be negative.');
  }
  if (addresses !== undefined) return { addresses: addresses.map(({ Ipv6Address = '' }) => Ipv6Address) };
  if (prefixCount !== undefined) return { prefixCount };
  return count === undefined ? undefined : { count };
}
