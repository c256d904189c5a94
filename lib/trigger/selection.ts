import { formatArn, parseArn, parseEcsArn, partitionOf, type Arn } from './arn';
import type { Request } from './request';

/** What a person asks to look at, on the command line or in a manual invocation; nothing: everything. */
export interface Selection {
  /** Name or ARN. */
  readonly cluster?: string;
  /** Name (with `cluster`), `cluster/name`, or ARN. */
  readonly service?: string;
  /** Id (with `cluster`), `cluster/id`, or ARN. */
  readonly task?: string;
  /** EC2 instance id, or ARN. */
  readonly instance?: string;
}

export interface Here {
  readonly account: string;
  readonly region: string;
}

/** A selection that names nothing that can be looked up; the message says what to write instead. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

const INSTANCE_ID = /^i-[0-9a-f]{8,17}$/;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html, and the same of clusters */
const NAME = /^[\w-]{1,255}$/;
/** With or without its cluster. */
const PATH = /^(?:([^/]+)\/)?([^/]+)$/;
/** 32 hexadecimal digits, or a UUID: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-arn-timeline */
const TASK_ID = /^(?:[0-9a-f]{32}|[0-9a-f-]{36})$/;

/** The most specific thing that is named; a cluster beside it only completes the name. */
export function selectionRequests(selection: Selection, here: Here): readonly Request[] {
  const { cluster, service, task, instance } = selection;
  const requests: Request[] = [];
  if (service !== undefined) requests.push(inCluster('service', service, { cluster, here }));
  if (task !== undefined) requests.push(inCluster('task', task, { cluster, here }));
  if (instance !== undefined) requests.push(instanceRequest(instance, here));
  if (requests.length === 0 && cluster !== undefined) {
    const arn = clusterArn(cluster, here);
    requests.push({ kind: 'cluster', ...here, cluster: arn, id: arn });
  }
  return requests.length > 0 ? requests : [{ kind: 'account', ...here, id: here.account }];
}

function instanceRequest(text: string, here: Here): Request {
  const id = text.startsWith('arn:') ? instanceIn(text, here) : text;
  if (!INSTANCE_ID.test(id))
    throw new SelectionError(`instance ${text}: name an EC2 instance id such as i-0abc1234def567890, or its ARN`);
  return { kind: 'instance', ...here, id };
}

function instanceIn(text: string, here: Here): string {
  const arn = parseArn(text);
  const [type, id = ''] = arn?.resource.split('/') ?? [];
  if (arn?.service !== 'ec2' || type !== 'instance') throw noArnOf('instance', text);
  placed(text, arn, here);
  return id;
}

/** Says what it is an ARN of, if it is one. */
function noArnOf(kind: 'instance' | 'service' | 'task', text: string): SelectionError {
  const { service, resource = '' } = parseArn(text) ?? {};
  const [type = ''] = resource.split(/[/:]/);
  const instead = service === undefined ? '' : `; it names a ${type} of ${service}`;
  const wanted = kind === 'instance' ? 'an EC2 instance' : `a ${kind}`;
  return new SelectionError(`${kind} ${text}: that is no ARN of ${wanted}${instead}`);
}

function ecsArn(resource: string, { account, region }: Here): string {
  return formatArn({ partition: partitionOf(region), service: 'ecs', region, account, resource });
}

function clusterArn(cluster: string, here: Here): string {
  if (!cluster.startsWith('arn:')) return ecsArn(`cluster/${named('cluster', cluster)}`, here);
  const parsed = parseEcsArn(cluster);
  if (parsed?.type !== 'cluster') throw new SelectionError(`cluster ${cluster}: name a cluster or its ARN`);
  placed(cluster, parsed, here);
  return cluster;
}

function named(kind: 'cluster' | 'service', name: string): string {
  if (NAME.test(name)) return name;
  throw new SelectionError(`${kind} ${name}: that is no name of a ${kind}; names have letters, digits, - and _`);
}

/** ECS takes the first characters of an id for an error, not for an id. */
function taskId(id: string): string {
  if (TASK_ID.test(id)) return id;
  throw new SelectionError(`task ${id}: that is no id of a task; write all of its 32 characters (0-9, a-f)`);
}

const place = ({ partition, account, region }: Omit<Arn, 'service' | 'resource'>): string =>
  `account ${account}, region ${region}${partition === 'aws' ? '' : `, partition ${partition}`}`;

/** @throws SelectionError where the ARN is of another place, which can not be looked up from here */
export function placed(text: string, arn: Arn, { account, region }: Here): void {
  const here = { partition: partitionOf(region), account, region };
  if (place(arn) === place(here)) return;
  throw new SelectionError(`${text} lies in ${place(arn)}; these credentials and settings are for ${place(here)}`);
}

interface Home {
  readonly cluster: string | undefined;
  readonly here: Here;
}

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** A cluster beside a name that has its own has to be the same. */
function homeOf(text: string, own: string | undefined, { cluster, here }: Home): string | undefined {
  if (own === undefined || cluster === undefined) return own ?? cluster;
  const beside = nameIn(clusterArn(cluster, here));
  if (beside === own) return own;
  throw new SelectionError(`${text} names cluster ${own}, and --cluster ${beside}: name one of the two`);
}

function inCluster(kind: 'service' | 'task', text: string, { cluster, here }: Home): Request {
  if (text.startsWith('arn:')) return byArn(kind, text, { cluster, here });
  const [, own, name] = PATH.exec(text) ?? [];
  const home = name === undefined ? undefined : homeOf(`${kind} ${text}`, own, { cluster, here });
  if (home === undefined || name === undefined) {
    throw new SelectionError(
      `${kind} ${text}: write cluster/${kind === 'service' ? 'name' : 'id'}, its ARN, or add --cluster`,
    );
  }
  const arn = clusterArn(home, here);
  const checked = kind === 'task' ? taskId(name) : named(kind, name);
  return { kind, ...here, cluster: arn, id: ecsArn(`${kind}/${nameIn(arn)}/${checked}`, here) };
}

function byArn(kind: 'service' | 'task', text: string, { cluster, here }: Home): Request {
  const parsed = parseEcsArn(text);
  if (parsed?.type !== kind) throw noArnOf(kind, text);
  placed(text, parsed, here);
  const home = homeOf(`${kind} ${text}`, parsed.cluster, { cluster, here });
  if (home === undefined) throw new SelectionError(`${kind} ${text}: its ARN names no cluster; add --cluster`);
  // one of the short format may be that of before 2018: ECS knows the service by its name in any case
  if (kind === 'service' && parsed.cluster === undefined) {
    return inCluster(kind, parsed.name, { cluster: home, here });
  }
  if (kind === 'task') taskId(parsed.name);
  return { kind, ...here, cluster: clusterArn(home, here), id: text };
}
