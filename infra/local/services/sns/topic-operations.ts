import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTopicsInput,
  ListTopicsResponse,
  SetTopicAttributesInput,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import type { Authorization } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import { arn } from '../../kernel/scope';
import { invalidParameter } from './errors';
import type { Topic } from './state';
import { snsState } from './state';
import type { Tags } from './topics';
import { createTopic, deleteTopic, setTopicAttribute, settingTexts, tagTopic } from './topics';
import { authorizeTopic, taggedTopic, topicArnOf, topicOf } from './topic-arn';

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
const PAGE_SIZE = 100;

function tagsOf(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value]));
}

const createTopicOperation = operation<CreateTopicInput, CreateTopicResponse>({
  accepts: ['Name', 'Attributes', 'Tags'],
  authorize: ({ Name: name = '', Tags: tags }, { scope }) => {
    const resource = arn(scope, 'sns', name);
    const actions = ['sns:CreateTopic', ...(tags?.length ? ['sns:TagResource'] : [])];
    return actions.map((action) => ({ action, resource }));
  },
  run({ Name: name = '', Attributes: attributes, Tags: tags }, { scope }) {
    return { TopicArn: createTopic(scope, { name, attributes: attributes ?? {}, tags: tagsOf(tags) }).arn };
  },
});

const deleteTopicOperation = operation<DeleteTopicInput, undefined>({
  accepts: ['TopicArn'],
  authorize: authorizeTopic('DeleteTopic'),
  run({ TopicArn: topicArn }, { scope }) {
    deleteTopic(scope, topicArnOf(topicArn));
    return undefined;
  },
});

/** What SNS does for HTTP endpoints unless it is told otherwise; telling otherwise is not simulated. */
const DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      ...{ minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, numMaxDelayRetries: 0, numNoDelayRetries: 0 },
      ...{ numMinDelayRetries: 0, backoffFunction: 'linear' },
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

function describeTopic(topic: Topic, owner: string): Record<string, string> {
  const pending = [...topic.subscriptions.values()].filter(({ token }) => token !== undefined).length;
  return {
    TopicArn: topic.arn,
    Owner: owner,
    SubscriptionsConfirmed: String(topic.subscriptions.size - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: String(topic.subscriptionsDeleted),
    EffectiveDeliveryPolicy: DELIVERY_POLICY,
    ...settingTexts(topic.settings),
  };
}

const getTopicAttributes = operation<GetTopicAttributesInput, GetTopicAttributesResponse>({
  accepts: ['TopicArn'],
  authorize: authorizeTopic('GetTopicAttributes'),
  run: ({ TopicArn: topicArn }, call) => ({
    Attributes: describeTopic(topicOf(call, topicArn), call.scope.account),
  }),
});

const setTopicAttributes = operation<SetTopicAttributesInput, undefined>({
  accepts: ['TopicArn', 'AttributeName', 'AttributeValue'],
  authorize: authorizeTopic('SetTopicAttributes'),
  run({ TopicArn: topicArn, AttributeName: name = '', AttributeValue: text = '' }, call) {
    setTopicAttribute(topicOf(call, topicArn), name, text);
    return undefined;
  },
});

const listTopics = operation<ListTopicsInput, ListTopicsResponse>({
  accepts: ['NextToken'],
  run({ NextToken: token }, { scope }) {
    const arns = [...snsState(scope).topics.keys()].sort();
    const found = page(arns, { token, size: PAGE_SIZE, invalidToken: invalidParameter('NextToken') });
    return { Topics: found.items.map((TopicArn) => ({ TopicArn })), NextToken: found.token };
  },
});

function authorizeResource(action: string) {
  return ({ ResourceArn: resource }: { readonly ResourceArn: string | undefined }): readonly Authorization[] => [
    { action: `sns:${action}`, resource: resource ?? '*' },
  ];
}

const tagResource = operation<TagResourceRequest, undefined>({
  accepts: ['ResourceArn', 'Tags'],
  authorize: authorizeResource('TagResource'),
  run({ ResourceArn: topicArn, Tags: tags }, call) {
    tagTopic(taggedTopic(call, topicArn), tagsOf(tags));
    return undefined;
  },
});

const untagResource = operation<UntagResourceRequest, undefined>({
  accepts: ['ResourceArn', 'TagKeys'],
  authorize: authorizeResource('UntagResource'),
  run({ ResourceArn: topicArn, TagKeys: keys }, call) {
    const topic = taggedTopic(call, topicArn);
    for (const key of keys ?? []) topic.tags.delete(key);
    return undefined;
  },
});

const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  accepts: ['ResourceArn'],
  authorize: authorizeResource('ListTagsForResource'),
  run: ({ ResourceArn: topicArn }, call) => ({
    Tags: [...taggedTopic(call, topicArn).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});

export const topicOperations = {
  CreateTopic: createTopicOperation,
  DeleteTopic: deleteTopicOperation,
  GetTopicAttributes: getTopicAttributes,
  ListTagsForResource: listTagsForResource,
  ListTopics: listTopics,
  SetTopicAttributes: setTopicAttributes,
  TagResource: tagResource,
  UntagResource: untagResource,
};
