/** EFS's answers in our own terms. https://docs.aws.amazon.com/efs/latest/ug/API_MountTargetDescription.html */
import type * as efs from '@aws-sdk/client-efs';
import type { MountTargetsOf } from '../aws/efs-reads';
import { stated } from './pick';
import type { FileSystem, MountTarget } from './storage-resources';

function toMountTarget(target: efs.MountTargetDescription): MountTarget {
  return {
    id: target.MountTargetId ?? '',
    subnetId: target.SubnetId ?? '',
    vpcId: target.VpcId,
    availabilityZone: target.AvailabilityZoneName,
    state: target.LifeCycleState ?? '',
    ipv4Address: stated(target.IpAddress),
    ipv6Address: stated(target.Ipv6Address),
  };
}

export function toFileSystem({ fileSystemId, mountTargets }: MountTargetsOf): FileSystem {
  return { id: fileSystemId, mountTargets: mountTargets.map(toMountTarget) };
}
