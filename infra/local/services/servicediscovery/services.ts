/** Creating services: what instances of a service will look like. */
import type {
  CreateServiceRequest,
  CreateServiceResponse,
  DnsConfig,
  DnsRecord,
  HealthCheckConfig,
  RecordType,
  Service,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { onNamespace, requestTags } from './access';
import { invalidInput, required } from './invalid-input';
import type { CloudMapNamespace, CloudMapRecord, CloudMapService } from './state';
import { cloudMap, dnsRecords, namespaceOf } from './state';
import { checkTags, setTags } from './tags';

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html */
const NAME = /^[a-zA-Z0-9_-]([a-zA-Z0-9._-]{0,125}[a-zA-Z0-9_-])?$/;
/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html */
const MAX_TTL_SECONDS = 2_147_483_647;
const RECORD_TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'SRV'] satisfies RecordType[];
/** https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckConfig.html */
const DEFAULT_FAILURE_THRESHOLD = 1;
const MAX_FAILURE_THRESHOLD = 10;

/**
 * Checks records one by one and together. CNAME stands alone. A, AAAA and SRV combine: ECS needs A with SRV
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html), though the list in
 * https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html names fewer combinations.
 */
export function checkedRecords(records: readonly DnsRecord[]): readonly CloudMapRecord[] {
  const checked = records.map(({ Type, TTL }) => {
    const type = required(Type, 'Type');
    const ttlSeconds = required(TTL, 'TTL');
    if (!RECORD_TYPES.includes(type)) throw invalidInput(`Record type ${type} is not valid.`);
    if (ttlSeconds < 0 || ttlSeconds > MAX_TTL_SECONDS) throw invalidInput(`TTL ${ttlSeconds} is not valid.`);
    return { type, ttlSeconds };
  });
  const types = new Set(checked.map(({ type }) => type));
  if (types.size < checked.length) throw invalidInput('A service can have one record of each type.');
  if (types.has('CNAME') && types.size > 1) throw invalidInput('CNAME records cannot be combined with other records.');
  return checked;
}

/** A Route 53 health check with its defaults; private DNS namespaces cannot have one. */
export function checkedHealthCheck(
  namespace: CloudMapNamespace,
  records: readonly CloudMapRecord[],
  config: HealthCheckConfig | undefined,
): HealthCheckConfig | undefined {
  if (!config) return undefined;
  if (namespace.type === 'DNS_PRIVATE') throw invalidInput('HealthCheckConfig is not supported in private namespaces.');
  if (records.some(({ type }) => type === 'CNAME'))
    throw invalidInput('CNAME records cannot have a HealthCheckConfig.');
  const { Type, ResourcePath, FailureThreshold = DEFAULT_FAILURE_THRESHOLD } = config;
  const type = required(Type, 'Type');
  if (FailureThreshold < 1 || FailureThreshold > MAX_FAILURE_THRESHOLD) {
    throw invalidInput(`FailureThreshold must be from 1 to ${MAX_FAILURE_THRESHOLD}.`);
  }
  if (type !== 'TCP') return { Type: type, ResourcePath: ResourcePath ?? '/', FailureThreshold };
  if (ResourcePath) throw invalidInput('A TCP health check cannot have a ResourcePath.');
  return { Type: type, FailureThreshold };
}

function refuseTwin(scope: Scope, namespace: CloudMapNamespace, name: string): void {
  // Names in DNS know no case: https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
  const same = (other: string): boolean =>
    namespace.type === 'HTTP' ? other === name : other.toLowerCase() === name.toLowerCase();
  const twin = [...cloudMap(scope).services.values()].find(
    (service) => service.namespaceId === namespace.id && same(service.name),
  );
  if (!twin) return;
  throw new ApiError('ServiceAlreadyExists', 'Service already exists.', 400, {
    CreatorRequestId: twin.creatorRequestId,
    ServiceId: twin.id,
    ServiceArn: twin.arn,
  });
}

function checkDns(namespace: CloudMapNamespace, request: CreateServiceRequest): DnsConfig | undefined {
  const { DnsConfig: dns, Type } = request;
  if (!dns) {
    if (namespace.type !== 'HTTP' && Type !== 'HTTP') throw invalidInput('DnsConfig is required in a DNS namespace.');
    return undefined;
  }
  if (namespace.type === 'HTTP') throw invalidInput('A service in an HTTP namespace cannot have a DnsConfig.');
  if (Type === 'HTTP') throw invalidInput('A service of type HTTP cannot have a DnsConfig.');
  const cname = dns.DnsRecords?.some((record) => record.Type === 'CNAME');
  if (cname && dns.RoutingPolicy !== 'WEIGHTED') throw invalidInput('CNAME records require routing policy WEIGHTED.');
  return dns;
}

function namespaceIdOf({ NamespaceId, DnsConfig }: CreateServiceRequest): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- clients still say it here, and AWS still listens
  return NamespaceId ?? DnsConfig?.NamespaceId;
}

function newService(scope: Scope, namespace: CloudMapNamespace, request: CreateServiceRequest): CloudMapService {
  const id = `srv-${scope.ids.hex(16)}`;
  const name = required(request.Name, 'Name');
  if (!NAME.test(name)) throw invalidInput(`Service name ${name} is not valid.`);
  if (request.HealthCheckConfig && request.HealthCheckCustomConfig) {
    throw invalidInput('Specify HealthCheckConfig or HealthCheckCustomConfig, not both.');
  }
  const dns = checkDns(namespace, request);
  const records = dns ? checkedRecords(required(dns.DnsRecords, 'DnsRecords')) : [];
  return {
    id,
    arn: arn(scope, 'servicediscovery', `service/${id}`),
    name,
    namespaceId: namespace.id,
    creatorRequestId: request.CreatorRequestId ?? scope.ids.uuid(),
    createdAt: scope.clock.now(),
    type: dns ? 'DNS_HTTP' : 'HTTP',
    routingPolicy: dns ? (dns.RoutingPolicy ?? 'MULTIVALUE') : undefined,
    customHealthCheck: request.HealthCheckCustomConfig !== undefined,
    description: request.Description,
    records,
    healthCheck: checkedHealthCheck(namespace, records, request.HealthCheckConfig),
    instances: new Map(),
    instancesRevision: 1,
  };
}

/** A service in the shape of the API. */
export function serviceView(scope: Scope, service: CloudMapService): Service {
  const { id, routingPolicy, records } = service;
  return {
    Id: id,
    Arn: service.arn,
    ResourceOwner: scope.account,
    Name: service.name,
    NamespaceId: service.namespaceId,
    Description: service.description,
    InstanceCount: service.instances.size,
    DnsConfig: routingPolicy
      ? { NamespaceId: service.namespaceId, RoutingPolicy: routingPolicy, DnsRecords: dnsRecords(records) }
      : undefined,
    Type: service.type,
    HealthCheckConfig: service.healthCheck,
    // The threshold can no longer be chosen
    HealthCheckCustomConfig: service.customHealthCheck ? { FailureThreshold: 1 } : undefined,
    CreateDate: service.createdAt,
    CreatorRequestId: service.creatorRequestId,
    CreatedByAccount: scope.account,
  };
}

/** Makes a service, for the API and for ECS alike. Throws what CreateService answers. */
export function addService(scope: Scope, request: CreateServiceRequest): CloudMapService {
  checkTags(request.Tags);
  const namespace = namespaceOf(scope, required(namespaceIdOf(request), 'NamespaceId'));
  const service = newService(scope, namespace, request);
  refuseTwin(scope, namespace, service.name);
  cloudMap(scope).services.set(service.id, service);
  setTags(scope, service.arn, request.Tags ?? []);
  return service;
}

export const createService = operation<CreateServiceRequest, CreateServiceResponse>({
  accepts: [
    ...['Name', 'NamespaceId', 'CreatorRequestId', 'Description', 'Type', 'Tags'],
    ...['DnsConfig', 'HealthCheckConfig', 'HealthCheckCustomConfig'],
  ],
  authorize: (request, call) =>
    onNamespace(namespaceIdOf(request), call).map((each) => ({
      ...each,
      context: { ...each.context, ...requestTags(request.Tags) },
    })),
  run(request, { scope }) {
    return { Service: serviceView(scope, addService(scope, request)) };
  },
});
