import type { LatticeTargetGroup } from '../../snapshot/balancing-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';
import { suffixed } from './target-group';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateTargetGroup.html */
const MAX_NAME = 128;

/** Creates an IPv6 twin: the IP address type is chosen when a group is created and cannot be changed. */
export function createIpv6LatticeGroup({ region }: Snapshot, group: LatticeTargetGroup): string {
  const { name, type, port, protocol, vpcId } = group;
  const config = Object.entries({ port, protocol, vpcIdentifier: vpcId, ipAddressType: 'IPV6' })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${String(value)}`]))
    .join(',');
  const named = ['--name', suffixed(name, '-ipv6', MAX_NAME), '--type', type];
  return awsCommand(region, 'vpc-lattice', 'create-target-group', ...named, '--config', config);
}
