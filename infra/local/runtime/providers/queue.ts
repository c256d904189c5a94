import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { isEntries, type Entries } from '../template/parse-template';
import type { Provided, ResourceProvider } from '../template/stack';
import { optionalText, textsOf, type RuntimeContext } from './runtime-context';

const ATTRIBUTES = [
  'DelaySeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

function attributesOf(properties: Entries): Record<string, string> {
  const set = ATTRIBUTES.filter((name) => properties[name] !== undefined && properties[name] !== null);
  return Object.fromEntries(
    set.map((name) => [
      name,
      isEntries(properties[name]) ? JSON.stringify(properties[name]) : String(optionalText(properties, name)),
    ]),
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export function queueProvider({ clients: { sqs } }: RuntimeContext): ResourceProvider {
  const describe = async (QueueUrl: string, name: string): Promise<Provided> => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return { ref: QueueUrl, attributes: { Arn: Attributes?.QueueArn ?? '', QueueName: name, QueueUrl } };
  };
  return {
    type: 'AWS::SQS::Queue',
    accepts: ['QueueName', ...ATTRIBUTES],
    async create(properties, { generatedName }) {
      const QueueName = optionalText(properties, 'QueueName') ?? generatedName;
      const { QueueUrl = '' } = await sqs.send(
        new CreateQueueCommand({ QueueName, Attributes: attributesOf(properties) }),
      );
      return await describe(QueueUrl, QueueName);
    },
    async update(before, properties) {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: before.ref, Attributes: attributesOf(properties) }));
      return before;
    },
    async remove({ ref }) {
      await sqs.send(new DeleteQueueCommand({ QueueUrl: ref }));
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export function queuePolicyProvider({ clients: { sqs } }: RuntimeContext): ResourceProvider {
  const write = async (urls: readonly string[], Policy: string): Promise<void> => {
    for (const QueueUrl of urls) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  };
  const provide = async (properties: Entries): Promise<Provided> => {
    const urls = textsOf(properties, 'Queues');
    await write(urls, JSON.stringify(properties['PolicyDocument']));
    return { ref: urls.join(' '), attributes: {} };
  };
  return {
    type: 'AWS::SQS::QueuePolicy',
    accepts: ['Queues', 'PolicyDocument'],
    create: provide,
    async remove({ ref }) {
      await write(ref.split(' '), '');
    },
  };
}
