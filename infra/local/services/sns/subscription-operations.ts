import type {
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  SetSubscriptionAttributesInput,
  SubscribeInput,
  SubscribeResponse,
  Subscription as ApiSubscription,
  UnsubscribeInput,
} from '@aws-sdk/client-sns';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import { invalidParameter } from './errors';
import type { Subscription } from './state';
import { snsState, subscriptionByArn } from './state';
import { subscriptionSettingTexts } from './subscription-attributes';
import { confirmSubscription, setSubscriptionAttribute, subscribe, unsubscribe } from './subscriptions';
import { authorizeTopic, topicOf } from './topic-arn';

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
const PAGE_SIZE = 100;

const subscribeOperation = operation<SubscribeInput, SubscribeResponse>({
  accepts: ['TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn'],
  authorize: authorizeTopic('Subscribe'),
  run(input, call) {
    const subscription = subscribe(call.scope, {
      topicArn: topicOf(call, input.TopicArn).arn,
      protocol: input.Protocol ?? '',
      endpoint: input.Endpoint ?? '',
      attributes: input.Attributes,
      accountUrl: call.endpoint,
    });
    const isShown = subscription.token === undefined || input.ReturnSubscriptionArn === true;
    return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
  },
});

const confirmSubscriptionOperation = operation<ConfirmSubscriptionInput, ConfirmSubscriptionResponse>({
  accepts: ['TopicArn', 'Token'],
  authorize: authorizeTopic('ConfirmSubscription'),
  run({ TopicArn: topicArn, Token: token = '' }, call) {
    return { SubscriptionArn: confirmSubscription(call.scope, topicOf(call, topicArn).arn, token).arn };
  },
});

const unsubscribeOperation = operation<UnsubscribeInput, undefined>({
  accepts: ['SubscriptionArn'],
  run({ SubscriptionArn: subscriptionArn = '' }, { scope }) {
    unsubscribe(scope, subscriptionArn);
    return undefined;
  },
});

function describe(subscription: Subscription, { scope }: Call): ApiSubscription {
  const isPending = subscription.token !== undefined;
  return {
    SubscriptionArn: isPending ? 'PendingConfirmation' : subscription.arn,
    Owner: scope.account,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    TopicArn: subscription.topicArn,
  };
}

function pageOf(
  subscriptions: readonly Subscription[],
  token: string | undefined,
  call: Call,
): ListSubscriptionsResponse {
  const sorted = [...subscriptions].sort((left, right) => (left.arn < right.arn ? -1 : 1));
  const found = page(sorted, { token, size: PAGE_SIZE, invalidToken: invalidParameter('NextToken') });
  return { Subscriptions: found.items.map((one) => describe(one, call)), NextToken: found.token };
}

const listSubscriptions = operation<ListSubscriptionsInput, ListSubscriptionsResponse>({
  accepts: ['NextToken'],
  run({ NextToken: token }, call) {
    const topics = [...snsState(call.scope).topics.values()];
    return pageOf(
      topics.flatMap(({ subscriptions }) => [...subscriptions.values()]),
      token,
      call,
    );
  },
});

const listSubscriptionsByTopic = operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse>({
  accepts: ['TopicArn', 'NextToken'],
  authorize: authorizeTopic('ListSubscriptionsByTopic'),
  run({ TopicArn: topicArn, NextToken: token }, call) {
    return pageOf([...topicOf(call, topicArn).subscriptions.values()], token, call);
  },
});

const getSubscriptionAttributes = operation<GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse>({
  accepts: ['SubscriptionArn'],
  run({ SubscriptionArn: subscriptionArn = '' }, { scope }) {
    const subscription = subscriptionByArn(scope, subscriptionArn);
    const isPending = subscription.token !== undefined;
    return {
      Attributes: {
        SubscriptionArn: subscription.arn,
        TopicArn: subscription.topicArn,
        Owner: scope.account,
        Protocol: subscription.protocol,
        Endpoint: subscription.endpoint,
        PendingConfirmation: String(isPending),
        ConfirmationWasAuthenticated: String(!isPending && subscription.protocol !== 'http'),
        ...subscriptionSettingTexts(subscription.settings),
      },
    };
  },
});

const setSubscriptionAttributes = operation<SetSubscriptionAttributesInput, undefined>({
  accepts: ['SubscriptionArn', 'AttributeName', 'AttributeValue'],
  run({ SubscriptionArn: subscriptionArn = '', AttributeName: name = '', AttributeValue: text = '' }, { scope }) {
    setSubscriptionAttribute(subscriptionByArn(scope, subscriptionArn), name, text);
    return undefined;
  },
});

export const subscriptionOperations = {
  ConfirmSubscription: confirmSubscriptionOperation,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  Subscribe: subscribeOperation,
  Unsubscribe: unsubscribeOperation,
};
