import type {
  GetOperationRequest,
  GetOperationResponse,
  ListOperationsRequest,
  ListOperationsResponse,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onNamespace, onService } from './access';
import { invalidInput, required } from './invalid-input';
import type { Filter } from './paging';
import { pageOf, select } from './paging';
import type { CloudMapOperation } from './state';
import { cloudMap } from './state';

function operationOf(scope: Scope, id: string): CloudMapOperation {
  const found = cloudMap(scope).operations.get(id);
  if (!found) throw new ApiError('OperationNotFound', `No operation exists with the specified ID: ${id}`);
  return found;
}

/** IAM judges by what the operation changes. */
function onTarget({ OperationId }: GetOperationRequest, call: Call): readonly Authorization[] {
  const targets = cloudMap(call.scope).operations.get(OperationId ?? '')?.targets;
  return targets?.SERVICE ? onService(targets.SERVICE, call) : onNamespace(targets?.NAMESPACE, call);
}

function checkOwner(scope: Scope, owner: string | undefined): void {
  if (owner && owner !== scope.account)
    throw invalidInput(`No namespace of account ${owner} is shared with this account.`);
}

const getOperation = operation<GetOperationRequest, GetOperationResponse>({
  accepts: ['OperationId', 'OwnerAccount'],
  authorize: onTarget,
  run({ OperationId, OwnerAccount }, { scope }) {
    checkOwner(scope, OwnerAccount);
    const found = operationOf(scope, required(OperationId, 'OperationId'));
    return {
      Operation: {
        Id: found.id,
        OwnerAccount: scope.account,
        Type: found.type,
        Status: found.status,
        ErrorCode: found.errorCode,
        ErrorMessage: found.errorMessage,
        CreateDate: found.createdAt,
        UpdateDate: found.updatedAt,
        Targets: { ...found.targets },
      },
    };
  },
});

/** What the filter calls the status of the answer: https://docs.aws.amazon.com/cloud-map/latest/api/API_OperationFilter.html */
const FILTER_STATUS = { SUBMITTED: 'SUBMITTED', PENDING: 'PENDING', SUCCESS: 'SUCCEED', FAIL: 'FAIL' } as const;
const EITHER = ['EQ', 'IN'];
const FILTERS: Readonly<Record<string, Filter<CloudMapOperation>>> = {
  NAMESPACE_ID: { conditions: ['EQ'], test: ({ targets }, [id]) => targets.NAMESPACE === id },
  SERVICE_ID: { conditions: ['EQ'], test: ({ targets }, [id]) => targets.SERVICE === id },
  STATUS: { conditions: EITHER, test: ({ status }, values) => values.includes(FILTER_STATUS[status]) },
  TYPE: { conditions: EITHER, test: ({ type }, values) => values.includes(type) },
  UPDATE_DATE: { conditions: ['BETWEEN'], test: ({ updatedAt }, values) => isBetween(updatedAt, values) },
};

function isBetween(date: Date, values: readonly string[]): boolean {
  const [from = NaN, to = NaN] = values.map(Number);
  if (Number.isNaN(from) || Number.isNaN(to)) throw invalidInput('UPDATE_DATE needs a start and an end.');
  const seconds = date.getTime() / 1_000;
  return from <= seconds && seconds <= to;
}

const listOperations = operation<ListOperationsRequest, ListOperationsResponse>({
  accepts: ['Filters', 'MaxResults', 'NextToken'],
  run(request, { scope }) {
    const { items, token } = pageOf([...cloudMap(scope).operations.values()].reverse(), request);
    const wanted = select(items, request.Filters, FILTERS);
    return { Operations: wanted.map(({ id, status }) => ({ Id: id, Status: status })), NextToken: token };
  },
});

export const operationQueries = { GetOperation: getOperation, ListOperations: listOperations };
