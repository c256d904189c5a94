import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { entriesOf, mapsOf, numberOf, optionalText, textOf, type RuntimeContext } from './runtime-context';
import { toText } from '../template/evaluate-functions';
import { TemplateError, type Entries } from '../template/parse-template';
import type { Provided, ResourceProvider } from '../template/stack';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export function eventBusProvider({ clients: { eventBridge } }: RuntimeContext): ResourceProvider {
  return {
    type: 'AWS::Events::EventBus',
    accepts: ['Name', 'Description'],
    async create(properties) {
      const Name = textOf(properties, 'Name');
      const { EventBusArn = '' } = await eventBridge.send(new CreateEventBusCommand({ Name }));
      return { ref: Name, attributes: { Arn: EventBusArn, Name } };
    },
    async remove({ ref }) {
      await eventBridge.send(new DeleteEventBusCommand({ Name: ref }));
    },
  };
}

const TARGET_PROPERTIES = [
  'Id',
  'Arn',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
  'RoleArn',
];

function toTarget(properties: Entries): Target {
  const unknown = Object.keys(properties).find((name) => !TARGET_PROPERTIES.includes(name));
  if (unknown !== undefined) throw new TemplateError(`Targets.${unknown} of AWS::Events::Rule is not simulated`);
  const retry = entriesOf(properties, 'RetryPolicy');
  const transformer = entriesOf(properties, 'InputTransformer');
  const paths = Object.entries(entriesOf(transformer, 'InputPathsMap')).map(
    ([name, path]) => [name, toText(path, name)] as const,
  );
  return {
    Id: textOf(properties, 'Id'),
    Arn: textOf(properties, 'Arn'),
    Input: optionalText(properties, 'Input'),
    InputPath: optionalText(properties, 'InputPath'),
    RoleArn: optionalText(properties, 'RoleArn'),
    ...(properties['InputTransformer'] !== undefined && {
      InputTransformer: {
        InputTemplate: textOf(transformer, 'InputTemplate'),
        InputPathsMap: Object.fromEntries(paths),
      },
    }),
    ...(properties['RetryPolicy'] !== undefined && {
      RetryPolicy: {
        MaximumRetryAttempts: numberOf(retry, 'MaximumRetryAttempts', 185),
        MaximumEventAgeInSeconds: numberOf(retry, 'MaximumEventAgeInSeconds', 86_400),
      },
    }),
    ...(properties['DeadLetterConfig'] !== undefined && {
      DeadLetterConfig: { Arn: textOf(entriesOf(properties, 'DeadLetterConfig'), 'Arn') },
    }),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export function eventRuleProvider({ clients: { eventBridge } }: RuntimeContext): ResourceProvider {
  const put = async (Name: string, properties: Entries): Promise<Provided> => {
    const EventBusName = optionalText(properties, 'EventBusName');
    const pattern = properties['EventPattern'];
    const { RuleArn = '' } = await eventBridge.send(
      new PutRuleCommand({
        Name,
        EventBusName,
        Description: optionalText(properties, 'Description'),
        EventPattern: pattern === undefined ? undefined : JSON.stringify(pattern),
        ScheduleExpression: optionalText(properties, 'ScheduleExpression'),
        State: optionalText(properties, 'State') === 'DISABLED' ? 'DISABLED' : 'ENABLED',
      }),
    );
    const Targets = mapsOf(properties, 'Targets').map(toTarget);
    if (Targets.length > 0) await eventBridge.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
    const targets = Targets.map(({ Id }) => Id).join(' ');
    return { ref: Name, attributes: { Arn: RuleArn, bus: EventBusName ?? 'default', targets } };
  };
  const remove = async ({ ref, attributes }: Provided): Promise<void> => {
    const EventBusName = attributes['bus'];
    const Ids = (attributes['targets'] ?? '').split(' ').filter((id) => id !== '');
    if (Ids.length > 0) await eventBridge.send(new RemoveTargetsCommand({ Rule: ref, EventBusName, Ids }));
    await eventBridge.send(new DeleteRuleCommand({ Name: ref, EventBusName }));
  };
  return {
    type: 'AWS::Events::Rule',
    accepts: ['Name', 'Description', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'],
    create: (properties, { generatedName }) => put(optionalText(properties, 'Name') ?? generatedName, properties),
    async update(before, properties) {
      await remove(before);
      return await put(before.ref, properties);
    },
    remove,
  };
}
