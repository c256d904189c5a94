import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { isEntries, type Entries } from '../template/parse-template';
import type { ResourceProvider } from '../template/stack';
import { optionalText, textOf, textsOf, type RuntimeContext } from './runtime-context';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export function topicProvider({ clients: { sns } }: RuntimeContext): ResourceProvider {
  return {
    type: 'AWS::SNS::Topic',
    accepts: ['TopicName', 'DisplayName'],
    async create(properties, { generatedName }) {
      const Name = optionalText(properties, 'TopicName') ?? generatedName;
      const display = optionalText(properties, 'DisplayName');
      const Attributes: Record<string, string> = display === undefined ? {} : { DisplayName: display };
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name, Attributes }));
      return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
    },
    async remove({ ref }) {
      await sns.send(new DeleteTopicCommand({ TopicArn: ref }));
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export function topicPolicyProvider({ clients: { sns } }: RuntimeContext): ResourceProvider {
  return {
    type: 'AWS::SNS::TopicPolicy',
    accepts: ['Topics', 'PolicyDocument'],
    async create(properties, { logicalId }) {
      const AttributeValue = JSON.stringify(properties['PolicyDocument']);
      for (const TopicArn of textsOf(properties, 'Topics')) {
        await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
      }
      return { ref: logicalId, attributes: {} };
    },
    // the policy goes with its topic
    remove: () => undefined,
  };
}

const SUBSCRIPTION_ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

function attributesOf(properties: Entries): Record<string, string> {
  const set = SUBSCRIPTION_ATTRIBUTES.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(
    set.map((name) => [
      name,
      isEntries(properties[name]) ? JSON.stringify(properties[name]) : textOf(properties, name),
    ]),
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export function subscriptionProvider({ clients: { sns } }: RuntimeContext): ResourceProvider {
  return {
    type: 'AWS::SNS::Subscription',
    accepts: ['TopicArn', 'Protocol', 'Endpoint', ...SUBSCRIPTION_ATTRIBUTES],
    async create(properties) {
      const { SubscriptionArn = '' } = await sns.send(
        new SubscribeCommand({
          TopicArn: textOf(properties, 'TopicArn'),
          Protocol: textOf(properties, 'Protocol'),
          Endpoint: textOf(properties, 'Endpoint'),
          Attributes: attributesOf(properties),
          ReturnSubscriptionArn: true,
        }),
      );
      return { ref: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
    },
    async remove({ ref }) {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: ref }));
    },
  };
}
