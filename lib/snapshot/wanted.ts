/** What the requests of one pass name, checked and sorted. Nothing is read here. */
import { formatArn, parseArn, parseEcsArn } from '../trigger/arn';
import type { Request, RequestKind } from '../trigger/request';
import type { Place } from './ec2-shapes';

/** A request that no read can answer: the one who made it has to mend it. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}

export interface Wanted {
  /** All clusters. */
  readonly everything: boolean;
  /** ARNs */
  readonly clusters: Set<string>;
  /** ARN to the ARN of its cluster. */
  readonly services: Map<string, string>;
  readonly tasks: Map<string, string>;
  readonly containerInstances: Map<string, string>;
  /** i-... */
  readonly instances: Set<string>;
  /** eni-...: of instances that are wanted as soon as they are known. */
  readonly networkInterfaces: Set<string>;
  readonly targetGroups: Set<string>;
  readonly cloudMapServices: Set<string>;
}

function refuse(request: Request, why: string): never {
  throw new InvalidRequestError(`Cannot look at ${request.kind} ${JSON.stringify(request.id)}: ${why}.`);
}

function checkPlace(request: Request, { account, region }: Place): void {
  if (request.account === account && request.region === region) return;
  refuse(request, `it lies in ${request.account} ${request.region}, and this is ${account} ${region}`);
}

/** `arn:...` as it is, if it is one of `service` here; a bare name or id becomes one by `resource`. */
function checkedArn(request: Request, id: string, service: string): string {
  const arn = parseArn(id);
  if (arn?.service !== service) refuse(request, `it is no ARN of ${service}`);
  if (arn.account !== request.account || arn.region !== request.region) {
    refuse(request, `its ARN names ${arn.account} ${arn.region}, the request ${request.account} ${request.region}`);
  }
  return id;
}

function ecsArn({ account, region, partition }: Place, resource: string): string {
  return formatArn({ partition, service: 'ecs', region, account, resource });
}

const isArn = (text: string): boolean => text.startsWith('arn:');

function clusterArn(request: Request, name: string, place: Place): string {
  if (!isArn(name)) return ecsArn(place, `cluster/${name}`);
  if (parseEcsArn(checkedArn(request, name, 'ecs'))?.type !== 'cluster') refuse(request, `${name} is no cluster`);
  return name;
}

type EcsKind = 'service' | 'task' | 'container-instance';

/** ARN of the resource and of its cluster. */
function inCluster(request: Request, kind: EcsKind, place: Place): readonly [arn: string, cluster: string] {
  const { id, cluster } = request;
  if (!isArn(id)) {
    if (cluster === undefined) refuse(request, 'give its ARN, or its cluster beside its name');
    const home = clusterArn(request, cluster, place);
    return [ecsArn(place, `${kind}/${parseEcsArn(home)?.name ?? ''}/${id}`), home];
  }
  const arn = parseEcsArn(checkedArn(request, id, 'ecs'));
  if (arn?.type !== kind) refuse(request, `it is no ARN of a ${kind}`);
  const name = arn.cluster ?? cluster;
  if (name === undefined) refuse(request, 'its ARN is of the short format, so the request has to name its cluster');
  return [id, clusterArn(request, name, place)];
}

/** `<arn>#<rest>` -> `<arn>` */
const container = (id: string): string => id.split('#')[0] ?? '';

type Adder = (wanted: Wanted, request: Request, place: Place) => void;

function addEcs(kind: EcsKind, collection: 'services' | 'tasks' | 'containerInstances'): Adder {
  return (wanted, request, place) => wanted[collection].set(...inCluster(request, kind, place));
}

const ELB = 'elasticloadbalancing';
const CLOUD_MAP = 'servicediscovery';

/** Kinds that can be asked for; the others are seen through these. */
const adders: Partial<Record<RequestKind, Adder>> = {
  account: () => undefined,
  cluster: (wanted, request, place) => wanted.clusters.add(clusterArn(request, request.id, place)),
  service: addEcs('service', 'services'),
  task: addEcs('task', 'tasks'),
  'container-instance': addEcs('container-instance', 'containerInstances'),
  instance: (wanted, { id }) => wanted.instances.add(id),
  'network-interface': (wanted, { id }) => wanted.networkInterfaces.add(id),
  'target-group': (wanted, request) => wanted.targetGroups.add(checkedArn(request, request.id, ELB)),
  target: (wanted, request) => wanted.targetGroups.add(checkedArn(request, container(request.id), ELB)),
  'cloudmap-service': (wanted, request) => wanted.cloudMapServices.add(checkedArn(request, request.id, CLOUD_MAP)),
  'cloudmap-instance': (wanted, request) =>
    wanted.cloudMapServices.add(checkedArn(request, container(request.id), CLOUD_MAP)),
};

/** Sorts the requests of one account and region; throws InvalidRequestError for one that cannot be answered. */
export function toWanted(requests: readonly Request[], place: Place): Wanted {
  const wanted: Wanted = {
    everything: requests.some(({ kind }) => kind === 'account'),
    clusters: new Set(),
    services: new Map(),
    tasks: new Map(),
    containerInstances: new Map(),
    instances: new Set(),
    networkInterfaces: new Set(),
    targetGroups: new Set(),
    cloudMapServices: new Set(),
  };
  for (const request of requests) {
    checkPlace(request, place);
    const add = adders[request.kind];
    if (!add) refuse(request, 'this kind is looked at as part of its cluster, service or account only');
    add(wanted, request, place);
  }
  return wanted;
}
