/** What IAM is asked for Cloud Map: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html */
import type { Tag } from '@aws-sdk/client-servicediscovery';
import type { Authorization, Call } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { cloudMap } from './state';

/** A question about the service with this id or ARN, whether it exists or not. */
export function onService(idOrArn: string | undefined, call: Call): readonly Authorization[] {
  return onResource(arnOf('service', idOrArn, call), call);
}

/** A question about the namespace with this id or ARN, whether it exists or not. */
export function onNamespace(idOrArn: string | undefined, call: Call): readonly Authorization[] {
  return onResource(arnOf('namespace', idOrArn, call), call);
}

/** A question about any resource, with its tags. */
function onResource(resource: string, call: Call): readonly Authorization[] {
  const tags = [...(cloudMap(call.scope).tags.get(resource) ?? [])];
  const context: Record<string, readonly string[]> = Object.fromEntries(
    tags.map(([key, value]) => [`aws:resourcetag/${key.toLowerCase()}`, [value]]),
  );
  if (resource.includes(':service/')) context['servicediscovery:servicearn'] = [resource];
  return [{ action: `servicediscovery:${call.operation}`, resource, context }];
}

/** Condition keys for the tags that a request brings. */
export function requestTags(tags: readonly Tag[] = []): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, readonly string[]> = { 'aws:tagkeys': tags.map(({ Key = '' }) => Key) };
  for (const { Key = '', Value = '' } of tags) context[`aws:requesttag/${Key.toLowerCase()}`] = [Value];
  return context;
}

function arnOf(kind: 'service' | 'namespace', idOrArn: string | undefined, { scope }: Call): string {
  const id = idOrArn ?? '';
  return id.startsWith('arn:') ? id : arn(scope, 'servicediscovery', `${kind}/${id}`);
}

/**
 * Cloud Map's tag operations know no resource-level permissions, whatever resource they are about:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html#awscloudmap-actions-as-permissions
 */
export function onEverything(call: Call, context: Authorization['context'] = {}): readonly Authorization[] {
  return [{ action: `servicediscovery:${call.operation}`, resource: '*', context }];
}
