/** Making, changing and ending schedules; shared by the API and by what deploys templates. */
import type { CreateScheduleInput, FlexibleTimeWindow, Target } from '@aws-sdk/client-scheduler';
import { isJson } from '../../kernel/json';
import type { Scope } from '../../kernel/scope';
import { armSchedule, isSimulatedTarget } from './run-schedule';
import { conflict, invalid } from './scheduler-error';
import {
  DEFAULT_GROUP,
  requireGroup,
  requireSchedule,
  scheduleArn,
  scheduler,
  type ScheduleRecord,
  type ScheduleSettings,
} from './state';
import { timetableOf } from './timetable';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export const NAME = /^[0-9a-zA-Z\-_.]{1,64}$/;
const MAX_WINDOW_MINUTES = 1440;
const MAX_INPUT_BYTES = 262_144;

function checkTarget({ Arn = '', Input = '{}' }: Target): void {
  if (!isSimulatedTarget(Arn))
    throw invalid(`Targets other than functions, queues and topics are not simulated: ${Arn}`);
  if (Buffer.byteLength(Input) > MAX_INPUT_BYTES) throw invalid('The target input is larger than 256 KB.');
  if (Arn.split(':')[2] === 'lambda' && !isJson(Input)) throw invalid('The target input of a function must be JSON.');
}

/** A flexible window needs its length, and only it: runs are at its beginning here. */
function checkWindow({ Mode, MaximumWindowInMinutes: minutes }: FlexibleTimeWindow): void {
  if (Mode === 'OFF' && minutes !== undefined) throw invalid('MaximumWindowInMinutes is for flexible windows alone.');
  if (Mode === 'FLEXIBLE' && !(minutes !== undefined && minutes >= 1 && minutes <= MAX_WINDOW_MINUTES))
    throw invalid(`MaximumWindowInMinutes must be between 1 and ${String(MAX_WINDOW_MINUTES)}.`);
}

/** @throws ApiError ValidationException */
function settingsOf(request: CreateScheduleInput): ScheduleSettings {
  const { ScheduleExpression: expression = '', ScheduleExpressionTimezone: timezone = 'UTC' } = request;
  const { Target: target, FlexibleTimeWindow: flexibleTimeWindow, StartDate: startDate, EndDate: endDate } = request;
  if (!target || !flexibleTimeWindow) throw invalid('Target and FlexibleTimeWindow are required.');
  checkTarget(target);
  checkWindow(flexibleTimeWindow);
  if (startDate && endDate && endDate <= startDate) throw invalid('EndDate must be after StartDate.');
  return {
    ...{ expression, timezone, timetable: timetableOf(expression, timezone) },
    ...{ startDate, endDate, description: request.Description, target, flexibleTimeWindow },
    state: request.State ?? 'ENABLED',
    actionAfterCompletion: request.ActionAfterCompletion ?? 'NONE',
  };
}

/** @throws ApiError ValidationException, ConflictException, ResourceNotFoundException for the group */
export function createSchedule(scope: Scope, request: CreateScheduleInput): ScheduleRecord {
  const { Name: name = '', GroupName: groupName = DEFAULT_GROUP } = request;
  if (!NAME.test(name)) throw invalid(`The name ${name} is not valid.`);
  const { schedules } = requireGroup(scope, groupName);
  const settings = settingsOf(request);
  if (schedules.has(name)) throw conflict(`Schedule ${name}`);
  const now = scope.clock.now();
  const schedule: ScheduleRecord = {
    ...{ name, groupName, arn: scheduleArn(scope, groupName, name), settings },
    ...{ createdAt: now, modifiedAt: now, serial: ++scheduler(scope).serial },
    cancelTimer: () => undefined,
  };
  schedules.set(name, schedule);
  armSchedule(scope, schedule);
  return schedule;
}

/** What the request leaves out falls back to its default, as on AWS. @throws ApiError as `createSchedule` */
export function updateSchedule(scope: Scope, request: CreateScheduleInput): ScheduleRecord {
  const schedule = requireSchedule(scope, request.Name, request.GroupName);
  schedule.settings = settingsOf(request);
  schedule.modifiedAt = scope.clock.now();
  armSchedule(scope, schedule);
  return schedule;
}

/** @throws ApiError ResourceNotFoundException */
export function deleteSchedule(scope: Scope, name: string | undefined, groupName?: string): void {
  const schedule = requireSchedule(scope, name, groupName);
  schedule.cancelTimer();
  requireGroup(scope, schedule.groupName).schedules.delete(schedule.name);
}
