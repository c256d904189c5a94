import type {
  CreateScheduleInput,
  DeleteScheduleInput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ScheduleSummary,
  UpdateScheduleInput,
} from '@aws-sdk/client-scheduler';
import { operation, type Authorization, type Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { schedulerPage } from './paging';
import { createSchedule, deleteSchedule, updateSchedule } from './schedules';
import { DEFAULT_GROUP, requireGroup, requireSchedule, scheduleArn, scheduler, type ScheduleRecord } from './state';

const SETTINGS = [
  ...['Name', 'GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'EndDate'],
  ...['Description', 'State', 'ActionAfterCompletion', 'FlexibleTimeWindow', 'ClientToken'],
  ...['Target.Arn', 'Target.RoleArn', 'Target.Input', 'Target.DeadLetterConfig', 'Target.RetryPolicy'],
];

interface Named {
  readonly Name?: string | undefined;
  readonly GroupName?: string | undefined;
}

const onSchedule =
  (action: string) =>
  ({ Name = '', GroupName = DEFAULT_GROUP }: Named, { scope }: Call): readonly Authorization[] => [
    { action: `scheduler:${action}`, resource: scheduleArn(scope, GroupName, Name) },
  ];

/** Who makes a schedule hands its role on. */
const withRole =
  (action: string) =>
  (request: CreateScheduleInput, call: Call): readonly Authorization[] => [
    ...onSchedule(action)(request, call),
    {
      action: 'iam:PassRole',
      resource: request.Target?.RoleArn ?? '*',
      context: { 'iam:passedtoservice': ['scheduler.amazonaws.com'] },
    },
  ];

const create = operation({
  accepts: SETTINGS,
  authorize: withRole('CreateSchedule'),
  run: (request: CreateScheduleInput, { scope }) => ({ ScheduleArn: createSchedule(scope, request).arn }),
});

const update = operation({
  accepts: SETTINGS,
  authorize: withRole('UpdateSchedule'),
  run: (request: UpdateScheduleInput, { scope }) => ({ ScheduleArn: updateSchedule(scope, request).arn }),
});

const remove = operation({
  accepts: ['Name', 'GroupName', 'ClientToken'],
  authorize: onSchedule('DeleteSchedule'),
  run({ Name, GroupName }: DeleteScheduleInput, { scope }) {
    deleteSchedule(scope, Name, GroupName);
    return {};
  },
});

const get = operation({
  accepts: ['Name', 'GroupName'],
  authorize: onSchedule('GetSchedule'),
  run({ Name, GroupName }: GetScheduleInput, { scope }): GetScheduleOutput {
    const schedule = requireSchedule(scope, Name, GroupName);
    const { settings } = schedule;
    return {
      ...{ Arn: schedule.arn, GroupName: schedule.groupName, Name: schedule.name },
      ...{ CreationDate: schedule.createdAt, LastModificationDate: schedule.modifiedAt },
      ScheduleExpression: settings.expression,
      ScheduleExpressionTimezone: settings.timezone,
      StartDate: settings.startDate,
      EndDate: settings.endDate,
      Description: settings.description,
      State: settings.state,
      Target: settings.target,
      FlexibleTimeWindow: settings.flexibleTimeWindow,
      ActionAfterCompletion: settings.actionAfterCompletion,
    };
  },
});

const summaryOf = ({ arn, name, groupName, settings, createdAt, modifiedAt }: ScheduleRecord): ScheduleSummary => ({
  ...{ Arn: arn, Name: name, GroupName: groupName, State: settings.state },
  ...{ CreationDate: createdAt, LastModificationDate: modifiedAt, Target: { Arn: settings.target.Arn } },
});

function selected(scope: Scope, { GroupName, NamePrefix = '', State }: ListSchedulesInput): readonly ScheduleRecord[] {
  const groups = GroupName === undefined ? [...scheduler(scope).groups.values()] : [requireGroup(scope, GroupName)];
  return groups
    .flatMap(({ schedules }) => [...schedules.values()])
    .filter(({ name, settings }) => name.startsWith(NamePrefix) && (State ?? settings.state) === settings.state)
    .sort((left, right) => left.serial - right.serial);
}

const list = operation({
  accepts: ['GroupName', 'NamePrefix', 'State', 'MaxResults', 'NextToken'],
  run(request: ListSchedulesInput, { scope }) {
    const { items, token } = schedulerPage(selected(scope, request), request);
    return { Schedules: items.map(summaryOf), NextToken: token };
  },
});

export const scheduleOperations = {
  CreateSchedule: create,
  DeleteSchedule: remove,
  GetSchedule: get,
  ListSchedules: list,
  UpdateSchedule: update,
};
