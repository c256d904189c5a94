/** The JSON around a message: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
import { createHash } from 'node:crypto';
import type { MessageAttributes } from '../sqs/state';
import type { Subscription } from './state';

/** A published message as one subscription gets it. */
export interface Notification {
  readonly messageId: string;
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  readonly publishedAt: Date;
}

interface EnvelopeAttribute {
  readonly Type: string;
  readonly Value: string;
}

function envelopeAttributes(attributes: MessageAttributes): Readonly<Record<string, EnvelopeAttribute>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, value }]) => [
      name,
      { Type: dataType, Value: typeof value === 'string' ? value : Buffer.from(value).toString('base64') },
    ]),
  );
}

/**
 * AWS signs what it sends with a certificate of its own. Nobody here can: the signature is a digest that has the shape
 * of one and that no verifier accepts.
 */
export function unverifiableSignature(parts: readonly string[]): string {
  return createHash('sha512').update(parts.join('\n')).digest('base64');
}

/** Addresses that a receiver may call. */
export function linksOf({ arn, accountUrl }: Subscription) {
  const query = new URLSearchParams({ Action: 'Unsubscribe', SubscriptionArn: arn, Version: '2010-03-31' });
  return {
    signingCert: `${accountUrl}/SimpleNotificationService.pem`,
    unsubscribe: `${accountUrl}/?${query.toString()}`,
  };
}

/** Body of a delivery to a queue or an HTTP endpoint that is not raw. */
export function notificationEnvelope(subscription: Subscription, notification: Notification): object {
  const { messageId, message, subject, attributes, publishedAt } = notification;
  const links = linksOf(subscription);
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: subscription.topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: publishedAt.toISOString(),
    SignatureVersion: '1',
    Signature: unverifiableSignature([messageId, message, subscription.topicArn]),
    SigningCertURL: links.signingCert,
    UnsubscribeURL: links.unsubscribe,
    ...(hasAttributes && { MessageAttributes: envelopeAttributes(attributes) }),
  };
}

/** Payload of a delivery to a function: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function lambdaPayload(subscription: Subscription, notification: Notification): object {
  const { messageId, message, subject = null, attributes, publishedAt } = notification;
  const links = linksOf(subscription);
  const record = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: subscription.topicArn,
    Subject: subject,
    Message: message,
    Timestamp: publishedAt.toISOString(),
    SignatureVersion: '1',
    Signature: unverifiableSignature([messageId, message, subscription.topicArn]),
    SigningCertUrl: links.signingCert,
    UnsubscribeUrl: links.unsubscribe,
    MessageAttributes: envelopeAttributes(attributes),
  };
  return {
    Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns: record }],
  };
}
