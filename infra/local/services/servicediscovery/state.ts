/** What Cloud Map keeps in one account and region. */
import type {
  CustomHealthStatus,
  DnsRecord,
  HealthCheckConfig,
  NamespaceType,
  OperationStatus,
  OperationTargetType,
  OperationType,
  RecordType,
  RoutingPolicy,
} from '@aws-sdk/client-servicediscovery';
import { defineStore } from '../../kernel/scope';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';

export interface CloudMapNamespace {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: NamespaceType;
  readonly description: string | undefined;
  readonly creatorRequestId: string;
  readonly createdAt: Date;
  /** DNS namespaces only. */
  readonly hostedZoneId: string | undefined;
  readonly soaTtlSeconds: number | undefined;
  /** Private DNS namespaces only. */
  readonly vpcId: string | undefined;
}

export interface CloudMapRecord {
  readonly type: RecordType;
  readonly ttlSeconds: number;
}

export interface CloudMapInstance {
  readonly id: string;
  readonly creatorRequestId: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Set when the service has a custom health check. */
  customHealth: CustomHealthStatus | undefined;
}

export interface CloudMapService {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly namespaceId: string;
  readonly creatorRequestId: string;
  readonly createdAt: Date;
  /** HTTP: instances are found by the API alone, no records exist. */
  readonly type: 'HTTP' | 'DNS_HTTP';
  readonly routingPolicy: RoutingPolicy | undefined;
  readonly customHealthCheck: boolean;
  description: string | undefined;
  records: readonly CloudMapRecord[];
  healthCheck: HealthCheckConfig | undefined;
  readonly instances: Map<string, CloudMapInstance>;
  /** Rises with every registration and deregistration that completed. */
  instancesRevision: number;
}

export interface CloudMapOperation {
  readonly id: string;
  readonly type: OperationType;
  readonly targets: Readonly<Partial<Record<OperationTargetType, string>>>;
  readonly createdAt: Date;
  updatedAt: Date;
  status: OperationStatus;
  errorCode: string | undefined;
  errorMessage: string | undefined;
}

export interface CloudMapState {
  readonly namespaces: Map<string, CloudMapNamespace>;
  readonly services: Map<string, CloudMapService>;
  readonly operations: Map<string, CloudMapOperation>;
  /** Operations not finished yet, by what they change. */
  readonly inProgress: Map<string, CloudMapOperation>;
  /** Tags by ARN. */
  readonly tags: Map<string, Map<string, string>>;
}

export const cloudMap = defineStore((): CloudMapState => ({
  namespaces: new Map(),
  services: new Map(),
  operations: new Map(),
  inProgress: new Map(),
  tags: new Map(),
}));

/** The id at the end of `arn:aws:servicediscovery:...:service/srv-...`, or the text itself when it is no ARN. */
function idOf(idOrArn: string): string {
  return idOrArn.startsWith('arn:') ? idOrArn.slice(idOrArn.lastIndexOf('/') + 1) : idOrArn;
}

/** The namespace with this id or ARN; `NamespaceNotFound` if there is none. */
export function namespaceOf(scope: Scope, idOrArn: string): CloudMapNamespace {
  const namespace = cloudMap(scope).namespaces.get(idOf(idOrArn));
  if (!namespace) throw new ApiError('NamespaceNotFound', `No namespace exists with the specified ID: ${idOrArn}`);
  return namespace;
}

/** The service with this id or ARN; `ServiceNotFound` if there is none. */
export function serviceOf(scope: Scope, idOrArn: string): CloudMapService {
  const service = cloudMap(scope).services.get(idOf(idOrArn));
  if (!service) throw new ApiError('ServiceNotFound', `No service exists with the specified ID: ${idOrArn}`);
  return service;
}

/** Records in the shape of the API. */
export function dnsRecords(records: readonly CloudMapRecord[]): DnsRecord[] {
  return records.map(({ type, ttlSeconds }) => ({ Type: type, TTL: ttlSeconds }));
}
