/** Namespaces appear and disappear when the operation that the call started has succeeded. */
import type {
  CreateHttpNamespaceRequest,
  CreatePrivateDnsNamespaceRequest,
  CreatePublicDnsNamespaceRequest,
  NamespaceType,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import type { Operation } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { findVpc } from '../ec2/vpc';
import { requestTags } from './access';
import type { Failure } from './async-operation';
import { startOperation } from './async-operation';
import { invalidInput, required } from './invalid-input';
import type { CloudMapNamespace } from './state';
import { cloudMap } from './state';
import { checkTags, setTags } from './tags';

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateHttpNamespace.html */
const NAME = /^[!-~]{1,1024}$/;
/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html */
const DNS_NAME = /^(?!.{254,})([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?$/i;
/** Route 53 takes it when nothing else is said: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
const DEFAULT_SOA_TTL_SECONDS = 15;

interface Created {
  readonly OperationId: string;
}
type AnyRequest = CreateHttpNamespaceRequest &
  Partial<CreatePrivateDnsNamespaceRequest & CreatePublicDnsNamespaceRequest>;

function checkedName(type: NamespaceType, Name: string | undefined): string {
  const name = required(Name, 'Name');
  if (!(type === 'HTTP' ? NAME : DNS_NAME).test(name)) throw invalidInput(`Namespace name ${name} is not valid.`);
  return name;
}

/** The hosted zone that Route 53 would make. */
function zoneOf(scope: Scope, { Properties }: AnyRequest): Pick<CloudMapNamespace, 'hostedZoneId' | 'soaTtlSeconds'> {
  return {
    hostedZoneId: `Z${scope.ids.hex(20).toUpperCase()}`,
    soaTtlSeconds: Properties?.DnsProperties?.SOA?.TTL ?? DEFAULT_SOA_TTL_SECONDS,
  };
}

function newNamespace(scope: Scope, type: NamespaceType, request: AnyRequest): CloudMapNamespace {
  const id = `ns-${scope.ids.hex(16)}`;
  return {
    id,
    arn: arn(scope, 'servicediscovery', `namespace/${id}`),
    name: checkedName(type, request.Name),
    type,
    description: request.Description,
    creatorRequestId: request.CreatorRequestId ?? scope.ids.uuid(),
    createdAt: scope.clock.now(),
    ...(type === 'HTTP' ? { hostedZoneId: undefined, soaTtlSeconds: undefined } : zoneOf(scope, request)),
    vpcId: type === 'DNS_PRIVATE' ? required(request.Vpc, 'Vpc') : undefined,
  };
}

/** What keeps the hosted zone from coming into being; AWS finds out only after it has accepted the request. */
function obstacle(scope: Scope, { vpcId }: CloudMapNamespace): Failure | undefined {
  if (vpcId === undefined || findVpc(scope, vpcId)) return undefined;
  const message = `The VPC that you chose, ${vpcId} in region ${scope.region}, is either not authorized or does not exist.`;
  return { code: 'CANNOT_CREATE_HOSTED_ZONE', message };
}

/** Two namespaces clash when the same client could not tell them apart. */
function refuseTwin(scope: Scope, wanted: CloudMapNamespace): void {
  const twin = [...cloudMap(scope).namespaces.values()].find(
    ({ name, type, vpcId }) => name === wanted.name && type === wanted.type && vpcId === wanted.vpcId,
  );
  if (!twin) return;
  throw new ApiError('NamespaceAlreadyExists', `Namespace ${wanted.name} already exists.`, 400, {
    CreatorRequestId: twin.creatorRequestId,
    NamespaceId: twin.id,
  });
}

function create(scope: Scope, type: NamespaceType, request: AnyRequest): Created {
  checkTags(request.Tags);
  const namespace = newNamespace(scope, type, request);
  refuseTwin(scope, namespace);
  const OperationId = startOperation(scope, {
    type: 'CREATE_NAMESPACE',
    targets: { NAMESPACE: namespace.id },
    subject: `namespace ${type} ${namespace.vpcId ?? ''} ${namespace.name}`,
    complete: () => {
      const failure = obstacle(scope, namespace);
      if (failure) return failure;
      cloudMap(scope).namespaces.set(namespace.id, namespace);
      setTags(scope, namespace.arn, request.Tags ?? []);
      return undefined;
    },
  });
  return { OperationId };
}

const COMMON = ['Name', 'CreatorRequestId', 'Description', 'Tags'];

function creation<Request extends AnyRequest>(
  type: NamespaceType,
  accepts: readonly string[],
): Operation<Request, Created> {
  return operation<Request, Created>({
    accepts: [...COMMON, ...accepts],
    authorize: ({ Tags }, call) => [
      { action: `servicediscovery:${call.operation}`, resource: '*', context: requestTags(Tags) },
    ],
    run: (request, { scope }) => create(scope, type, request),
  });
}

export const namespaceCreations = {
  CreateHttpNamespace: creation<CreateHttpNamespaceRequest>('HTTP', []),
  CreatePrivateDnsNamespace: creation<CreatePrivateDnsNamespaceRequest>('DNS_PRIVATE', ['Vpc', 'Properties']),
  CreatePublicDnsNamespace: creation<CreatePublicDnsNamespaceRequest>('DNS_PUBLIC', ['Properties']),
};
