/** What EFS keeps: file systems, their mount targets and access points. */
import type { AccessPointDescription } from '@aws-sdk/client-efs';
import { arn, defineStore, type Scope } from '../../kernel/scope';
import { notFound } from './efs-error';

/** https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html#efs-Type-FileSystemDescription-LifeCycleState */
export type LifeCycleState = 'creating' | 'available' | 'deleting';

export interface MountTarget {
  readonly id: string;
  readonly fileSystemId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly zoneName: string;
  readonly zoneId: string;
  readonly networkInterfaceId: string;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  /** Rises in the order in which mount targets were made: pages go on after it. */
  readonly serial: number;
  state: LifeCycleState;
}

export interface FileSystem {
  readonly id: string;
  readonly arn: string;
  readonly creationToken: string;
  readonly createdAt: Date;
  readonly encrypted: boolean;
  readonly performanceMode: 'generalPurpose' | 'maxIO';
  readonly throughputMode: 'bursting' | 'elastic';
  /** Of a One Zone file system: its mount target has to be in this zone. */
  readonly zoneName: string | undefined;
  readonly serial: number;
  readonly tags: Map<string, string>;
  readonly mountTargets: Map<string, MountTarget>;
  state: LifeCycleState;
}

export interface AccessPoint {
  readonly id: string;
  readonly arn: string;
  readonly fileSystemId: string;
  readonly clientToken: string;
  readonly posixUser: AccessPointDescription['PosixUser'];
  readonly rootDirectory: AccessPointDescription['RootDirectory'];
  readonly serial: number;
  readonly tags: Map<string, string>;
  state: LifeCycleState;
}

interface Efs {
  readonly fileSystems: Map<string, FileSystem>;
  readonly accessPoints: Map<string, AccessPoint>;
  serial: number;
}

export const efsState = defineStore<Efs>(() => ({ fileSystems: new Map(), accessPoints: new Map(), serial: 0 }));

export const nextSerial = (scope: Scope): number => ++efsState(scope).serial;

export const efsArn = (scope: Scope, resource: string): string => arn(scope, 'elasticfilesystem', resource);

const idOf = (idOrArn: string): string => idOrArn.slice(idOrArn.lastIndexOf('/') + 1);

/** By id or ARN. @throws ApiError FileSystemNotFound */
export function requireFileSystem(scope: Scope, idOrArn = ''): FileSystem {
  const found = efsState(scope).fileSystems.get(idOf(idOrArn));
  if (found) return found;
  throw notFound('FileSystemNotFound', `File system '${idOrArn}' does not exist.`);
}

/** By id or ARN. @throws ApiError AccessPointNotFound */
export function requireAccessPoint(scope: Scope, idOrArn = ''): AccessPoint {
  const found = efsState(scope).accessPoints.get(idOf(idOrArn));
  if (found) return found;
  throw notFound('AccessPointNotFound', `Access point '${idOrArn}' does not exist.`);
}

export function allMountTargets(scope: Scope): readonly MountTarget[] {
  return [...efsState(scope).fileSystems.values()]
    .flatMap(({ mountTargets }) => [...mountTargets.values()])
    .sort((left, right) => left.serial - right.serial);
}

/** @throws ApiError MountTargetNotFound */
export function requireMountTarget(scope: Scope, id = ''): MountTarget {
  const found = allMountTargets(scope).find((each) => each.id === id);
  if (found) return found;
  throw notFound('MountTargetNotFound', `Mount target '${id}' does not exist.`);
}
