import type { Users } from '../../evaluate/users';
import { gapFor, type Cause } from '../../snapshot/gap';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import type { FileSystem, MountTarget } from '../../snapshot/storage-resources';
import { firstGap } from '../evidence/first-gap';
import { consumersOf } from './consumers';

/** https://docs.aws.amazon.com/efs/latest/ug/API_MountTargetDescription.html */
const IN_USE = new Set(['creating', 'available', 'updating']);

const isInUse = ({ state }: MountTarget): boolean => IN_USE.has(state);

/**
 * The mount targets that a task of the subnet can use: the name of a file system stands for the one in the zone of whoever
 * asks; where the zone has none, another of the VPC can do. https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html
 */
export function mountTargetsFor({ mountTargets = [] }: FileSystem, subnet: Subnet): readonly MountTarget[] {
  const inVpc = mountTargets.filter((target) => isInUse(target) && target.vpcId === subnet.vpcId);
  const inZone = inVpc.filter(({ availabilityZone }) => availabilityZone === subnet.availabilityZone);
  return inZone.length > 0 ? inZone : inVpc;
}

const isReachedOverIpv6 = (fileSystem: FileSystem, subnet: Subnet): boolean =>
  mountTargetsFor(fileSystem, subnet).some(({ ipv6Address }) => ipv6Address !== undefined);

/** None where the tasks are, but some in another VPC, or in one that EFS does not name: how tasks get there is not for EFS to say. */
function isElsewhere({ mountTargets = [] }: FileSystem, places: readonly Subnet[]): boolean {
  if (places.length === 0) return false;
  const vpcs = new Set(places.map(({ vpcId }) => vpcId));
  const used = mountTargets.filter(isInUse);
  return used.length > 0 && used.every(({ vpcId }) => vpcId === undefined || !vpcs.has(vpcId));
}

const call = 'elasticfilesystem:DescribeMountTargets';

function notRead({ id }: FileSystem): Cause {
  return { call, reason: 'not read', message: `the mount targets of ${id} were not read` };
}

function inAnotherVpc({ id }: FileSystem): Cause {
  const message = `the mount targets of ${id} lie in another VPC than the tasks that use it`;
  return { call, reason: 'another VPC', message };
}

/**
 * Where tasks mount the file system from and no IPv6 mount target is within their reach. Tasks that have IPv4 as well can
 * wait for the others; while there are no others, it is about all. A gap: there may be more of them, or all is otherwise.
 */
export function unreachedPlaces(
  snapshot: Snapshot,
  fileSystem: FileSystem,
  users: Users,
): readonly Subnet[] | { readonly gap: Cause } {
  if (!fileSystem.mountTargets) return { gap: gapFor(snapshot, 'fileSystems', fileSystem.id) ?? notRead(fileSystem) };
  const { subnets, gap } = consumersOf(snapshot, users);
  const native = subnets.filter(({ ipv6Native }) => ipv6Native);
  const places = native.length > 0 ? native : subnets;
  const cut = places.filter((subnet) => !isReachedOverIpv6(fileSystem, subnet));
  const unseen = gap ?? (native.length > 0 ? undefined : firstGap(snapshot, ['services', 'tasks', 'taskDefinitions']));
  if (unseen && (cut.length === 0 || native.length === 0)) return { gap: unseen };
  return isElsewhere(fileSystem, cut) ? { gap: inAnotherVpc(fileSystem) } : cut;
}
