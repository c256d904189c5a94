/** Secrets by name: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
import type { Cancel } from '../../kernel/clock';
import { arn, defineStore, type Scope } from '../../kernel/scope';
import { invalidRequest, notFound } from './secrets-error';

/** One of the two. */
export interface SecretValue {
  readonly string: string | undefined;
  readonly binary: Uint8Array | undefined;
}

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly createdAt: Date;
  /** `AWSCURRENT`, `AWSPREVIOUS` and whatever callers give; a version without any is deprecated. */
  readonly stages: Set<string>;
}

export interface Secret {
  /** In the order of making. */
  readonly serial: number;
  readonly name: string;
  /** Ends with a hyphen and six random characters. */
  readonly arn: string;
  readonly createdAt: Date;
  description: string | undefined;
  changedAt: Date;
  accessedAt: Date | undefined;
  readonly tags: Map<string, string>;
  /** By id, oldest first. */
  readonly versions: Map<string, SecretVersion>;
  deletion: { readonly at: Date; readonly cancel: Cancel } | undefined;
}

interface Secrets {
  readonly byName: Map<string, Secret>;
  serial: number;
}

export const secrets = defineStore<Secrets>(() => ({ byName: new Map(), serial: 0 }));

const SUFFIX_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const SUFFIX_LENGTH = 6;

export function secretArn(scope: Scope, name: string, suffix: string): string {
  return arn(scope, 'secretsmanager', `secret:${name}-${suffix}`);
}

/** The random end of a secret's ARN. */
export function newSuffix({ ids }: Scope): string {
  const numbers = Array.from({ length: SUFFIX_LENGTH }, () => Number.parseInt(ids.hex(4), 16));
  return numbers.map((number) => SUFFIX_CHARACTERS[number % SUFFIX_CHARACTERS.length]).join('');
}

/**
 * By name, ARN, or ARN without its random end:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function findSecret(scope: Scope, id: string): Secret | undefined {
  const { byName } = secrets(scope);
  if (!id.startsWith('arn:')) return byName.get(id);
  const all = [...byName.values()];
  return all.find((each) => each.arn === id) ?? all.find((each) => each.arn.slice(0, -1 - SUFFIX_LENGTH) === id);
}

/** The secret, those that wait for their deletion included. */
export function requireSecret(scope: Scope, id = ''): Secret {
  const found = findSecret(scope, id);
  if (!found) throw notFound();
  return found;
}

export function requireActive(scope: Scope, id = ''): Secret {
  const found = requireSecret(scope, id);
  if (!found.deletion) return found;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

export function identityOf({ arn: ARN, name: Name }: Secret) {
  return { ARN, Name };
}
