import type {
  DeleteNamespaceRequest,
  DeleteNamespaceResponse,
  GetNamespaceRequest,
  GetNamespaceResponse,
  ListNamespacesRequest,
  ListNamespacesResponse,
  NamespaceSummary,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onNamespace } from './access';
import { startOperation } from './async-operation';
import { required } from './invalid-input';
import type { Filter } from './paging';
import { pageOf, select } from './paging';
import type { CloudMapNamespace } from './state';
import { cloudMap, namespaceOf } from './state';

function serviceCount(scope: Scope, { id }: CloudMapNamespace): number {
  return [...cloudMap(scope).services.values()].filter(({ namespaceId }) => namespaceId === id).length;
}

function summary(scope: Scope, namespace: CloudMapNamespace): NamespaceSummary {
  const { hostedZoneId, soaTtlSeconds } = namespace;
  return {
    Id: namespace.id,
    Arn: namespace.arn,
    ResourceOwner: scope.account,
    Name: namespace.name,
    Type: namespace.type,
    Description: namespace.description,
    ServiceCount: serviceCount(scope, namespace),
    Properties: {
      DnsProperties: hostedZoneId ? { HostedZoneId: hostedZoneId, SOA: { TTL: soaTtlSeconds } } : undefined,
      HttpProperties: { HttpName: namespace.name },
    },
    CreateDate: namespace.createdAt,
  };
}

/** Compares as the condition says: whole, or by its beginning. */
function matches(actual: string, [wanted = '']: readonly string[], condition: string): boolean {
  return condition === 'BEGINS_WITH' ? actual.startsWith(wanted) : actual === wanted;
}

const BOTH = ['EQ', 'BEGINS_WITH'];
const FILTERS: Readonly<Record<string, Filter<CloudMapNamespace>>> = {
  TYPE: { conditions: BOTH, test: ({ type }, values, condition) => matches(type, values, condition) },
  NAME: { conditions: BOTH, test: ({ name }, values, condition) => matches(name, values, condition) },
  HTTP_NAME: { conditions: BOTH, test: ({ name }, values, condition) => matches(name, values, condition) },
  RESOURCE_OWNER: { conditions: ['EQ'], test: (_, [owner]) => owner === 'SELF' },
};

const getNamespace = operation<GetNamespaceRequest, GetNamespaceResponse>({
  accepts: ['Id'],
  authorize: ({ Id }, call) => onNamespace(Id, call),
  run({ Id }, { scope }) {
    const namespace = namespaceOf(scope, required(Id, 'Id'));
    return { Namespace: { ...summary(scope, namespace), CreatorRequestId: namespace.creatorRequestId } };
  },
});

const listNamespaces = operation<ListNamespacesRequest, ListNamespacesResponse>({
  accepts: ['Filters', 'MaxResults', 'NextToken'],
  run(request, { scope }) {
    // AWS filters what is on the page: a page may be empty and still have a successor
    const { items, token } = pageOf([...cloudMap(scope).namespaces.values()], request);
    const wanted = select(items, request.Filters, FILTERS);
    return { Namespaces: wanted.map((namespace) => summary(scope, namespace)), NextToken: token };
  },
});

const deleteNamespace = operation<DeleteNamespaceRequest, DeleteNamespaceResponse>({
  accepts: ['Id'],
  authorize: ({ Id }, call) => onNamespace(Id, call),
  run({ Id }, { scope }) {
    const namespace = namespaceOf(scope, required(Id, 'Id'));
    if (serviceCount(scope, namespace) > 0) {
      throw new ApiError(
        'ResourceInUse',
        'Namespace has associated services; delete the services before deleting the namespace',
      );
    }
    const OperationId = startOperation(scope, {
      type: 'DELETE_NAMESPACE',
      targets: { NAMESPACE: namespace.id },
      subject: namespace.id,
      complete: () => {
        cloudMap(scope).namespaces.delete(namespace.id);
        cloudMap(scope).tags.delete(namespace.arn);
        return undefined;
      },
    });
    return { OperationId };
  },
});

export const namespaceOperations = {
  DeleteNamespace: deleteNamespace,
  GetNamespace: getNamespace,
  ListNamespaces: listNamespaces,
};
