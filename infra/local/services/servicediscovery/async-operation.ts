/** Work that Cloud Map does after it has answered: the caller gets an operation id and asks for the outcome. */
import type { OperationTargetType, OperationType } from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import type { CloudMapOperation } from './state';
import { cloudMap } from './state';

/** AWS publishes no figures; an instance usually takes some seconds. */
const PENDING_AFTER_MS = 200;
const DONE_AFTER_MS = 1_000;

/** Why an accepted operation failed; codes: https://docs.aws.amazon.com/cloud-map/latest/api/API_Operation.html */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export interface Work {
  readonly type: OperationType;
  readonly targets: Readonly<Partial<Record<OperationTargetType, string>>>;
  /** Names what the work changes; only one operation at a time may change it. */
  readonly subject: string;
  /** Carries the work out; it may turn out to be impossible. */
  readonly complete: () => Failure | undefined;
}

/** Starts the work and returns the operation's id. Throws `DuplicateRequest` or `ResourceInUse` while its subject is busy. */
export function startOperation(scope: Scope, work: Work): string {
  refuseWhileBusy(scope, work);
  const now = scope.clock.now();
  const operation: CloudMapOperation = {
    id: `${scope.ids.hex(32)}-${scope.ids.hex(8)}`,
    type: work.type,
    targets: work.targets,
    createdAt: now,
    updatedAt: now,
    status: 'SUBMITTED',
    errorCode: undefined,
    errorMessage: undefined,
  };
  cloudMap(scope).operations.set(operation.id, operation);
  cloudMap(scope).inProgress.set(work.subject, operation);
  scope.clock.after(PENDING_AFTER_MS, () => {
    update(scope, operation, 'PENDING');
  });
  scope.clock.after(DONE_AFTER_MS, () => {
    finish(scope, operation, work);
  });
  return operation.id;
}

/** Operation that changes this subject right now. */
export function operationInProgress(scope: Scope, subject: string): CloudMapOperation | undefined {
  return cloudMap(scope).inProgress.get(subject);
}

function refuseWhileBusy(scope: Scope, { subject, type }: Work): void {
  const busy = operationInProgress(scope, subject);
  if (!busy) return;
  if (busy.type === type) {
    throw new ApiError(
      'DuplicateRequest',
      'Another operation of type ' + type + ' and id ' + busy.id + ' is in progress',
      400,
      {
        DuplicateOperationId: busy.id,
      },
    );
  }
  throw new ApiError('ResourceInUse', `Operation ${busy.id} of type ${busy.type} is in progress on this resource.`);
}

function update(scope: Scope, operation: CloudMapOperation, status: CloudMapOperation['status']): void {
  operation.status = status;
  operation.updatedAt = scope.clock.now();
}

function finish(scope: Scope, operation: CloudMapOperation, work: Work): void {
  cloudMap(scope).inProgress.delete(work.subject);
  const failure = work.complete();
  operation.errorCode = failure?.code;
  operation.errorMessage = failure?.message;
  update(scope, operation, failure ? 'FAIL' : 'SUCCESS');
}
