/** Versions of a secret and their staging labels: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version */
import type { Scope } from '../../kernel/scope';
import type { Secret, SecretValue, SecretVersion } from './secret';
import { exists, invalidParameter, invalidRequest, outOfBounds } from './secrets-error';

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html, as the next three */
const MAX_BYTES = 65_536;
const TOKEN = { min: 32, max: 64 };
const MAX_STAGES = 20;
const MAX_STAGE_CHARACTERS = 256;

interface ValueRequest {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly ClientRequestToken?: string | undefined;
}

/** Undefined if the request brings none. */
export function valueOf({ SecretString: string, SecretBinary: binary }: ValueRequest): SecretValue | undefined {
  if (string !== undefined && binary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (string !== undefined) checkBytes('secretString', Buffer.byteLength(string));
  if (binary !== undefined) checkBytes('secretBinary', binary.byteLength);
  return string === undefined && binary === undefined ? undefined : { string, binary };
}

function checkBytes(member: string, bytes: number): void {
  if (bytes > MAX_BYTES) throw outOfBounds(member, `Member must have length less than or equal to ${MAX_BYTES}`);
  if (bytes === 0) throw outOfBounds(member, 'Member must have length greater than or equal to 1');
}

/** The id that the version of this request has: the caller's token, or one of ours where no SDK filled it in. */
export function versionIdOf(scope: Scope, { ClientRequestToken: token }: ValueRequest): string {
  if (token === undefined) return scope.ids.uuid();
  if (token.length >= TOKEN.min && token.length <= TOKEN.max) return token;
  throw invalidParameter(`ClientRequestToken must be ${TOKEN.min}-${TOKEN.max} characters long.`);
}

export function checkStages(stages: readonly string[] | undefined): void {
  if (stages === undefined) return;
  if (stages.length === 0 || stages.length > MAX_STAGES) {
    throw outOfBounds('versionStages', `Member must have between 1 and ${MAX_STAGES} items`);
  }
  if (stages.every(({ length }) => length > 0 && length <= MAX_STAGE_CHARACTERS)) return;
  throw outOfBounds('versionStages', `Member must have length between 1 and ${MAX_STAGE_CHARACTERS}`);
}

interface Addition {
  readonly id: string;
  readonly value: SecretValue;
  readonly stages?: readonly string[] | undefined;
}

/** A new version with these labels. The same once more changes nothing; another value under an id is refused. */
export function addVersion(scope: Scope, secret: Secret, { id, value, stages = [CURRENT] }: Addition): SecretVersion {
  const present = secret.versions.get(id);
  if (present && isSame(present.value, value)) return present;
  if (present) throw exists("You can't modify an existing version, you can only create a new version");
  const isFirst = secret.versions.size === 0;
  const version: SecretVersion = { id, value, createdAt: scope.clock.now(), stages: new Set() };
  secret.versions.set(id, version);
  for (const stage of isFirst ? new Set([...stages, CURRENT]) : stages) moveStage(secret, stage, version);
  secret.changedAt = version.createdAt;
  return version;
}

function isSame(one: SecretValue, other: SecretValue): boolean {
  if (one.string !== undefined || other.string !== undefined) return one.string === other.string;
  return Buffer.from(one.binary ?? []).equals(other.binary ?? new Uint8Array());
}

/** A label is on one version at a time; what loses AWSCURRENT becomes AWSPREVIOUS. */
function moveStage(secret: Secret, stage: string, to: SecretVersion): void {
  const from = holderOf(secret, stage);
  from?.stages.delete(stage);
  to.stages.add(stage);
  if (stage === CURRENT && from) moveStage(secret, PREVIOUS, from);
}

export function holderOf({ versions }: Secret, stage: string): SecretVersion | undefined {
  return [...versions.values()].find(({ stages }) => stages.has(stage));
}

export function requireValue(value: SecretValue | undefined): SecretValue {
  if (value) return value;
  throw invalidRequest('You must provide either SecretString or SecretBinary.');
}
