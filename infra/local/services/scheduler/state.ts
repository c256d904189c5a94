/** What EventBridge Scheduler keeps: groups of schedules. */
import type { ActionAfterCompletion, FlexibleTimeWindow, ScheduleState, Target } from '@aws-sdk/client-scheduler';
import type { Cancel } from '../../kernel/clock';
import { arn, defineStore, type Scope } from '../../kernel/scope';
import { notFound } from './scheduler-error';
import type { Timetable } from './timetable';

export interface ScheduleSettings {
  readonly expression: string;
  readonly timezone: string;
  readonly timetable: Timetable;
  readonly startDate: Date | undefined;
  readonly endDate: Date | undefined;
  readonly description: string | undefined;
  readonly state: ScheduleState;
  readonly target: Target;
  readonly flexibleTimeWindow: FlexibleTimeWindow;
  readonly actionAfterCompletion: ActionAfterCompletion;
}

export interface ScheduleRecord {
  readonly name: string;
  readonly groupName: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly serial: number;
  settings: ScheduleSettings;
  modifiedAt: Date;
  cancelTimer: Cancel;
}

export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly serial: number;
  readonly schedules: Map<string, ScheduleRecord>;
  readonly tags: Map<string, string>;
  modifiedAt: Date;
}

interface Scheduler {
  readonly groups: Map<string, ScheduleGroup>;
  serial: number;
}

/** Every account has it, and it cannot be deleted: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-group.html */
export const DEFAULT_GROUP = 'default';

export const scheduler = defineStore<Scheduler>((scope) => ({
  groups: new Map([[DEFAULT_GROUP, newGroup(scope, DEFAULT_GROUP, 1)]]),
  serial: 1,
}));

export function newGroup(scope: Scope, name: string, serial: number): ScheduleGroup {
  const now = scope.clock.now();
  const groupArn = arn(scope, 'scheduler', `schedule-group/${name}`);
  return { name, arn: groupArn, createdAt: now, modifiedAt: now, serial, schedules: new Map(), tags: new Map() };
}

export const scheduleArn = (scope: Scope, groupName: string, name: string): string =>
  arn(scope, 'scheduler', `schedule/${groupName}/${name}`);

/** @throws ApiError ResourceNotFoundException */
export function requireGroup(scope: Scope, name = DEFAULT_GROUP): ScheduleGroup {
  const found = scheduler(scope).groups.get(name);
  if (found) return found;
  throw notFound(`Schedule group ${name}`);
}

/** @throws ApiError ResourceNotFoundException */
export function requireSchedule(scope: Scope, name = '', groupName = DEFAULT_GROUP): ScheduleRecord {
  const found = requireGroup(scope, groupName).schedules.get(name);
  if (found) return found;
  throw notFound(`Schedule ${name}`);
}
