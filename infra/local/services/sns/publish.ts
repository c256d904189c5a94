import type { Scope } from '../../kernel/scope';
import { attributesSize } from '../sqs/message-attributes';
import type { MessageAttributes } from '../sqs/state';
import { deliver } from './deliver';
import { invalidParameter } from './errors';
import { passesFilter } from './filter';
import type { Protocol, Topic } from './state';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const DEFAULT_MESSAGE_SIZE = 262_144;
const SUBJECT = /^[\x20-\x7E]{1,99}$/;

export interface Publication {
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
  /** true: the message is JSON with a text for each protocol and one for `default`. */
  readonly isStructured?: boolean;
}

/** Size as the limits of a message and of a batch count it. */
export function publicationSize({ message, attributes = {} }: Publication): number {
  return Buffer.byteLength(message) + attributesSize(attributes);
}

/**
 * Publishes to every confirmed subscription whose filter lets the message through; deliveries start when this has
 * returned. Throws `InvalidParameter`.
 * @returns id of the message
 */
export function publish(scope: Scope, topic: Topic, publication: Publication): string {
  const { message, subject, attributes = {} } = publication;
  checkPublication(topic, publication);
  const texts = publication.isStructured ? parseStructure(message) : undefined;
  const messageId = scope.ids.uuid();
  const publishedAt = scope.clock.now();
  const textFor = (protocol: Protocol): string => texts?.[protocol] ?? texts?.['default'] ?? message;
  for (const subscription of topic.subscriptions.values()) {
    const text = textFor(subscription.protocol);
    const isWanted = passesFilter(subscription.settings, { message: text, attributes });
    if (subscription.token !== undefined || !isWanted) continue;
    const notification = { messageId, message: text, subject, attributes, publishedAt };
    scope.clock.after(0, () => {
      deliver(scope, subscription, notification);
    });
  }
  return messageId;
}

function checkPublication(topic: Topic, publication: Publication): void {
  const { message, subject } = publication;
  if (message === '') throw invalidParameter('Empty message');
  if (publicationSize(publication) > (topic.settings.maximumMessageSize ?? DEFAULT_MESSAGE_SIZE)) {
    throw invalidParameter('Message too long');
  }
  if (subject !== undefined && !SUBJECT.test(subject)) throw invalidParameter('Subject');
}

function parseStructure(message: string): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [protocol, text] of Object.entries(parseObject(message))) {
    if (typeof text === 'string') texts[protocol] = text;
  }
  if (texts['default'] === undefined) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return texts;
}

function parseObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (cause) {
    const error = invalidParameter('Message Structure - JSON message body failed to parse');
    error.cause = cause;
    throw error;
  }
  throw invalidParameter('Message Structure - JSON message body failed to parse');
}
