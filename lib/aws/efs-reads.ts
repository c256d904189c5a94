/** What is read of EFS. Keys are ids of file systems. */
import { DescribeMountTargetsCommand, type EFSClient, type MountTargetDescription } from '@aws-sdk/client-efs';
import { isFileSystemNotFound } from './failure';
import { EFS_PAGE } from './limits';
import { describeInBatches, type Batch, type Read } from './read';

/** All mount targets of one file system. */
export interface MountTargetsOf {
  readonly fileSystemId: string;
  readonly mountTargets: readonly MountTargetDescription[];
}

export interface EfsReads {
  /** One call for each file system, or more where it has many. */
  describeMountTargets(fileSystemIds: readonly string[]): Promise<Read<MountTargetsOf>>;
}

async function mountTargetsOf(client: EFSClient, FileSystemId: string): Promise<Batch<MountTargetsOf>> {
  const mountTargets: MountTargetDescription[] = [];
  let Marker: string | undefined;
  try {
    do {
      const command = new DescribeMountTargetsCommand({ FileSystemId, Marker, MaxItems: EFS_PAGE });
      const answer = await client.send(command);
      mountTargets.push(...(answer.MountTargets ?? []));
      Marker = answer.NextMarker;
    } while (Marker !== undefined && Marker !== '');
    return { items: [{ fileSystemId: FileSystemId, mountTargets }] };
  } catch (error) {
    if (isFileSystemNotFound(error)) return { items: [], missing: [FileSystemId] };
    throw error;
  }
}

export function createEfsReads(client: EFSClient): EfsReads {
  return {
    describeMountTargets: (fileSystemIds) =>
      describeInBatches({
        action: 'elasticfilesystem:DescribeMountTargets',
        keys: fileSystemIds,
        size: 1,
        describe: ([id = '']) => mountTargetsOf(client, id),
      }),
  };
}
