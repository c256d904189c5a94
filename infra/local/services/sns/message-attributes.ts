import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { MessageAttribute, MessageAttributes } from '../sqs/state';
import { invalidParameter } from './errors';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
const NAME = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[a-zA-Z0-9_.-]{1,256}(?<!\.)$/i;
const DATA_TYPE = /^(String|Number|Binary)(\..{1,250})?$/;

type Sent = Readonly<Record<string, MessageAttributeValue>>;

/** Attributes as the API takes them. Throws `InvalidParameter`. */
export function readMessageAttributes(sent: Sent | undefined): MessageAttributes {
  return Object.fromEntries(Object.entries(sent ?? {}).map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(
  name: string,
  { DataType: dataType = '', StringValue, BinaryValue }: MessageAttributeValue,
): MessageAttribute {
  if (!NAME.test(name)) throw invalidParameter(`Message attribute name '${name}' is invalid`);
  if (!DATA_TYPE.test(dataType)) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = dataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    throw invalidParameter(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`,
    );
  }
  if (dataType.startsWith('Number') && !Number.isFinite(Number(value))) {
    throw invalidParameter(`Could not cast message attribute '${name}' value to number.`);
  }
  return { dataType, value };
}
