import type { Authorization, Call } from '../../kernel/operation';
import { invalidParameter } from './errors';
import type { Topic } from './state';
import { topicByArn } from './state';

/** Throws `InvalidParameter` for what is no topic's ARN, `NotFound`. */
export function topicOf({ scope }: Call, arn: string | undefined): Topic {
  if (!/^arn:[\w-]+:sns:[\w-]*:\d{12}:[\w-]+$/.test(arn ?? '')) throw invalidParameter('TopicArn');
  return topicByArn(scope, arn ?? '');
}

/** What IAM is asked for an action on a topic. */
export function authorizeTopic(action: string) {
  return ({ TopicArn: arn }: { readonly TopicArn?: string | undefined }): readonly Authorization[] => [
    { action: `sns:${action}`, resource: arn ?? '*' },
  ];
}
