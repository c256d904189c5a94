import type {
  CreateSecretRequest,
  CreateSecretResponse,
  DescribeSecretRequest,
  DescribeSecretResponse,
  UpdateSecretRequest,
  UpdateSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onNewSecret, onSecret } from './access';
import type { Secret } from './secret';
import { identityOf, newSuffix, requireActive, requireSecret, secretArn, secrets } from './secret';
import { exists, invalidRequest, outOfBounds } from './secrets-error';
import { tagList, withTags } from './tags';
import { addVersion, valueOf, versionIdOf } from './version';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const NAME = /^[\w/+=.@!-]+$/;
const MAX_NAME = 512;
const MAX_DESCRIPTION = 2_048;

function checkName(name: string): void {
  if (name.length > MAX_NAME) throw outOfBounds('name', `Member must have length less than or equal to ${MAX_NAME}`);
  if (NAME.test(name)) return;
  throw outOfBounds('name', 'Member must be made of letters, numbers and any of -/_+=.@!');
}

function checkDescription(description = ''): void {
  if (description.length <= MAX_DESCRIPTION) return;
  throw outOfBounds('description', `Member must have length less than or equal to ${MAX_DESCRIPTION}`);
}

/** The secret of that name, if the same request has made it before; anything else of that name is in the way. */
function madeBefore(scope: Scope, request: CreateSecretRequest): Secret | undefined {
  const name = request.Name ?? '';
  const present = secrets(scope).byName.get(name);
  if (present?.deletion) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const value = valueOf(request);
  const token = request.ClientRequestToken;
  if (!present || (value && token !== undefined && present.versions.has(token))) return present;
  throw exists(`The operation failed because the secret ${name} already exists.`);
}

function newSecret(scope: Scope, { Name = '', Description, Tags }: CreateSecretRequest): Secret {
  const state = secrets(scope);
  const now = scope.clock.now();
  const secret: Secret = {
    serial: ++state.serial,
    name: Name,
    arn: secretArn(scope, Name, newSuffix(scope)),
    description: Description,
    tags: withTags(new Map(), Tags),
    ...{ createdAt: now, changedAt: now, accessedAt: undefined, versions: new Map(), deletion: undefined },
  };
  state.byName.set(Name, secret);
  return secret;
}

const createSecret = operation<CreateSecretRequest, CreateSecretResponse>({
  accepts: ['Name', 'ClientRequestToken', 'Description', 'SecretString', 'SecretBinary', 'Tags'],
  authorize: ({ Name = '', Tags }, call) => onNewSecret(Name, Tags, call),
  run(request, { scope }) {
    checkName(request.Name ?? '');
    checkDescription(request.Description);
    const value = valueOf(request);
    const id = versionIdOf(scope, request);
    const secret = madeBefore(scope, request) ?? newSecret(scope, request);
    if (!value) return identityOf(secret);
    return { ...identityOf(secret), VersionId: addVersion(scope, secret, { id, value }).id };
  },
});

const updateSecret = operation<UpdateSecretRequest, UpdateSecretResponse>({
  accepts: ['SecretId', 'ClientRequestToken', 'Description', 'SecretString', 'SecretBinary'],
  authorize: ({ SecretId }, call) => onSecret(SecretId, call),
  run(request, { scope }) {
    const secret = requireActive(scope, request.SecretId);
    checkDescription(request.Description);
    const value = valueOf(request);
    const id = versionIdOf(scope, request);
    const added = value && addVersion(scope, secret, { id, value });
    secret.description = request.Description ?? secret.description;
    secret.changedAt = scope.clock.now();
    return { ...identityOf(secret), VersionId: added?.id };
  },
});

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Reads of values are noted by the day. */
function dayOf(date: Date | undefined): Date | undefined {
  return date && new Date(Math.floor(date.getTime() / DAY_MS) * DAY_MS);
}

/** What descriptions and lists share. */
export function metadataOf(secret: Secret) {
  const { description, createdAt, changedAt, accessedAt, deletion, tags } = secret;
  return {
    ...identityOf(secret),
    Description: description,
    CreatedDate: createdAt,
    LastChangedDate: changedAt,
    LastAccessedDate: dayOf(accessedAt),
    DeletedDate: deletion?.at,
    Tags: tagList(tags),
  };
}

/** Versions that have labels, with them. */
export function stagesOf({ versions }: Secret): Record<string, string[]> {
  const labelled = [...versions.values()].filter(({ stages }) => stages.size > 0);
  return Object.fromEntries(labelled.map(({ id, stages }) => [id, [...stages]]));
}

const describeSecret = operation<DescribeSecretRequest, DescribeSecretResponse>({
  accepts: ['SecretId'],
  authorize: ({ SecretId }, call) => onSecret(SecretId, call),
  run({ SecretId }, { scope }) {
    const secret = requireSecret(scope, SecretId);
    return { ...metadataOf(secret), VersionIdsToStages: stagesOf(secret) };
  },
});

export const secretOperations = {
  CreateSecret: createSecret,
  DescribeSecret: describeSecret,
  UpdateSecret: updateSecret,
};
