import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import type { FileSystem, MountTarget } from '../../snapshot/storage-resources';
import { awsCommand } from './shell';

/** A zone has one mount target at most, and its type is chosen when it is created. */
function replace({ region }: Snapshot, { id }: MountTarget): readonly string[] {
  const named = ['--mount-target-id', id];
  return [
    awsCommand(region, 'efs', 'describe-mount-target-security-groups', ...named),
    awsCommand(region, 'efs', 'delete-mount-target', ...named),
  ];
}

function inZoneOf(snapshot: Snapshot, fileSystem: FileSystem, subnet: Subnet): readonly string[] {
  const { mountTargets = [] } = fileSystem;
  const present = mountTargets.filter(
    ({ availabilityZone, vpcId }) => availabilityZone === subnet.availabilityZone && vpcId === subnet.vpcId,
  );
  // where the present one lies, clients with IPv4 keep theirs
  const home = present.map(({ subnetId }) => snapshot.subnets.get(subnetId)).find((one) => one?.ipv6Cidrs.length);
  const { id, ipv6Native } = home ?? subnet;
  const type = ipv6Native ? 'IPV6_ONLY' : 'DUAL_STACK';
  const named = ['--file-system-id', fileSystem.id, '--subnet-id', id, '--ip-address-type', type];
  return [
    ...present.flatMap((target) => replace(snapshot, target)),
    awsCommand(snapshot.region, 'efs', 'create-mount-target', ...named),
  ];
}

/** Gives the file system a mount target with IPv6 in each zone of the subnets. */
export function mountOverIpv6(
  snapshot: Snapshot,
  fileSystem: FileSystem,
  subnets: readonly Subnet[],
): readonly string[] {
  const byZone = new Map(subnets.toReversed().map((subnet) => [subnet.availabilityZone, subnet]));
  return [...byZone.values()].reverse().flatMap((subnet) => inZoneOf(snapshot, fileSystem, subnet));
}
