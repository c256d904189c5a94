/** Asking an HTTP endpoint whether it wants a subscription: https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html */
import type { Scope } from '../../kernel/scope';
import { linksOf, unverifiableSignature } from './envelope';
import { deliverOverHttp } from './http-delivery';
import type { Subscription } from './state';

export function sendConfirmation(scope: Scope, subscription: Subscription): void {
  const { topicArn, token = '', accountUrl } = subscription;
  const messageId = scope.ids.uuid();
  const query = new URLSearchParams({
    Action: 'ConfirmSubscription',
    TopicArn: topicArn,
    Token: token,
    Version: '2010-03-31',
  });
  const message = `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`;
  const body = {
    Type: 'SubscriptionConfirmation',
    MessageId: messageId,
    Token: token,
    TopicArn: topicArn,
    Message: message,
    SubscribeURL: `${accountUrl}/?${query.toString()}`,
    Timestamp: scope.clock.now().toISOString(),
    SignatureVersion: '1',
    Signature: unverifiableSignature([messageId, message, topicArn, token]),
    SigningCertURL: linksOf(subscription).signingCert,
  };
  deliverOverHttp(scope, {
    url: subscription.endpoint,
    headers: {
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': topicArn,
    },
    body: JSON.stringify(body),
    // The subscription stays pending; there is no message that could be lost.
    onFailure: () => undefined,
  });
}
