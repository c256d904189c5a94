/** User attributes of a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { invalidParameterValue } from './errors';
import type { MessageAttribute, MessageAttributes } from './state';

const MAX_ATTRIBUTES = 10;
/** Letters, digits, `_`, `-`, `.`; no `AWS.` or `Amazon.` in front, no period at an end or beside another. */
const NAME = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[a-zA-Z0-9_.-]{1,256}(?<!\.)$/i;
const DATA_TYPE = /^(String|Number|Binary)(\.[^.].{0,250})?$/;

type Sent = Readonly<Record<string, MessageAttributeValue>>;

/** Attributes as the API takes them. Throws `InvalidParameterValue`. */
export function readMessageAttributes(sent: Sent | undefined): MessageAttributes {
  const entries = Object.entries(sent ?? {});
  if (entries.length > MAX_ATTRIBUTES) {
    throw invalidParameterValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]));
}

type BaseType = 'String' | 'Number' | 'Binary';

/** The type without its custom label. */
function baseType(name: string, dataType: string): BaseType {
  const base = DATA_TYPE.exec(dataType)?.[1];
  if (base === 'String' || base === 'Number' || base === 'Binary') return base;
  throw invalidParameterValue(
    `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
  );
}

function readAttribute(name: string, sent: MessageAttributeValue): MessageAttribute {
  if (!NAME.test(name)) throw invalidParameterValue(`The message attribute name '${name}' is invalid.`);
  const { DataType: dataType = '' } = sent;
  const base = baseType(name, dataType);
  const field = base === 'Binary' ? 'BinaryValue' : 'StringValue';
  const value = sent[field];
  if (value === undefined || value.length === 0) {
    throw invalidParameterValue(
      `The message (user) attribute '${name}' with type '${dataType}' must use field '${field.replace('Value', '')}'.`,
    );
  }
  if (base === 'Number' && !Number.isFinite(Number(value))) {
    throw invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return { dataType, value };
}

export function writeMessageAttributes(attributes: MessageAttributes): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, value }]) => [
      name,
      typeof value === 'string'
        ? { StringValue: value, DataType: dataType }
        : { BinaryValue: value, DataType: dataType },
    ]),
  );
}

/** What attributes add to a message's size: names, types and values. */
export function attributesSize(attributes: MessageAttributes): number {
  const sizes = Object.entries(attributes).map(([name, { dataType, value }]) => {
    return Buffer.byteLength(name) + Buffer.byteLength(dataType) + Buffer.byteLength(value);
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Marks a value's field in the digest. */
const TRANSPORT = { string: 1, binary: 2 };

function withLength(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    const { dataType, value } = attribute;
    const transport = typeof value === 'string' ? TRANSPORT.string : TRANSPORT.binary;
    hash.update(Buffer.concat([withLength(name), withLength(dataType), Buffer.of(transport), withLength(value)]));
  }
  return hash.digest('hex');
}

export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}
