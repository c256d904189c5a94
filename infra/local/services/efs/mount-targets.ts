import type {
  CreateMountTargetRequest,
  DeleteMountTargetRequest,
  DescribeMountTargetSecurityGroupsRequest,
  DescribeMountTargetsRequest,
  DescribeMountTargetsResponse,
  ModifyMountTargetSecurityGroupsRequest,
  MountTargetDescription,
} from '@aws-sdk/client-efs';
import { ApiError } from '../../kernel/api-error';
import { operation, type Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { requireNetworkInterface } from '../ec2/network-interface';
import { releaseNetworkInterface } from '../ec2/network-interface-lifecycle';
import { findSecurityGroup } from '../ec2/security-group';
import { findSubnet, type Subnet } from '../ec2/subnet';
import { badRequest, conflict, efsError } from './efs-error';
import { createInterface } from './mount-target-interface';
import { efsPage } from './paging';
import {
  allMountTargets,
  nextSerial,
  requireAccessPoint,
  requireFileSystem,
  requireMountTarget,
  type FileSystem,
  type MountTarget,
} from './state';

/** Until a mount target can be used, or is gone: minutes on AWS, which names no time. */
const CREATION_MS = 60_000;
const DELETION_MS = 30_000;
/** https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html */
const MAX_SECURITY_GROUPS = 100;
const ID_DIGITS = 17;

const view = (scope: Scope, target: MountTarget): MountTargetDescription => ({
  OwnerId: scope.account,
  MountTargetId: target.id,
  FileSystemId: target.fileSystemId,
  SubnetId: target.subnetId,
  LifeCycleState: target.state,
  IpAddress: target.ipv4,
  Ipv6Address: target.ipv6,
  NetworkInterfaceId: target.networkInterfaceId,
  AvailabilityZoneId: target.zoneId,
  AvailabilityZoneName: target.zoneName,
  VpcId: target.vpcId,
});

function subnetOf(scope: Scope, id = ''): Subnet {
  const found = findSubnet(scope, id);
  if (found) return found;
  throw efsError('SubnetNotFound', `The subnet ID '${id}' does not exist`);
}

/** One VPC for a file system, one mount target in a zone: https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html */
function checkPlace(fileSystem: FileSystem, subnet: Subnet): void {
  if (fileSystem.state !== 'available')
    throw conflict('IncorrectFileSystemLifeCycleState', `File system '${fileSystem.id}' is ${fileSystem.state}.`);
  if (fileSystem.zoneName !== undefined && fileSystem.zoneName !== subnet.zone.name)
    throw efsError('AvailabilityZonesMismatch', `The file system is in ${fileSystem.zoneName} alone.`);
  for (const { vpcId, zoneName } of fileSystem.mountTargets.values()) {
    if (vpcId !== subnet.vpcId)
      throw conflict('MountTargetConflict', 'requested subnet for new mount target is not in the same VPC');
    if (zoneName === subnet.zone.name) throw conflict('MountTargetConflict', 'mount target already exists in this AZ');
  }
}

function checkGroups(scope: Scope, vpcId: string, groups: readonly string[] = []): void {
  if (groups.length > MAX_SECURITY_GROUPS) throw badRequest(`At most ${String(MAX_SECURITY_GROUPS)} security groups.`);
  for (const id of groups)
    if (findSecurityGroup(scope, id)?.vpcId !== vpcId)
      throw efsError('SecurityGroupNotFound', `The security group '${id}' does not exist in ${vpcId}.`);
}

const onFileSystem =
  (action: string) =>
  ({ FileSystemId }: { readonly FileSystemId?: string | undefined }, { scope }: Call) => [
    { action: `elasticfilesystem:${action}`, resource: requireFileSystem(scope, FileSystemId).arn },
  ];

const onMountTarget =
  (action: string) =>
  ({ MountTargetId }: { readonly MountTargetId?: string | undefined }, { scope }: Call) => {
    const { fileSystemId } = requireMountTarget(scope, MountTargetId);
    return [{ action: `elasticfilesystem:${action}`, resource: requireFileSystem(scope, fileSystemId).arn }];
  };

const createMountTarget = operation({
  accepts: ['FileSystemId', 'SubnetId', 'IpAddress', 'Ipv6Address', 'IpAddressType', 'SecurityGroups'],
  authorize: onFileSystem('CreateMountTarget'),
  run(request: CreateMountTargetRequest, { scope }) {
    const fileSystem = requireFileSystem(scope, request.FileSystemId);
    const subnet = subnetOf(scope, request.SubnetId);
    checkPlace(fileSystem, subnet);
    checkGroups(scope, subnet.vpcId, request.SecurityGroups);
    const id = `fsmt-${scope.ids.hex(ID_DIGITS)}`;
    const target: MountTarget = {
      id,
      fileSystemId: fileSystem.id,
      subnetId: subnet.id,
      vpcId: subnet.vpcId,
      zoneName: subnet.zone.name,
      zoneId: subnet.zone.id,
      ...createInterface(scope, subnet, { ...request, id, fileSystemId: fileSystem.id }),
      serial: nextSerial(scope),
      state: 'creating',
    };
    fileSystem.mountTargets.set(id, target);
    scope.clock.after(CREATION_MS, () => {
      if (target.state === 'creating') target.state = 'available';
    });
    return view(scope, target);
  },
});

const deleteMountTarget = operation({
  accepts: ['MountTargetId'],
  authorize: onMountTarget('DeleteMountTarget'),
  run({ MountTargetId }: DeleteMountTargetRequest, { scope }) {
    const target = requireMountTarget(scope, MountTargetId);
    if (target.state === 'deleting') return {};
    target.state = 'deleting';
    scope.clock.after(DELETION_MS, () => {
      releaseNetworkInterface(scope, requireNetworkInterface(scope, target.networkInterfaceId));
      requireFileSystem(scope, target.fileSystemId).mountTargets.delete(target.id);
    });
    return {};
  },
});

/** Exactly one of the three names what is wanted: https://docs.aws.amazon.com/efs/latest/ug/API_DescribeMountTargets.html */
function fileSystemOf(scope: Scope, request: DescribeMountTargetsRequest): FileSystem {
  const { FileSystemId, MountTargetId, AccessPointId } = request;
  const named = [FileSystemId, MountTargetId, AccessPointId].filter((each) => each !== undefined);
  if (named.length !== 1)
    throw badRequest('One, and only one, of FileSystemId, MountTargetId and AccessPointId must be given.');
  if (MountTargetId !== undefined)
    return requireFileSystem(scope, requireMountTarget(scope, MountTargetId).fileSystemId);
  const id = AccessPointId === undefined ? FileSystemId : requireAccessPoint(scope, AccessPointId).fileSystemId;
  return requireFileSystem(scope, id);
}

function selected(scope: Scope, request: DescribeMountTargetsRequest): readonly MountTarget[] {
  const { id } = fileSystemOf(scope, request);
  const all = allMountTargets(scope).filter(({ fileSystemId }) => fileSystemId === id);
  return request.MountTargetId === undefined ? all : all.filter((each) => each.id === request.MountTargetId);
}

const describeMountTargets = operation({
  accepts: ['FileSystemId', 'MountTargetId', 'AccessPointId', 'MaxItems', 'Marker'],
  authorize: (request: DescribeMountTargetsRequest, { scope }) => [
    { action: 'elasticfilesystem:DescribeMountTargets', resource: fileSystemOf(scope, request).arn },
  ],
  run(request: DescribeMountTargetsRequest, { scope }): DescribeMountTargetsResponse {
    const { items, token } = efsPage(selected(scope, request), request.Marker, request.MaxItems);
    return { Marker: request.Marker, MountTargets: items.map((each) => view(scope, each)), NextMarker: token };
  },
});

const describeMountTargetSecurityGroups = operation({
  accepts: ['MountTargetId'],
  authorize: onMountTarget('DescribeMountTargetSecurityGroups'),
  run({ MountTargetId }: DescribeMountTargetSecurityGroupsRequest, { scope }) {
    const { networkInterfaceId } = requireMountTarget(scope, MountTargetId);
    return { SecurityGroups: [...requireNetworkInterface(scope, networkInterfaceId).groups] };
  },
});

const modifyMountTargetSecurityGroups = operation({
  accepts: ['MountTargetId', 'SecurityGroups'],
  authorize: onMountTarget('ModifyMountTargetSecurityGroups'),
  run({ MountTargetId, SecurityGroups }: ModifyMountTargetSecurityGroupsRequest, { scope }) {
    const { networkInterfaceId, vpcId, state } = requireMountTarget(scope, MountTargetId);
    if (state !== 'available') throw conflict('IncorrectMountTargetState', `The mount target is ${state}.`);
    if (!SecurityGroups?.length) throw new ApiError('ValidationException', 'SecurityGroups must not be empty.');
    checkGroups(scope, vpcId, SecurityGroups);
    requireNetworkInterface(scope, networkInterfaceId).groups = SecurityGroups;
    return {};
  },
});

export const mountTargetOperations = {
  CreateMountTarget: createMountTarget,
  DeleteMountTarget: deleteMountTarget,
  DescribeMountTargetSecurityGroups: describeMountTargetSecurityGroups,
  DescribeMountTargets: describeMountTargets,
  ModifyMountTargetSecurityGroups: modifyMountTargetSecurityGroups,
};
