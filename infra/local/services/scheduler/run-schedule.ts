/** Runs schedules by the account's clock, with the permissions of their roles. */
import { roleMay } from '../../iam/role-may';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { invokeAsynchronously } from '../lambda/invoke-asynchronously';
import { publish } from '../sns/publish';
import { topicByArn } from '../sns/state';
import type { DeliveryFailure } from '../sqs/send-from-service';
import { sendMessage } from '../sqs/send-message';
import { queueByArn } from '../sqs/state';
import { requireGroup, type ScheduleRecord } from './state';

const SERVICE = 'scheduler.amazonaws.com';

/** Starts the schedule's timer anew, or stops it if it is disabled or over. */
export function armSchedule(scope: Scope, schedule: ScheduleRecord): void {
  schedule.cancelTimer();
  schedule.cancelTimer = () => undefined;
  const { state, startDate } = schedule.settings;
  const now = scope.clock.now();
  if (state === 'ENABLED') armNext(scope, schedule, startDate && startDate > now ? startDate : now);
}

function armNext(scope: Scope, schedule: ScheduleRecord, since: Date): void {
  const { timetable, endDate } = schedule.settings;
  const now = scope.clock.now();
  const next = timetable.next(since, now > since ? now : since);
  if (!next || (endDate && next > endDate)) {
    complete(scope, schedule);
    return;
  }
  schedule.cancelTimer = scope.clock.after(next.getTime() - now.getTime(), () => {
    // the next run is settled first: a target that is called may change the schedule
    armNext(scope, schedule, since);
    run(scope, schedule, next);
  });
}

function complete(scope: Scope, { groupName, name, settings }: ScheduleRecord): void {
  if (settings.actionAfterCompletion === 'DELETE') requireGroup(scope, groupName).schedules.delete(name);
}

/** What a target gets when the schedule gives no input of its own. */
function defaultInput(scope: Scope, { arn }: ScheduleRecord, time: Date): string {
  return JSON.stringify({
    version: '0',
    id: scope.ids.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: scope.account,
    time: inSeconds(time),
    region: scope.region,
    resources: [arn],
    detail: '{}',
  });
}

const inSeconds = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

function run(scope: Scope, schedule: ScheduleRecord, time: Date): void {
  const input = schedule.settings.target.Input ?? defaultInput(scope, schedule, time);
  const failure = callTarget(scope, schedule, input);
  if (failure) sendDeadLetter(scope, schedule, { failure, input, time });
}

type Send = (scope: Scope, targetArn: string, input: string) => void;

/** By the service in the target's ARN: what the role must be allowed to do, and how it is done. */
const SENDS: Readonly<Record<string, { readonly action: string; readonly send: Send }>> = {
  lambda: { action: 'lambda:InvokeFunction', send: invokeAsynchronously },
  sns: {
    action: 'sns:Publish',
    send(scope, targetArn, message) {
      publish(scope, topicByArn(scope, targetArn), { message });
    },
  },
  sqs: { action: 'sqs:SendMessage', send: sendToQueue },
};

function sendToQueue(scope: Scope, queueArn: string, body: string): void {
  const queue = queueByArn(scope, queueArn);
  if (!queue) throw new ApiError('AWS.SimpleQueueService.NonExistentQueue', `The queue ${queueArn} does not exist.`);
  sendMessage(scope, queue, { body, senderId: SERVICE });
}

export const isSimulatedTarget = (targetArn: string): boolean => (targetArn.split(':')[2] ?? '') in SENDS;

/** Says why the target could not be called. */
function callTarget(scope: Scope, { settings }: ScheduleRecord, input: string): DeliveryFailure | undefined {
  const { Arn: resource = '', RoleArn: roleArn = '' } = settings.target;
  const call = SENDS[resource.split(':')[2] ?? ''];
  if (!call) throw new Error(`${resource}: no schedule is made for such a target.`);
  if (!roleMay(scope, { roleArn, session: 'scheduler', action: call.action, resource }))
    return { code: 'AccessDeniedException', message: `${roleArn} is not authorized to perform ${call.action}` };
  try {
    call.send(scope, resource, input);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return { code: error.code, message: error.message };
    throw error;
  }
}

interface DeadLetter {
  readonly failure: DeliveryFailure;
  readonly input: string;
  readonly time: Date;
}

/**
 * The execution role has to be allowed to send it, or it is lost:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
function sendDeadLetter(scope: Scope, { arn, settings }: ScheduleRecord, { failure, input, time }: DeadLetter): void {
  const { DeadLetterConfig, RoleArn: roleArn = '', Arn: targetArn = '' } = settings.target;
  const resource = DeadLetterConfig?.Arn;
  const queue = resource === undefined ? undefined : queueByArn(scope, resource);
  if (resource === undefined || !queue) return;
  if (!roleMay(scope, { roleArn, session: 'scheduler', action: 'sqs:SendMessage', resource })) return;
  const text = {
    ...{ ERROR_CODE: failure.code, ERROR_MESSAGE: failure.message, EXECUTION_ID: scope.ids.uuid() },
    ...{ IS_PAYLOAD_TRUNCATED: 'false', RETRY_ATTEMPTS: '0', SCHEDULED_TIME: inSeconds(time) },
    ...{ SCHEDULE_ARN: arn, TARGET_ARN: targetArn },
  };
  const attributes = Object.fromEntries(
    Object.entries(text).map(([name, value]) => [name, { dataType: 'String', value }]),
  );
  sendMessage(scope, queue, { body: input, attributes, senderId: SERVICE });
}
