/** What the SDK's client package tells about a service: its protocol, operations and modelled errors. */
import type { ServiceDefinition } from '../kernel/operation';
import type { StructureShape } from './shape';
import { isSchema, OPERATION, readStructureShape, readTraits } from './shape';
import type { UriTemplate } from './uri-template';
import { parseUriTemplate } from './uri-template';

export type ProtocolName = 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'ec2Query' | 'restJson1';

export interface OperationModel {
  readonly name: string;
  /** Of restJson1 only. */
  readonly http: UriTemplate | undefined;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

export interface ErrorModel {
  /** Name of the error's shape, e.g. `QueueDoesNotExist`. */
  readonly name: string;
  /** Code on the wire of query protocols, e.g. `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly queryCode: string | undefined;
  readonly status: number;
  readonly shape: StructureShape;
}

export interface ServiceModel {
  readonly definition: ServiceDefinition;
  readonly protocol: ProtocolName;
  readonly namespace: string;
  readonly xmlNamespace: string;
  readonly version: string;
  /** First part of X-Amz-Target, e.g. `AmazonEC2ContainerServiceV20141113`. */
  readonly target: string;
  readonly queryCompatible: boolean;
  readonly operationNames: readonly string[];
  operation(name: string): OperationModel | undefined;
  /** By the name of its shape or by its code in query protocols. */
  error(code: string): ErrorModel | undefined;
}

interface ProtocolSettings {
  readonly defaultNamespace?: string;
  readonly xmlNamespace?: string;
  readonly version?: string;
  readonly serviceTarget?: string;
  readonly awsQueryCompatible?: boolean;
  readonly errorTypeRegistries?: readonly { readonly schemas: ReadonlyMap<string, unknown> }[];
}

interface ClientConfig {
  readonly protocol?: { getShapeId?(): string };
  readonly protocolSettings?: ProtocolSettings;
}

const PROTOCOLS: readonly string[] = ['awsJson1_0', 'awsJson1_1', 'awsQuery', 'ec2Query', 'restJson1'];

function isProtocolName(name: string | undefined): name is ProtocolName {
  return name !== undefined && PROTOCOLS.includes(name);
}

function protocolOf(definition: ServiceDefinition, config: ClientConfig): ProtocolName {
  const id = config.protocol?.getShapeId?.();
  const name = id?.split('#')[1];
  if (isProtocolName(name)) return name;
  throw new Error(`${definition.signingName}: the protocol server does not speak ${id ?? 'an unnamed protocol'}.`);
}

function operationSchemas(definition: ServiceDefinition): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  for (const schema of Object.values(definition.schemas)) {
    if (isSchema(schema) && schema[0] === OPERATION) found.set(String(schema[2]), schema);
  }
  if (found.size === 0) throw new Error(`${definition.signingName}: its schemas hold no operation.`);
  return found;
}

/**
 * A service that has left awsQuery for JSON (SQS, SSM) keeps the codes in its model, not their status: it documents 400
 * for all of its errors. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
 */
function readError(name: string, schema: readonly unknown[], speaksQuery: boolean): ErrorModel {
  const { awsQueryError, httpError, error } = readTraits(schema[3]);
  const [queryCode, queryStatus] = Array.isArray(awsQueryError) ? (awsQueryError as [string, number]) : [];
  const hasLeft = queryCode !== undefined && !speaksQuery;
  const modelled = hasLeft ? undefined : (queryStatus ?? httpError);
  const status = typeof modelled === 'number' ? modelled : error === 'server' ? 500 : 400;
  return { name, queryCode, status, shape: readStructureShape(schema) };
}

function readErrors(settings: ProtocolSettings, speaksQuery: boolean): ReadonlyMap<string, ErrorModel> {
  const found = new Map<string, ErrorModel>();
  for (const registry of settings.errorTypeRegistries ?? []) {
    for (const [id, schema] of registry.schemas) {
      if (id.startsWith('smithy.ts.sdk.synthetic') || !isSchema(schema)) continue;
      const model = readError(id.split('#')[1] ?? id, schema, speaksQuery);
      found.set(model.name, model);
      if (model.queryCode !== undefined) found.set(model.queryCode, model);
    }
  }
  return found;
}

function readOperation(name: string, schema: readonly unknown[]): OperationModel {
  const traits = readTraits(schema[3]);
  return {
    name,
    http: 'http' in traits ? parseUriTemplate(traits['http']) : undefined,
    input: readStructureShape(schema[4]),
    output: readStructureShape(schema[5]),
  };
}

function read(definition: ServiceDefinition): ServiceModel {
  const config = definition.client().config as ClientConfig;
  const settings = config.protocolSettings ?? {};
  const schemas = operationSchemas(definition);
  const operations = new Map<string, OperationModel>();
  const protocol = protocolOf(definition, config);
  const errors = readErrors(settings, protocol === 'awsQuery');
  return {
    definition,
    protocol,
    namespace: settings.defaultNamespace ?? '',
    xmlNamespace: settings.xmlNamespace ?? '',
    version: settings.version ?? '',
    target: settings.serviceTarget ?? '',
    queryCompatible: settings.awsQueryCompatible ?? false,
    operationNames: [...schemas.keys()],
    operation(name) {
      const known = operations.get(name);
      const schema = schemas.get(name);
      if (known || !schema) return known;
      const model = readOperation(name, schema);
      operations.set(name, model);
      return model;
    },
    error: (code) => errors.get(code),
  };
}

const models = new WeakMap<ServiceDefinition, ServiceModel>();

/** Reading a client's configuration costs milliseconds: once for each definition. */
export function modelOf(definition: ServiceDefinition): ServiceModel {
  let model = models.get(definition);
  if (!model) {
    model = read(definition);
    models.set(definition, model);
  }
  return model;
}
