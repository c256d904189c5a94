import type {
  CreateFileSystemRequest,
  DeleteFileSystemRequest,
  DescribeFileSystemsRequest,
  DescribeFileSystemsResponse,
  FileSystemDescription,
} from '@aws-sdk/client-efs';
import { operation, type Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { zonesOf, type Zone } from '../ec2/zone';
import { badRequest, conflict } from './efs-error';
import { efsPage } from './paging';
import { efsArn, efsState, nextSerial, requireFileSystem, type FileSystem } from './state';
import { tagList, withTags } from './tags';

/** Until a new file system can be used; AWS names no time. */
const CREATION_MS = 5_000;
/** https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemSize.html: what an empty file system meters */
const EMPTY_BYTES = 6144;
const ID_DIGITS = 17;

const zoneNamed = (scope: Scope, name: string | undefined): Zone | undefined =>
  zonesOf(scope).find((zone) => zone.name === name);

function view(scope: Scope, fileSystem: FileSystem): FileSystemDescription {
  const { zoneName } = fileSystem;
  return {
    OwnerId: scope.account,
    CreationToken: fileSystem.creationToken,
    FileSystemId: fileSystem.id,
    FileSystemArn: fileSystem.arn,
    CreationTime: fileSystem.createdAt,
    LifeCycleState: fileSystem.state,
    Name: fileSystem.tags.get('Name'),
    NumberOfMountTargets: fileSystem.mountTargets.size,
    SizeInBytes: { Value: EMPTY_BYTES, ValueInIA: 0, ValueInStandard: EMPTY_BYTES, ValueInArchive: 0 },
    PerformanceMode: fileSystem.performanceMode,
    Encrypted: fileSystem.encrypted,
    ThroughputMode: fileSystem.throughputMode,
    AvailabilityZoneName: zoneName,
    AvailabilityZoneId: zoneNamed(scope, zoneName)?.id,
    Tags: tagList(fileSystem.tags),
    FileSystemProtection: { ReplicationOverwriteProtection: 'ENABLED' },
  };
}

function modesOf(request: CreateFileSystemRequest): Pick<FileSystem, 'performanceMode' | 'throughputMode'> {
  const { PerformanceMode: performanceMode = 'generalPurpose', ThroughputMode: throughputMode = 'bursting' } = request;
  if (throughputMode === 'provisioned') throw badRequest('Provisioned throughput is not simulated.');
  return { performanceMode, throughputMode };
}

function checkNew(scope: Scope, { CreationToken = '', AvailabilityZoneName }: CreateFileSystemRequest): void {
  const { fileSystems } = efsState(scope);
  const former = [...fileSystems.values()].find(({ creationToken }) => creationToken === CreationToken);
  if (former) {
    const message = `File system with creation token '${CreationToken}' already exists.`;
    throw conflict('FileSystemAlreadyExists', message, { FileSystemId: former.id });
  }
  if (AvailabilityZoneName !== undefined && !zoneNamed(scope, AvailabilityZoneName))
    throw badRequest(`Availability Zone '${AvailabilityZoneName}' does not exist.`);
}

const createFileSystem = operation({
  accepts: ['CreationToken', 'PerformanceMode', 'Encrypted', 'ThroughputMode', 'AvailabilityZoneName', 'Tags'],
  run(request: CreateFileSystemRequest, { scope }) {
    checkNew(scope, request);
    const id = `fs-${scope.ids.hex(ID_DIGITS)}`;
    const fileSystem: FileSystem = {
      id,
      arn: efsArn(scope, `file-system/${id}`),
      creationToken: request.CreationToken ?? '',
      createdAt: scope.clock.now(),
      encrypted: request.Encrypted ?? false,
      ...modesOf(request),
      zoneName: request.AvailabilityZoneName,
      serial: nextSerial(scope),
      tags: withTags(new Map(), request.Tags),
      mountTargets: new Map(),
      state: 'creating',
    };
    efsState(scope).fileSystems.set(id, fileSystem);
    scope.clock.after(CREATION_MS, () => {
      fileSystem.state = 'available';
    });
    return view(scope, fileSystem);
  },
});

function selected(scope: Scope, { FileSystemId, CreationToken }: DescribeFileSystemsRequest): readonly FileSystem[] {
  if (FileSystemId !== undefined) return [requireFileSystem(scope, FileSystemId)];
  const all = [...efsState(scope).fileSystems.values()];
  return CreationToken === undefined ? all : all.filter(({ creationToken }) => creationToken === CreationToken);
}

const describeFileSystems = operation({
  accepts: ['FileSystemId', 'CreationToken', 'MaxItems', 'Marker'],
  run(request: DescribeFileSystemsRequest, { scope }): DescribeFileSystemsResponse {
    const { items, token } = efsPage(selected(scope, request), request.Marker, request.MaxItems);
    return {
      Marker: request.Marker,
      FileSystems: items.map((each) => view(scope, each)),
      NextMarker: token,
    };
  },
});

const deleteFileSystem = operation({
  accepts: ['FileSystemId'],
  authorize: ({ FileSystemId }: DeleteFileSystemRequest, { scope }: Call) => [
    { action: 'elasticfilesystem:DeleteFileSystem', resource: requireFileSystem(scope, FileSystemId).arn },
  ],
  run({ FileSystemId }: DeleteFileSystemRequest, { scope }) {
    const { id, mountTargets } = requireFileSystem(scope, FileSystemId);
    if (mountTargets.size > 0) throw conflict('FileSystemInUse', `File system '${id}' has mount targets.`);
    const { fileSystems, accessPoints } = efsState(scope);
    fileSystems.delete(id);
    for (const point of [...accessPoints.values()].filter(({ fileSystemId }) => fileSystemId === id))
      accessPoints.delete(point.id);
    return {};
  },
});

export const fileSystemOperations = {
  CreateFileSystem: createFileSystem,
  DeleteFileSystem: deleteFileSystem,
  DescribeFileSystems: describeFileSystems,
};
