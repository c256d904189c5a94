import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { invokeAsynchronously } from '../lambda/invoke-asynchronously';
import type { DeliveryFailure } from '../sqs/send-from-service';
import { sendFromService } from '../sqs/send-from-service';
import type { Notification } from './envelope';
import { lambdaPayload, notificationEnvelope } from './envelope';
import { deliverOverHttp } from './http-delivery';
import type { Protocol, Subscription } from './state';

const SERVICE = 'sns.amazonaws.com';
/** https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
const MAX_RAW_ATTRIBUTES = 10;

type Deliver = (scope: Scope, subscription: Subscription, notification: Notification) => void;

const deliveries: Readonly<Record<Protocol, Deliver>> = {
  sqs: deliverToQueue,
  lambda: deliverToFunction,
  http: deliverToUrl,
};

/** Brings one message to one subscription; what cannot be brought goes to the subscription's dead-letter queue. */
export function deliver(scope: Scope, subscription: Subscription, notification: Notification): void {
  deliveries[subscription.protocol](scope, subscription, notification);
}

function bodyOf(subscription: Subscription, notification: Notification): string {
  if (subscription.settings.rawMessageDelivery) return notification.message;
  return JSON.stringify(notificationEnvelope(subscription, notification));
}

function deliverToQueue(scope: Scope, subscription: Subscription, notification: Notification): void {
  const { rawMessageDelivery } = subscription.settings;
  const tooMany = rawMessageDelivery && Object.keys(notification.attributes).length > MAX_RAW_ATTRIBUTES;
  const failure = tooMany
    ? { code: 'INVALID_PARAMETER', message: `A raw message can have at most ${MAX_RAW_ATTRIBUTES} attributes.` }
    : sendFromService(scope, {
        queueArn: subscription.endpoint,
        service: SERVICE,
        sourceArn: subscription.topicArn,
        body: bodyOf(subscription, notification),
        attributes: rawMessageDelivery ? notification.attributes : {},
      });
  if (failure) bury(scope, subscription, { notification, failure });
}

function deliverToUrl(scope: Scope, subscription: Subscription, notification: Notification): void {
  deliverOverHttp(scope, {
    url: subscription.endpoint,
    headers: {
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': notification.messageId,
      'x-amz-sns-topic-arn': subscription.topicArn,
      'x-amz-sns-subscription-arn': subscription.arn,
      ...(subscription.settings.rawMessageDelivery && { 'x-amz-sns-rawdelivery': 'true' }),
    },
    body: bodyOf(subscription, notification),
    onFailure: (failure) => {
      bury(scope, subscription, { notification, failure });
    },
  });
}

/** Lambda takes the message over; what the function makes of it is its own business. */
function deliverToFunction(scope: Scope, subscription: Subscription, notification: Notification): void {
  try {
    invokeAsynchronously(scope, subscription.endpoint, JSON.stringify(lambdaPayload(subscription, notification)));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    bury(scope, subscription, { notification, failure: { code: error.code, message: error.message } });
  }
}

interface Undeliverable {
  readonly notification: Notification;
  readonly failure: DeliveryFailure;
}

/** Without a dead-letter queue, or with one that does not let SNS in, the message is lost, as on AWS. */
function bury(scope: Scope, subscription: Subscription, { notification, failure }: Undeliverable): void {
  const queueArn = subscription.settings.deadLetterTargetArn;
  if (queueArn === undefined) return;
  sendFromService(scope, {
    queueArn,
    service: SERVICE,
    sourceArn: subscription.topicArn,
    body: bodyOf(subscription, notification),
    attributes: {
      ErrorCode: { dataType: 'String', value: failure.code },
      ErrorMessage: { dataType: 'String', value: failure.message },
    },
  });
}
