/** Amazon Resource Names, taken apart and put together. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global resources. */
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon, e.g. `task/prod/0a1b`. */
  readonly resource: string;
}

/** Partition, service, region, account, resource: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d*):(\S+)$/;

/** The parts of an ARN; undefined if `text` is none. */
export function parseArn(text: string): Arn | undefined {
  const match = ARN.exec(text);
  if (!match) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

export interface EcsArn extends Arn {
  /** `cluster`, `service`, `task`, `container-instance`, ... */
  readonly type: string;
  /** Name of the cluster; absent in ARNs of the short format used before 2018, and of task definitions. */
  readonly cluster?: string;
  /** Last part: a name or an id. */
  readonly name: string;
}

/** `arn:...:ecs:...:task/prod/0a1b` -> type `task`, cluster `prod`, name `0a1b`; undefined if it is no ECS ARN. */
export function parseEcsArn(text: string): EcsArn | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'ecs') return undefined;
  const [type = '', ...path] = arn.resource.split('/');
  const name = path.at(-1);
  if (!name) return undefined;
  return { ...arn, type, cluster: path.length > 1 ? path[0] : undefined, name };
}

/** Partition of a region: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITION_BY_PREFIX = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['us-iso-', 'aws-iso'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
] as const;

export function partitionOf(region: string): string {
  return PARTITION_BY_PREFIX.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** The part of an ARN that tells resources of one kind apart: `service/prod/web`. */
export function shortName(resource: string): string {
  const [, , , , , ...rest] = resource.split(':');
  return resource.startsWith('arn:') && rest.length > 0 ? rest.join(':') : resource;
}
