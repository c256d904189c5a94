/**
 * Service Connect: names under which the tasks of a service are found in a namespace of Cloud Map. The proxy beside the
 * tasks is not there; what is left are the names and the tasks that are registered under them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
import type {
  ServiceConnectConfiguration,
  ServiceConnectService,
  ServiceConnectServiceResource,
} from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { addService } from '../servicediscovery/services';
import { cloudMap, type CloudMapNamespace, type CloudMapService } from '../servicediscovery/state';
import { invalidParameter, notSimulated } from './ecs-error';
import { namedPort, type ContainerPort } from './lattice-check';
import { platformFamily } from './platform';
import type { ClusterRecord, DefinitionRecord, Revision } from './records';
import { ecsState } from './store';
import { networkModeOf } from './task-definition';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html */
const NAME = /^[a-z0-9_][a-z0-9_-]{0,63}$/;
/** ECS marks what it made: https://github.com/aws/containers-roadmap/issues/2560 */
const MANAGED = 'AmazonECSManaged';

/** A name of Service Connect and what it leads to. */
export interface Connection {
  readonly name: string;
  readonly namespace: string;
  readonly port: ContainerPort;
}

const nameOf = ({ discoveryName, portName = '' }: ServiceConnectService): string => discoveryName ?? portName;

/** What tasks of the revision are to be found under; nothing where Service Connect is off. */
export function connectionsOf({ connect, definition }: Pick<Revision, 'connect' | 'definition'>): Connection[] {
  if (connect?.enabled !== true) return [];
  const { namespace = '', services = [] } = connect;
  return services.flatMap((service) => {
    const port = namedPort(definition, service.portName ?? '');
    return port ? [{ name: nameOf(service), namespace, port }] : [];
  });
}

/** By name or ARN. */
function findNamespace(scope: Scope, reference: string): CloudMapNamespace | undefined {
  return [...cloudMap(scope).namespaces.values()].find(({ arn, name }) => arn === reference || name === reference);
}

function findNamed(scope: Scope, { namespace, name }: Omit<Connection, 'port'>): CloudMapService | undefined {
  const id = findNamespace(scope, namespace)?.id;
  return [...cloudMap(scope).services.values()].find((each) => each.namespaceId === id && each.name === name);
}

/** The Cloud Map service behind the name; `ServiceNotFound` once somebody has deleted it. */
export function registryOf(scope: Scope, connection: Connection): CloudMapService {
  const found = findNamed(scope, connection);
  if (found) return found;
  throw new ApiError('ServiceNotFound', `No service exists with the name ${connection.name}`);
}

export interface ConnectRequest {
  readonly cluster: ClusterRecord;
  readonly serviceName: string;
  readonly definition: DefinitionRecord;
}

/** Refuses what could not work. AWS documents the conditions, and words for none of them. */
export function checkServiceConnect(
  scope: Scope,
  request: ConnectRequest,
  connect: ServiceConnectConfiguration | undefined,
): void {
  if (connect?.enabled !== true) return;
  const { definition } = request;
  checkTasks(definition);
  const { namespace, services = [] } = connect;
  if (namespace === undefined) throw invalidParameter('Service Connect needs a namespace: the cluster has no default.');
  if (!findNamespace(scope, namespace)) {
    throw new ApiError('NamespaceNotFoundException', `The specified namespace ${namespace} was not found.`);
  }
  for (const service of services) {
    const { portName = '' } = service;
    if (!namedPort(definition, portName)) {
      throw invalidParameter(`The task definition has no port mapping with the name ${portName}.`);
    }
    checkName(scope, request, { namespace, name: nameOf(service) });
  }
}

function checkTasks(definition: DefinitionRecord): void {
  const mode = networkModeOf(definition);
  if (mode === 'host' || mode === 'none') {
    throw invalidParameter(`Service Connect is not supported for networkMode=${mode}.`);
  }
  if (platformFamily(definition) !== 'Linux') throw invalidParameter('Service Connect is not supported on Windows.');
  if (mode !== 'awsvpc') throw notSimulated(`Service Connect with networkMode=${mode}`);
}

/** A name belongs to one service in a namespace; what ECS made for a service that is gone can be had again. */
function checkName(scope: Scope, request: ConnectRequest, wanted: Omit<Connection, 'port'>): void {
  const { name } = wanted;
  if (!NAME.test(name)) throw invalidParameter(`The discoveryName ${name} is not valid.`);
  const twin = findNamed(scope, wanted);
  if (!twin) return;
  const isManaged = cloudMap(scope).tags.get(twin.arn)?.get(MANAGED) === 'true';
  if (isManaged && !isTaken(scope, request, twin)) return;
  throw invalidParameter(`The discoveryName ${name} is in use in the namespace ${wanted.namespace}.`);
}

function isTaken(scope: Scope, { cluster, serviceName }: ConnectRequest, twin: CloudMapService): boolean {
  const services = [...ecsState(scope).clusters.values()].flatMap((each) => [...each.services.values()]);
  const others = services.filter(({ name, cluster: its }) => name !== serviceName || its !== cluster);
  return others.some(({ deployments }) =>
    deployments.some(({ revision }) => connectionsOf(revision).some((each) => findNamed(scope, each) === twin)),
  );
}

/** Makes the Cloud Map services that the revision's names need: they are found by calls, not in DNS. */
export function provideNames(scope: Scope, revision: Revision): void {
  for (const connection of connectionsOf(revision)) {
    const namespace = findNamespace(scope, connection.namespace);
    if (!namespace || findNamed(scope, connection)) continue;
    const Tags = [{ Key: MANAGED, Value: 'true' }];
    addService(scope, { Name: connection.name, NamespaceId: namespace.id, Type: 'HTTP', Tags });
  }
}

/** What a deployment shows of it. */
export function connectView(scope: Scope, revision: Revision) {
  const resources = connectionsOf(revision).map((connection): ServiceConnectServiceResource => {
    return { discoveryName: connection.name, discoveryArn: findNamed(scope, connection)?.arn };
  });
  return {
    serviceConnectConfiguration: revision.connect,
    serviceConnectResources: resources.length > 0 ? resources : undefined,
  };
}
