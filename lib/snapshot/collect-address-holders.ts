import type { NetworkInterface } from '@aws-sdk/client-ec2';
import ipaddr from 'ipaddr.js';
import { canonicalAddress } from './address';
import { noteGaps, noteListGaps } from './draft';
import { toAddressHolders, toPrefixHolders } from './ec2-shapes';
import { distinct } from './pick';
import type { Session } from './session';

/**
 * Network interfaces that hold any of the addresses, by themselves or within a prefix delegated to them.
 * @param vpcIds where an interface could hold them
 */
export async function collectAddressHolders(
  session: Session,
  targetIds: readonly string[],
  vpcIds: readonly string[],
): Promise<void> {
  const { reads, draft } = session;
  const addresses = distinct(targetIds.map(canonicalAddress));
  const ipv4 = addresses.filter((address) => ipaddr.IPv4.isValid(address));
  const ipv6 = addresses.filter((address) => ipaddr.IPv6.isValid(address));
  const found = [await reads.ec2.describeInterfacesWithIpv4(ipv4), await reads.ec2.describeInterfacesWithIpv6(ipv6)];
  for (const read of found) {
    noteGaps(draft, 'addressHolders', read);
    for (const holder of read.items.flatMap(toAddressHolders)) draft.addressHolders.set(holder.address, holder);
  }
  const free = addresses.filter((address) => ipaddr.isValid(address) && !draft.addressHolders.has(address));
  if (free.length > 0) await lookThrough(session, free, vpcIds);
}

/**
 * No filter of EC2 finds an interface by an address within a prefix of it, so that all of the VPC are looked through: for
 * the addresses themselves as well, which an interface may have taken since they were asked for.
 */
async function lookThrough(
  { reads, draft }: Session,
  addresses: readonly string[],
  vpcIds: readonly string[],
): Promise<void> {
  const read = await reads.ec2.describeInterfacesOfVpcs(vpcIds);
  noteListGaps(draft, 'addressHolders', read);
  const wanted = new Set(addresses);
  const holders = (face: NetworkInterface) => [...toAddressHolders(face), ...toPrefixHolders(face, addresses)];
  for (const holder of read.items.flatMap(holders)) {
    if (wanted.has(holder.address)) draft.addressHolders.set(holder.address, holder);
  }
}
