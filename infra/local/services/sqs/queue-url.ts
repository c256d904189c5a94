import type { Authorization, Call } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { invalidParameterValue, queueDoesNotExist } from './errors';
import { queueNamed } from './queues';
import type { Queue } from './state';

/** The address that clients name a queue by. */
export function queueUrl({ endpoint, scope }: Call, name: string): string {
  return `${endpoint}/${scope.account}/${name}`;
}

interface QueueName {
  readonly account: string;
  readonly name: string;
}

function parseQueueUrl(url: string): QueueName {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const [, account, name] = /^\/?(\d{12})\/([^/]+)$/.exec(path) ?? [];
  if (account === undefined || name === undefined)
    throw invalidParameterValue(`The address ${url} is not valid for this endpoint.`);
  return { account, name };
}

/** Throws `QueueDoesNotExist`; queues of other accounts cannot be reached. */
export function queueOf({ scope }: Call, url: string | undefined): Queue {
  const { account, name } = parseQueueUrl(url ?? '');
  if (account !== scope.account) throw queueDoesNotExist();
  return queueNamed(scope, name);
}

/** What IAM is asked for an action on the queue of this URL, whether it exists or not. */
export function authorizeQueue(action: string) {
  return ({ QueueUrl: url }: { readonly QueueUrl?: string | undefined }, { scope }: Call): readonly Authorization[] => [
    { action: `sqs:${action}`, resource: arn(scope, 'sqs', parseQueueUrl(url ?? '').name) },
  ];
}
