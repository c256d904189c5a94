import type {
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from '@aws-sdk/client-secrets-manager';
import { operation } from '../../kernel/operation';
import { onSecret } from './access';
import type { Secret, SecretVersion } from './secret';
import { identityOf, requireActive } from './secret';
import { invalidRequest, valueNotFound } from './secrets-error';
import { addVersion, checkStages, CURRENT, holderOf, requireValue, valueOf, versionIdOf } from './version';

/** By id, by label, or by both if they mean the same; the current one if nothing is said. */
function versionFor(secret: Secret, { VersionId, VersionStage }: GetSecretValueRequest): SecretVersion {
  if (VersionId === undefined) {
    const stage = VersionStage ?? CURRENT;
    const held = holderOf(secret, stage);
    if (held) return held;
    throw valueNotFound(`staging label: ${stage}`);
  }
  const version = secret.versions.get(VersionId);
  if (!version) throw valueNotFound(`VersionId: ${VersionId}`);
  if (VersionStage === undefined || version.stages.has(VersionStage)) return version;
  throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
}

const getSecretValue = operation<GetSecretValueRequest, GetSecretValueResponse>({
  accepts: ['SecretId', 'VersionId', 'VersionStage'],
  authorize: ({ SecretId, VersionId, VersionStage }, call) =>
    onSecret(SecretId, call, {
      ...(VersionId !== undefined && { 'secretsmanager:versionid': [VersionId] }),
      ...(VersionStage !== undefined && { 'secretsmanager:versionstage': [VersionStage] }),
    }),
  run(request, { scope }) {
    const secret = requireActive(scope, request.SecretId);
    const { id, value, createdAt, stages } = versionFor(secret, request);
    secret.accessedAt = scope.clock.now();
    return {
      ...identityOf(secret),
      ...{ VersionId: id, SecretString: value.string, SecretBinary: value.binary },
      ...{ VersionStages: [...stages], CreatedDate: createdAt },
    };
  },
});

const putSecretValue = operation<PutSecretValueRequest, PutSecretValueResponse>({
  accepts: ['SecretId', 'ClientRequestToken', 'SecretString', 'SecretBinary', 'VersionStages'],
  authorize: ({ SecretId }, call) => onSecret(SecretId, call),
  run(request, { scope }) {
    const secret = requireActive(scope, request.SecretId);
    const value = requireValue(valueOf(request));
    checkStages(request.VersionStages);
    const id = versionIdOf(scope, request);
    const version = addVersion(scope, secret, { id, value, stages: request.VersionStages });
    return { ...identityOf(secret), VersionId: version.id, VersionStages: [...version.stages] };
  },
});

export const valueOperations = { GetSecretValue: getSecretValue, PutSecretValue: putSecretValue };
