import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  type FlexibleTimeWindow,
  type Target,
} from '@aws-sdk/client-scheduler';
import { TemplateError, type Entries } from '../template/parse-template';
import type { ResourceProvider } from '../template/stack';
import { entriesOf, numberOf, optionalText, textOf, type RuntimeContext } from './runtime-context';

const TARGET_PROPERTIES = ['Arn', 'RoleArn', 'Input', 'RetryPolicy', 'DeadLetterConfig'];
/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;

function toTarget(properties: Entries): Target {
  const unknown = Object.keys(properties).find((name) => !TARGET_PROPERTIES.includes(name));
  if (unknown !== undefined) throw new TemplateError(`Target.${unknown} of AWS::Scheduler::Schedule is not simulated`);
  const retry = entriesOf(properties, 'RetryPolicy');
  return {
    Arn: textOf(properties, 'Arn'),
    RoleArn: textOf(properties, 'RoleArn'),
    Input: optionalText(properties, 'Input'),
    RetryPolicy: {
      MaximumRetryAttempts: numberOf(retry, 'MaximumRetryAttempts', DEFAULT_RETRIES),
      MaximumEventAgeInSeconds: numberOf(retry, 'MaximumEventAgeInSeconds', DEFAULT_AGE_SECONDS),
    },
    ...(properties['DeadLetterConfig'] !== undefined && {
      DeadLetterConfig: { Arn: textOf(entriesOf(properties, 'DeadLetterConfig'), 'Arn') },
    }),
  };
}

function toWindow(properties: Entries): FlexibleTimeWindow {
  if (textOf(properties, 'Mode') === 'OFF') return { Mode: 'OFF' };
  return { Mode: 'FLEXIBLE', MaximumWindowInMinutes: numberOf(properties, 'MaximumWindowInMinutes', 0) };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html */
export function scheduleProvider({ clients: { scheduler } }: RuntimeContext): ResourceProvider {
  return {
    type: 'AWS::Scheduler::Schedule',
    accepts: [
      ...['Description', 'FlexibleTimeWindow', 'GroupName', 'Name', 'ScheduleExpression'],
      ...['ScheduleExpressionTimezone', 'State', 'Target'],
    ],
    async create(properties, { generatedName }) {
      const Name = optionalText(properties, 'Name') ?? generatedName;
      const GroupName = optionalText(properties, 'GroupName');
      const { ScheduleArn = '' } = await scheduler.send(
        new CreateScheduleCommand({
          ...{ Name, GroupName },
          Description: optionalText(properties, 'Description'),
          ScheduleExpression: textOf(properties, 'ScheduleExpression'),
          ScheduleExpressionTimezone: optionalText(properties, 'ScheduleExpressionTimezone'),
          State: optionalText(properties, 'State') === 'DISABLED' ? 'DISABLED' : 'ENABLED',
          FlexibleTimeWindow: toWindow(entriesOf(properties, 'FlexibleTimeWindow')),
          Target: toTarget(entriesOf(properties, 'Target')),
        }),
      );
      return { ref: Name, attributes: { Arn: ScheduleArn, group: GroupName ?? 'default' } };
    },
    async remove({ ref, attributes }) {
      await scheduler.send(new DeleteScheduleCommand({ Name: ref, GroupName: attributes['group'] }));
    },
  };
}
