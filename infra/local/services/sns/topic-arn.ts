import type { Authorization, Call } from '../../kernel/operation';
import { invalidParameter, resourceNotFound } from './errors';
import type { Topic } from './state';
import { snsState, topicByArn } from './state';

/** A topic's ARN, whether or not there is such a topic. Throws `InvalidParameter`. */
export function topicArnOf(arn = ''): string {
  if (!/^arn:[\w-]+:sns:[\w-]*:\d{12}:[\w-]+$/.test(arn)) throw invalidParameter('TopicArn');
  return arn;
}

/** Throws `InvalidParameter` for what is no topic's ARN, `NotFound`. */
export function topicOf({ scope }: Call, arn: string | undefined): Topic {
  return topicByArn(scope, topicArnOf(arn));
}

/** As `topicOf`, for the operations on tags: to them a topic is a resource. Throws `ResourceNotFound`. */
export function taggedTopic({ scope }: Call, arn: string | undefined): Topic {
  const topic = snsState(scope).topics.get(topicArnOf(arn));
  if (!topic) throw resourceNotFound();
  return topic;
}

/** What IAM is asked for an action on a topic. */
export function authorizeTopic(action: string) {
  return ({ TopicArn: arn }: { readonly TopicArn?: string | undefined }): readonly Authorization[] => [
    { action: `sns:${action}`, resource: arn ?? '*' },
  ];
}
