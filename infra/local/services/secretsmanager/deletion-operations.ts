/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onSecret } from './access';
import type { Secret } from './secret';
import { findSecret, identityOf, newSuffix, requireSecret, secretArn, secrets } from './secret';
import { invalidParameter, invalidRequest, notFound } from './secrets-error';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
const WINDOW_DAYS = { min: 7, standard: 30, max: 30 };
const DAY_MS = 24 * 60 * 60 * 1_000;

function checkWindow({ RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force }: DeleteSecretRequest): void {
  if (days === undefined) return;
  if (force === true) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days >= WINDOW_DAYS.min && days <= WINDOW_DAYS.max) return;
  throw invalidParameter(
    `The RecoveryWindowInDays value must be between ${WINDOW_DAYS.min} and ${WINDOW_DAYS.max} days (inclusive).`,
  );
}

/** Gone at once, where AWS takes a moment; what is not there is gone as well. */
function forceDelete(scope: Scope, id: string): DeleteSecretResponse {
  const secret = findSecret(scope, id);
  const DeletionDate = scope.clock.now();
  if (!secret) {
    if (id.startsWith('arn:')) throw notFound();
    return { ARN: secretArn(scope, id, newSuffix(scope)), Name: id, DeletionDate };
  }
  secret.deletion?.cancel();
  secrets(scope).byName.delete(secret.name);
  return { ...identityOf(secret), DeletionDate };
}

function schedule(scope: Scope, secret: Secret, days: number): Date {
  if (secret.deletion) {
    throw invalidRequest("You tried to perform the operation on a secret that's currently marked deleted.");
  }
  const at = new Date(scope.clock.now().getTime() + days * DAY_MS);
  const cancel = scope.clock.after(days * DAY_MS, () => void secrets(scope).byName.delete(secret.name));
  secret.deletion = { at, cancel };
  return at;
}

const deleteSecret = operation<DeleteSecretRequest, DeleteSecretResponse>({
  accepts: ['SecretId', 'RecoveryWindowInDays', 'ForceDeleteWithoutRecovery'],
  authorize: (request, call) =>
    onSecret(request.SecretId, call, {
      'secretsmanager:recoverywindowindays': [String(request.RecoveryWindowInDays ?? WINDOW_DAYS.standard)],
      'secretsmanager:forcedeletewithoutrecovery': [String(request.ForceDeleteWithoutRecovery ?? false)],
    }),
  run(request, { scope }) {
    const { SecretId = '', RecoveryWindowInDays = WINDOW_DAYS.standard, ForceDeleteWithoutRecovery } = request;
    checkWindow(request);
    if (ForceDeleteWithoutRecovery === true) return forceDelete(scope, SecretId);
    const secret = requireSecret(scope, SecretId);
    return { ...identityOf(secret), DeletionDate: schedule(scope, secret, RecoveryWindowInDays) };
  },
});

/** Of a secret that is not to be deleted it changes nothing. */
const restoreSecret = operation<RestoreSecretRequest, RestoreSecretResponse>({
  accepts: ['SecretId'],
  authorize: ({ SecretId }, call) => onSecret(SecretId, call),
  run({ SecretId }, { scope }) {
    const secret = requireSecret(scope, SecretId);
    secret.deletion?.cancel();
    secret.deletion = undefined;
    return identityOf(secret);
  },
});

export const deletionOperations = { DeleteSecret: deleteSecret, RestoreSecret: restoreSecret };
