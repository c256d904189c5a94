import ipaddr from 'ipaddr.js';
import { noteGaps } from './draft';
import { toAddressHolders } from './ec2-shapes';
import type { Session } from './session';

/** Network interfaces that hold any of the addresses. */
export async function collectAddressHolders({ reads, draft }: Session, addresses: readonly string[]): Promise<void> {
  const ipv4 = addresses.filter((address) => ipaddr.IPv4.isValid(address));
  const ipv6 = addresses.filter((address) => ipaddr.IPv6.isValid(address));
  const found = [await reads.ec2.describeInterfacesWithIpv4(ipv4), await reads.ec2.describeInterfacesWithIpv6(ipv6)];
  for (const read of found) {
    noteGaps(draft, 'addressHolders', read);
    for (const holder of read.items.flatMap(toAddressHolders)) draft.addressHolders.set(holder.address, holder);
  }
}
