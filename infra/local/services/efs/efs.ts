import * as schemas from '@aws-sdk/client-efs';
import type { ServiceDefinition } from '../../kernel/operation';
import { accessPointOperations } from './access-points';
import { fileSystemOperations } from './file-systems';
import { mountTargetOperations } from './mount-targets';
import { tagOperations } from './tags';

/** Elastic File System: file systems, mount targets and access points; nothing can be stored in them. */
export const efs: ServiceDefinition = {
  signingName: 'elasticfilesystem',
  iamPrefix: 'elasticfilesystem',
  schemas,
  client: () => new schemas.EFSClient({ region: 'us-east-1' }),
  operations: { ...accessPointOperations, ...fileSystemOperations, ...mountTargetOperations, ...tagOperations },
};
