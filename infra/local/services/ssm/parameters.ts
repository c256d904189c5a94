/** Parameter Store: names, versions and values, and the event that every change makes. */
import { hash } from 'node:crypto';
import { ApiError } from '../../kernel/api-error';
import { publish } from '../../kernel/events';
import { arn, defineStore, type Scope } from '../../kernel/scope';
import { isPublic, publicParameterArn, publicParameters } from './public-parameters';

/** Sizes in bytes by tier: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MAX_VALUE = { Standard: 4096, Advanced: 8192 } as const;
export type Tier = keyof typeof MAX_VALUE;
export const parameterTypes = ['String', 'StringList', 'SecureString'] as const;
export type ParameterType = (typeof parameterTypes)[number];

export interface StoredParameter {
  readonly name: string;
  readonly arn: string;
  readonly type: ParameterType;
  readonly tier: Tier;
  readonly value: string;
  readonly description: string | undefined;
  readonly version: number;
  readonly modifiedAt: Date;
}

const parameters = defineStore(() => new Map<string, StoredParameter>());

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
const NAME = /^\/?[a-zA-Z0-9_.-]+(\/[a-zA-Z0-9_.-]+)*$/;
const RESERVED = /^\/?(aws|ssm)/i;
const MAX_LEVELS = 15;
const MAX_DESCRIPTION = 1_024;
/** Characters of the whole ARN's name part, by the same page. */
const MAX_NAME = 1_011;

function checkName(name: string): void {
  if (name.length > MAX_NAME) {
    throw new ApiError('ValidationException', `Parameter name must be at most ${String(MAX_NAME)} characters long.`);
  }
  if (!NAME.test(name)) {
    const message = `Parameter name must be a fully qualified name or made of a-zA-Z0-9_.-/: ${name}`;
    throw new ApiError('ValidationException', message);
  }
  if (RESERVED.test(name)) {
    throw new ApiError(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  if (name.split('/').length - 1 > MAX_LEVELS) {
    throw new ApiError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have at most ${String(MAX_LEVELS)} levels.`,
    );
  }
}

export const parameterArn = (scope: Scope, name: string): string =>
  isPublic(name)
    ? publicParameterArn(scope, name)
    : arn(scope, 'ssm', name.startsWith('/') ? `parameter${name}` : `parameter/${name}`);

function announce(
  scope: Scope,
  name: string,
  change: { operation: 'Create' | 'Update' | 'Delete'; type: ParameterType },
): void {
  publish(scope, {
    source: 'aws.ssm',
    detailType: 'Parameter Store Change',
    resources: [parameterArn(scope, name)],
    detail: { name, type: change.type, operation: change.operation },
  });
}

export interface NewParameter {
  readonly name: string;
  readonly value: string;
  readonly type: ParameterType | undefined;
  readonly tier: Tier | undefined;
  readonly description: string | undefined;
  readonly overwrite: boolean;
  /** Alias, id or ARN; what encrypts a SecureString. */
  readonly keyId?: string | undefined;
}

/** What is kept from an earlier version where the request says nothing. */
function settled(wanted: NewParameter, before: StoredParameter | undefined): { type: ParameterType; tier: Tier } {
  const type = wanted.type ?? before?.type;
  if (!type) throw new ApiError('ValidationException', 'A parameter type is required when you create a parameter.');
  return { type, tier: wanted.tier ?? before?.tier ?? 'Standard' };
}

/** @throws ApiError for a bad name, a value too large for its tier, or a parameter that exists already */
export function putParameter(scope: Scope, wanted: NewParameter): StoredParameter {
  const { name, value, description, overwrite } = wanted;
  checkName(name);
  checkDescription(description);
  const before = parameters(scope).get(name);
  if (before && !overwrite) {
    const message =
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
    throw new ApiError('ParameterAlreadyExists', message);
  }
  const { type, tier } = settled(wanted, before);
  checkKey(type, wanted.keyId);
  checkValue(value, tier);
  const version = (before?.version ?? 0) + 1;
  const modifiedAt = scope.clock.now();
  const stored = { name, arn: parameterArn(scope, name), type, tier, value, description, version, modifiedAt };
  parameters(scope).set(name, stored);
  announce(scope, name, { operation: before ? 'Update' : 'Create', type });
  return stored;
}

/** The key of AWS's own: the account has no other. */
export const SSM_KEY = 'alias/aws/ssm';

function checkKey(type: ParameterType, keyId: string | undefined): void {
  if (keyId === undefined) return;
  if (type !== 'SecureString') {
    throw new ApiError('ValidationException', 'KeyId is required for SecureString type parameter only.');
  }
  if (keyId === SSM_KEY) return;
  throw new ApiError('InvalidKeyId', `Alias or key ${keyId} is not found: the local account has ${SSM_KEY} alone.`);
}

/** What readers see who do not ask for decryption: something that tells nothing of the value, the same each time. */
export function shownValue({ type, arn: resource, version, value }: StoredParameter): string {
  if (type !== 'SecureString') return value;
  return Buffer.from(hash('sha512', `${resource}#${String(version)}#${value}`), 'hex').toString('base64');
}

function checkDescription(description = ''): void {
  if (description.length <= MAX_DESCRIPTION) return;
  const message =
    "1 validation error detected: Value at 'description' failed to satisfy constraint: " +
    `Member must have length less than or equal to ${String(MAX_DESCRIPTION)}`;
  throw new ApiError('ValidationException', message);
}

function checkValue(value: string, tier: Tier): void {
  if (value === '')
    throw new ApiError(
      'ValidationException',
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  if (Buffer.byteLength(value) > MAX_VALUE[tier]) {
    const message = `${tier} tier parameters support a maximum parameter value of ${String(MAX_VALUE[tier])} characters.`;
    throw new ApiError('ValidationException', message);
  }
  if (/\{\{.*\}\}/.test(value))
    throw new ApiError('ValidationException', "Parameter value can't nest another parameter.");
}

export function parameterNamed(scope: Scope, name: string): StoredParameter | undefined {
  return parameters(scope).get(name) ?? publicParameters(scope).find((one) => one.name === name);
}

/** Parameters under a path, in name order. */
export function parametersUnder(scope: Scope, path: string, recursive: boolean): readonly StoredParameter[] {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const all = isPublic(prefix) ? publicParameters(scope) : allParameters(scope);
  return all
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => recursive || !name.slice(prefix.length).includes('/'));
}

/** The account's own, as `DescribeParameters` shows them. */
export function allParameters(scope: Scope): readonly StoredParameter[] {
  return [...parameters(scope).values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** False if there was none. */
export function deleteParameter(scope: Scope, name: string): boolean {
  const before = parameters(scope).get(name);
  if (!before) return false;
  parameters(scope).delete(name);
  announce(scope, name, { operation: 'Delete', type: before.type });
  return true;
}
