import type {
  AccessPointDescription,
  CreateAccessPointRequest,
  DeleteAccessPointRequest,
  DescribeAccessPointsRequest,
  DescribeAccessPointsResponse,
} from '@aws-sdk/client-efs';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { badRequest, conflict } from './efs-error';
import { efsPage } from './paging';
import { efsArn, efsState, nextSerial, requireAccessPoint, requireFileSystem, type AccessPoint } from './state';
import { tagList, withTags } from './tags';

/** Until a new access point can be used; AWS names no time. */
const CREATION_MS = 2_000;
const ID_DIGITS = 17;

const view = (scope: Scope, point: AccessPoint): AccessPointDescription => ({
  ClientToken: point.clientToken,
  Name: point.tags.get('Name'),
  Tags: tagList(point.tags),
  AccessPointId: point.id,
  AccessPointArn: point.arn,
  FileSystemId: point.fileSystemId,
  PosixUser: point.posixUser,
  RootDirectory: point.rootDirectory ?? { Path: '/' },
  OwnerId: scope.account,
  LifeCycleState: point.state,
});

const createAccessPoint = operation({
  accepts: ['ClientToken', 'FileSystemId', 'PosixUser', 'RootDirectory', 'Tags'],
  authorize: ({ FileSystemId }: CreateAccessPointRequest, { scope }) => [
    { action: 'elasticfilesystem:CreateAccessPoint', resource: requireFileSystem(scope, FileSystemId).arn },
  ],
  run(request: CreateAccessPointRequest, { scope }) {
    const { accessPoints } = efsState(scope);
    const clientToken = request.ClientToken ?? '';
    const former = [...accessPoints.values()].find((each) => each.clientToken === clientToken);
    if (former) {
      const message = `Access point with client token '${clientToken}' already exists.`;
      throw conflict('AccessPointAlreadyExists', message, { AccessPointId: former.id });
    }
    const fileSystem = requireFileSystem(scope, request.FileSystemId);
    const id = `fsap-${scope.ids.hex(ID_DIGITS)}`;
    const point: AccessPoint = {
      id,
      arn: efsArn(scope, `access-point/${id}`),
      fileSystemId: fileSystem.id,
      clientToken,
      posixUser: request.PosixUser,
      rootDirectory: request.RootDirectory,
      serial: nextSerial(scope),
      tags: withTags(new Map(), request.Tags),
      state: 'creating',
    };
    accessPoints.set(id, point);
    scope.clock.after(CREATION_MS, () => {
      point.state = 'available';
    });
    return view(scope, point);
  },
});

function selected(scope: Scope, request: DescribeAccessPointsRequest): readonly AccessPoint[] {
  const { AccessPointId, FileSystemId } = request;
  if (AccessPointId !== undefined && FileSystemId !== undefined)
    throw badRequest('AccessPointId and FileSystemId are mutually exclusive.');
  if (AccessPointId !== undefined) return [requireAccessPoint(scope, AccessPointId)];
  const all = [...efsState(scope).accessPoints.values()];
  if (FileSystemId === undefined) return all;
  const fileSystem = requireFileSystem(scope, FileSystemId);
  return all.filter(({ fileSystemId }) => fileSystemId === fileSystem.id);
}

const describeAccessPoints = operation({
  accepts: ['AccessPointId', 'FileSystemId', 'MaxResults', 'NextToken'],
  run(request: DescribeAccessPointsRequest, { scope }): DescribeAccessPointsResponse {
    const { items, token } = efsPage(selected(scope, request), request.NextToken, request.MaxResults);
    return { AccessPoints: items.map((each) => view(scope, each)), NextToken: token };
  },
});

const deleteAccessPoint = operation({
  accepts: ['AccessPointId'],
  authorize: ({ AccessPointId }: DeleteAccessPointRequest, { scope }) => [
    { action: 'elasticfilesystem:DeleteAccessPoint', resource: requireAccessPoint(scope, AccessPointId).arn },
  ],
  run({ AccessPointId }: DeleteAccessPointRequest, { scope }) {
    efsState(scope).accessPoints.delete(requireAccessPoint(scope, AccessPointId).id);
    return {};
  },
});

export const accessPointOperations = {
  CreateAccessPoint: createAccessPoint,
  DeleteAccessPoint: deleteAccessPoint,
  DescribeAccessPoints: describeAccessPoints,
};
