/** What Fargate runs tasks on: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html */
import type { Task } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { DefinitionRecord, TaskRecord } from './records';

/** Newest first. */
const LINUX_VERSIONS: readonly string[] = ['1.4.0', '1.3.0'];
const WINDOWS_VERSIONS: readonly string[] = ['1.0.0'];
/** GiB that every Fargate task gets from 1.4.0 on. */
const FREE_STORAGE_GIB = 20;

function isWindows({ definition }: DefinitionRecord): boolean {
  return definition.runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS') ?? false;
}

/** `LATEST` as a number; `PlatformUnknownException` for a version that Fargate does not have. */
export function resolvePlatformVersion(definition: DefinitionRecord, asked: string): string {
  const versions = isWindows(definition) ? WINDOWS_VERSIONS : LINUX_VERSIONS;
  const found = asked === 'LATEST' ? versions[0] : versions.find((version) => version === asked);
  if (found === undefined) {
    throw new ApiError('PlatformUnknownException', `The platform version ${asked} does not exist.`);
  }
  return found;
}

/** `Linux`, or the Windows release. */
export function platformFamily(definition: DefinitionRecord): string {
  const family = definition.definition.runtimePlatform?.operatingSystemFamily;
  return isWindows(definition) && family !== undefined ? family : 'Linux';
}

export function platformView(task: TaskRecord): Partial<Task> {
  const { definition, capacity } = task;
  const { runtimePlatform, ephemeralStorage } = definition.definition;
  const architecture = runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
  const attributes = [{ name: 'ecs.cpu-architecture', value: architecture }];
  if (capacity.platformVersion === undefined) return { attributes };
  return {
    attributes,
    platformVersion: resolvePlatformVersion(definition, capacity.platformVersion),
    platformFamily: platformFamily(definition),
    ephemeralStorage: ephemeralStorage ?? { sizeInGiB: FREE_STORAGE_GIB },
  };
}
