/** What IAM is asked for load balancers: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html */
import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Authorization, Call } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { elbv2State } from './state';

type Context = Readonly<Record<string, readonly string[]>>;

/** A question about one resource, with its tags and those that the request brings. */
export function onResource(resource: string | undefined, call: Call, tags?: readonly Tag[]): readonly Authorization[] {
  const context = { ...resourceTags(resource ?? '', call), ...(tags ? requestTags(tags) : {}) };
  return [{ action: `elasticloadbalancing:${call.operation}`, resource: resource ?? '*', context }];
}

/** A question about a resource that does not exist yet: `path` ends where AWS would put the id. */
export function onNew(path: string, call: Call, tags: readonly Tag[] | undefined): readonly Authorization[] {
  return onResource(arn(call.scope, 'elasticloadbalancing', `${path}/*`), call, tags ?? []);
}

/** Condition keys for the tag keys that a request names. */
export function namedKeys(questions: readonly Authorization[], keys: readonly string[]): readonly Authorization[] {
  return questions.map((question) => ({ ...question, context: { ...question.context, 'aws:tagkeys': keys } }));
}

function resourceTags(resource: string, { scope }: Call): Context {
  const context: Record<string, readonly string[]> = {};
  for (const [key, value] of elbv2State(scope).tags.get(resource) ?? []) {
    context[`aws:resourcetag/${key.toLowerCase()}`] = [value];
    context[`elasticloadbalancing:resourcetag/${key.toLowerCase()}`] = [value];
  }
  return context;
}

function requestTags(tags: readonly Tag[]): Context {
  const context: Record<string, readonly string[]> = { 'aws:tagkeys': tags.map(({ Key = '' }) => Key) };
  for (const { Key = '', Value = '' } of tags) context[`aws:requesttag/${Key.toLowerCase()}`] = [Value];
  return context;
}
