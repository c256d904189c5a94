import { isGlobalUnicast } from '../../snapshot/address';
import type { InstanceInterface } from '../../snapshot/host-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** Makes the first global address the primary one, after asking for one if there is none. Cannot be undone. */
export function enablePrimaryIpv6({ region }: Snapshot, { id, ipv6Addresses }: InstanceInterface): readonly string[] {
  const named = ['--network-interface-id', id];
  const assign = awsCommand(region, 'ec2', 'assign-ipv6-addresses', ...named, '--ipv6-address-count', '1');
  const enable = awsCommand(region, 'ec2', 'modify-network-interface-attribute', ...named, '--enable-primary-ipv6');
  return ipv6Addresses.some(({ address }) => isGlobalUnicast(address)) ? [enable] : [assign, enable];
}
