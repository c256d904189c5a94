import { formatArn, parseEcsArn, partitionOf } from './arn';
import type { Request } from './request';

/** What a person asks to look at, on the command line or in a manual invocation; nothing: everything. */
export interface Selection {
  /** Name or ARN. */
  readonly cluster?: string;
  /** Name (with `cluster`), `cluster/name`, or ARN. */
  readonly service?: string;
  /** Id (with `cluster`), `cluster/id`, or ARN. */
  readonly task?: string;
  /** EC2 instance id. */
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

function instanceRequest(id: string, here: Here): Request {
  if (!INSTANCE_ID.test(id))
    throw new SelectionError(`instance ${id}: name an EC2 instance id such as i-0abc1234def567890`);
  return { kind: 'instance', ...here, id };
}

function ecsArn(resource: string, { account, region }: Here): string {
  return formatArn({ partition: partitionOf(region), service: 'ecs', region, account, resource });
}

function clusterArn(cluster: string, here: Here): string {
  if (!cluster.startsWith('arn:')) return ecsArn(`cluster/${cluster}`, here);
  const parsed = parseEcsArn(cluster);
  if (parsed?.type !== 'cluster') throw new SelectionError(`cluster ${cluster}: name a cluster or its ARN`);
  return placed(cluster, parsed, here);
}

/** An ARN of another place can not be looked up from here. */
function placed(text: string, arn: { readonly account: string; readonly region: string }, here: Here): string {
  if (arn.account === here.account && arn.region === here.region) return text;
  throw new SelectionError(
    `${text} lies in account ${arn.account}, region ${arn.region}; these credentials and settings are for ${here.account}, ${here.region}`,
  );
}

interface Home {
  readonly cluster: string | undefined;
  readonly here: Here;
}

function inCluster(kind: 'service' | 'task', text: string, { cluster, here }: Home): Request {
  if (text.startsWith('arn:')) return byArn(kind, text, { cluster, here });
  const [first = '', second, ...more] = text.split('/');
  const home = second === undefined ? cluster : first;
  const name = second ?? first;
  if (home === undefined || home === '' || name === '' || more.length > 0) {
    throw new SelectionError(
      `${kind} ${text}: write cluster/${kind === 'service' ? 'name' : 'id'}, its ARN, or add --cluster`,
    );
  }
  const arn = clusterArn(home, here);
  const clusterName = arn.slice(arn.lastIndexOf('/') + 1);
  return { kind, ...here, cluster: arn, id: ecsArn(`${kind}/${clusterName}/${name}`, here) };
}

function byArn(kind: 'service' | 'task', text: string, { cluster, here }: Home): Request {
  const parsed = parseEcsArn(text);
  if (parsed?.type !== kind) throw new SelectionError(`${kind} ${text}: that is no ARN of a ${kind}`);
  placed(text, parsed, here);
  const home = parsed.cluster ?? cluster;
  if (home === undefined) throw new SelectionError(`${kind} ${text}: its ARN names no cluster; add --cluster`);
  return { kind, ...here, cluster: clusterArn(home, here), id: text };
}
