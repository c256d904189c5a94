import type {
  ChangeMessageVisibilityRequest,
  DeleteMessageRequest,
  Message as ApiMessage,
  ReceiveMessageRequest,
  ReceiveMessageResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';
import { MessageSystemAttributeName } from '@aws-sdk/client-sqs';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import { invalidValue } from './errors';
import { md5OfAttributes, md5OfBody, readMessageAttributes, writeMessageAttributes } from './message-attributes';
import { authorizeQueue, queueOf } from './queue-url';
import { changeVisibility, deleteMessage, MAX_VISIBILITY_SECONDS } from './receipt';
import type { ReceivedMessage } from './receive-messages';
import { receiveMessages } from './receive-messages';
import { sendMessage } from './send-message';
import { senderIdOf } from './sender-id';
import type { MessageAttributes } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MAX_MESSAGES = 10;
const MAX_WAIT_SECONDS = 20;

const sendMessageOperation = operation<SendMessageRequest, SendMessageResult>({
  accepts: ['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageAttributes'],
  authorize: authorizeQueue('SendMessage'),
  run(input, call) {
    const message = sendMessage(call.scope, queueOf(call, input.QueueUrl), {
      body: input.MessageBody ?? '',
      attributes: readMessageAttributes(input.MessageAttributes),
      delaySeconds: input.DelaySeconds,
      senderId: senderIdOf(call.principal),
    });
    return {
      MessageId: message.id,
      MD5OfMessageBody: md5OfBody(message.body),
      MD5OfMessageAttributes: md5OfAttributes(message.attributes),
    };
  },
});

interface Selection {
  /** Names of system attributes; `All` for every one. */
  readonly system: readonly string[];
  /** Names, prefixes that end in `.*`, or `All`. */
  readonly user: readonly string[];
}

function systemAttributes({ message }: ReceivedMessage, names: readonly string[]): Record<string, string> | undefined {
  const { sentAt, firstReceivedAt, deadLetterSource } = message;
  const texts: Readonly<Record<string, string | undefined>> = {
    SenderId: message.senderId,
    SentTimestamp: String(sentAt.getTime()),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: firstReceivedAt && String(firstReceivedAt.getTime()),
    DeadLetterQueueSourceArn: deadLetterSource,
  };
  const chosen: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    if (text !== undefined && (names.includes('All') || names.includes(name))) chosen[name] = text;
  }
  return Object.keys(chosen).length > 0 ? chosen : undefined;
}

function selectAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const matches = (name: string): boolean =>
    wanted.some(
      (want) => want === 'All' || want === name || (want.endsWith('.*') && name.startsWith(want.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => matches(name)));
}

function describe(received: ReceivedMessage, { system, user }: Selection): ApiMessage {
  const { message, receiptHandle } = received;
  const attributes = selectAttributes(message.attributes, user);
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    Body: message.body,
    MD5OfBody: md5OfBody(message.body),
    Attributes: systemAttributes(received, system),
    MessageAttributes: hasAttributes ? writeMessageAttributes(attributes) : undefined,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
}

function checkRange(name: string, value: number | undefined, [low, high]: readonly [number, number]): void {
  if (value === undefined || (value >= low && value <= high)) return;
  throw invalidValue(name, value, `Must be between ${low} and ${high}, if provided.`);
}

const SYSTEM_ATTRIBUTES: ReadonlySet<string> = new Set(Object.values(MessageSystemAttributeName));

/** `AttributeNames` is the older name of `MessageSystemAttributeNames`; both are in use. */
type ReceiveInput = Omit<ReceiveMessageRequest, 'AttributeNames'> & { readonly AttributeNames?: readonly string[] };

function systemNames(input: ReceiveInput): readonly string[] {
  const names: readonly string[] = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const unknown = names.find((name) => !SYSTEM_ATTRIBUTES.has(name));
  if (unknown !== undefined) throw new ApiError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  return names;
}

const receiveMessage = operation<ReceiveInput, ReceiveMessageResult>({
  accepts: [
    ...['QueueUrl', 'MaxNumberOfMessages', 'VisibilityTimeout', 'WaitTimeSeconds'],
    ...['AttributeNames', 'MessageSystemAttributeNames', 'MessageAttributeNames'],
  ],
  authorize: authorizeQueue('ReceiveMessage'),
  async run(input, call) {
    const queue = queueOf(call, input.QueueUrl);
    checkRange('MaxNumberOfMessages', input.MaxNumberOfMessages, [1, MAX_MESSAGES]);
    checkRange('VisibilityTimeout', input.VisibilityTimeout, [0, MAX_VISIBILITY_SECONDS]);
    checkRange('WaitTimeSeconds', input.WaitTimeSeconds, [0, MAX_WAIT_SECONDS]);
    const selection = { system: systemNames(input), user: input.MessageAttributeNames ?? [] };
    const received = await receiveMessages(call.scope, queue, {
      maxMessages: input.MaxNumberOfMessages ?? 1,
      visibilityTimeoutSeconds: input.VisibilityTimeout,
      waitSeconds: input.WaitTimeSeconds,
    });
    return { Messages: received.length === 0 ? undefined : received.map((one) => describe(one, selection)) };
  },
});

const deleteMessageOperation = operation<DeleteMessageRequest, undefined>({
  accepts: ['QueueUrl', 'ReceiptHandle'],
  authorize: authorizeQueue('DeleteMessage'),
  run({ QueueUrl: url, ReceiptHandle: handle = '' }, call) {
    deleteMessage(queueOf(call, url), handle);
    return undefined;
  },
});

const changeMessageVisibility = operation<ChangeMessageVisibilityRequest, undefined>({
  accepts: ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'],
  authorize: authorizeQueue('ChangeMessageVisibility'),
  run({ QueueUrl: url, ReceiptHandle: receiptHandle = '', VisibilityTimeout: timeout = 0 }, call) {
    changeVisibility(call.scope, queueOf(call, url), { receiptHandle, visibilityTimeoutSeconds: timeout });
    return undefined;
  },
});

export const messageOperations = {
  ChangeMessageVisibility: changeMessageVisibility,
  DeleteMessage: deleteMessageOperation,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessageOperation,
};
