/**
 * What an error's text names, for the commands that look into it. Only what has exactly AWS's form is taken, so that no
 * word of a stranger's text can do harm in a shell.
 */
import { parseArn, parseEcsArn } from '../trigger/arn';

export interface NamedThings {
  readonly region?: string;
  readonly instance: readonly string[];
  readonly networkInterface: readonly string[];
  readonly subnet: readonly string[];
  readonly vpc: readonly string[];
  readonly securityGroup: readonly string[];
  readonly targetGroup: readonly string[];
  readonly loadBalancer: readonly string[];
  readonly cluster: readonly string[];
  readonly service: readonly string[];
  readonly task: readonly string[];
  readonly taskDefinition: readonly string[];
  readonly containerInstance: readonly string[];
  /** Name of a container image's repository in a private registry of ECR. */
  readonly repository: readonly string[];
}

export type ThingName = Exclude<keyof NamedThings, 'region'>;

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

function matches(text: string, pattern: RegExp): readonly string[] {
  return distinct(text.match(pattern) ?? []);
}

/** `i-0abc1234def567890`: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const ec2Ids = (prefix: string) => new RegExp(String.raw`\b${prefix}-(?:[0-9a-f]{17}|[0-9a-f]{8})\b`, 'g');
const INSTANCE = ec2Ids('i');
const INTERFACE = ec2Ids('eni');
const SUBNET = ec2Ids('subnet');
const VPC = ec2Ids('vpc');
const SECURITY_GROUP = ec2Ids('sg');

const ARN = /\barn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w/:.-]*[\w/]/g;
const REGION_OF_ARN = /(?<=\barn:aws[a-z-]*:[a-z0-9-]+:)[a-z0-9-]+(?=:)/;
/** In a host name or an Availability Zone. */
const REGION =
  /(?<![a-z0-9-])[a-z]{2,4}(?:-(?:gov|de|iso[a-z]?))?-(?:central|(?:north|south)(?:east|west)?|east|west)-\d{1,2}(?=[a-f]?(?![a-z0-9]))/;
const REPOSITORY = /(?<=\b\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9.-]+\/)[a-z0-9][a-z0-9._/-]*[a-z0-9]/g;
/** `(service web)`, `(task 0a1b...)`, as ECS writes its service events. */
const SERVICE_EVENT = /(?<=\(service )[\w-]{1,255}(?=[,)])/g;
const TASK_EVENT = /(?<=\(task )[0-9a-f]{32}(?=\))/g;

const ELB = 'elasticloadbalancing';

/** ARNs as they stand, of one service and type. */
function arnsOf(text: string, service: string, type: string): readonly string[] {
  return matches(text, ARN).filter((arn) => {
    const parsed = parseArn(arn);
    return parsed?.service === service && parsed.resource.startsWith(type);
  });
}

function ecsNames(text: string, type: string): readonly string[] {
  return arnsOf(text, 'ecs', `${type}/`).flatMap((arn) => parseEcsArn(arn)?.name ?? []);
}

function clusters(text: string): readonly string[] {
  const inside = matches(text, ARN).flatMap((arn) => parseEcsArn(arn)?.cluster ?? []);
  return distinct([...ecsNames(text, 'cluster'), ...inside]);
}

/** @param text as `plainText` gives it */
export function namedThings(text: string): NamedThings {
  return {
    region: (REGION_OF_ARN.exec(text) ?? REGION.exec(text))?.[0],
    instance: matches(text, INSTANCE),
    networkInterface: matches(text, INTERFACE),
    subnet: matches(text, SUBNET),
    vpc: matches(text, VPC),
    securityGroup: matches(text, SECURITY_GROUP),
    targetGroup: arnsOf(text, ELB, 'targetgroup/'),
    loadBalancer: arnsOf(text, ELB, 'loadbalancer/'),
    cluster: clusters(text),
    service: distinct([...ecsNames(text, 'service'), ...matches(text, SERVICE_EVENT)]),
    task: distinct([...ecsNames(text, 'task'), ...matches(text, TASK_EVENT)]),
    taskDefinition: arnsOf(text, 'ecs', 'task-definition/'),
    containerInstance: distinct(ecsNames(text, 'container-instance')),
    repository: matches(text, REPOSITORY),
  };
}

const isNamed = (value: string | readonly string[]): boolean => value.length > 0;

/** What a text names; what it leaves out is named by where it comes from. */
export function withNames(named: NamedThings, around: Partial<NamedThings>): NamedThings {
  const own = Object.entries(named).filter(([, value]: [string, string | readonly string[] | undefined]) =>
    isNamed(value ?? ''),
  );
  return { ...named, ...around, ...Object.fromEntries(own) };
}
