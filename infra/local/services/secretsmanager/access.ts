/** What IAM is asked: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
import type { Tag } from '@aws-sdk/client-secrets-manager';
import type { Authorization, Call } from '../../kernel/operation';
import { findSecret, secretArn } from './secret';

/** Stands for the random end of an ARN that is not known, as `??????` does in policies. */
const ANY_SUFFIX = '??????';

/** A question about the secret with this name or ARN, whether it exists or not. */
export function onSecret(id: string | undefined, call: Call, context: Authorization['context'] = {}): Authorization[] {
  const found = findSecret(call.scope, id ?? '');
  const resource = found?.arn ?? arnOf(id ?? '', call);
  const own: Record<string, readonly string[]> = { 'secretsmanager:secretid': [resource] };
  for (const [key, value] of found?.tags ?? []) {
    own[`aws:resourcetag/${key.toLowerCase()}`] = [value];
    own[`secretsmanager:resourcetag/${key.toLowerCase()}`] = [value];
  }
  return [{ action: `secretsmanager:${call.operation}`, resource, context: { ...own, ...context } }];
}

/** A question about a secret to be made. */
export function onNewSecret(name: string, tags: readonly Tag[] | undefined, call: Call): Authorization[] {
  const context = { 'secretsmanager:name': [name], ...requestTags(tags) };
  return [{ action: 'secretsmanager:CreateSecret', resource: arnOf(name, call), context }];
}

function arnOf(id: string, { scope }: Call): string {
  return id.startsWith('arn:') ? id : secretArn(scope, id, ANY_SUFFIX);
}

/** Condition keys for the tags that a request brings. */
export function requestTags(tags: readonly Tag[] = []): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, readonly string[]> = { 'aws:tagkeys': tags.map(({ Key = '' }) => Key) };
  for (const { Key = '', Value = '' } of tags) context[`aws:requesttag/${Key.toLowerCase()}`] = [Value];
  return context;
}
