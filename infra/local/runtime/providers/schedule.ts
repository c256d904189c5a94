import { evaluateAccess } from '../../iam/evaluate-policy';
import { policiesOf } from '../../iam/roles';
import type { Cancel } from '../../kernel/clock';
import { arn, type Scope } from '../../kernel/scope';
import { functionNamed, invokeAsynchronously } from '../../services/lambda/functions';
import { sendMessage } from '../../services/sqs/send-message';
import { queueByArn } from '../../services/sqs/state';
import { TemplateError, type Entries } from '../template/parse-template';
import type { ResourceProvider } from '../template/stack';
import { entriesOf, optionalText, textOf, type RuntimeContext } from './runtime-context';

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** `rate(30 minutes)`: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
function intervalOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit === 'minute' || unit === 'hour' || unit === 'day') return Number(count) * UNIT_MS[unit];
  throw new TemplateError(`ScheduleExpression ${expression} is not simulated: only rate(...) is`);
}

/** What a function gets when the schedule gives no input of its own. */
function payloadOf(scope: Scope, name: string): string {
  return JSON.stringify({
    version: '0',
    id: scope.ids.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: scope.account,
    time: scope.clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    region: scope.region,
    resources: [arn(scope, 'scheduler', `schedule/default/${name}`)],
    detail: '{}',
  });
}

function mayInvoke(scope: Scope, roleArn: string, functionArn: string): boolean {
  const policies = policiesOf(scope, roleArn);
  const caller = { arn: roleArn, roleArn, account: scope.account };
  const request = { caller, action: 'lambda:InvokeFunction', resource: functionArn, context: {} };
  return policies !== undefined && evaluateAccess(request, policies).allowed;
}

function fire(scope: Scope, name: string, target: Entries): void {
  const functionArn = textOf(target, 'Arn');
  const payload = optionalText(target, 'Input') ?? payloadOf(scope, name);
  if (mayInvoke(scope, textOf(target, 'RoleArn'), functionArn)) {
    invokeAsynchronously(scope, functionNamed(scope, functionArn).name, payload);
    return;
  }
  const deadLetter = optionalText(entriesOf(target, 'DeadLetterConfig'), 'Arn');
  const queue = deadLetter === undefined ? undefined : queueByArn(scope, deadLetter);
  if (queue) sendMessage(scope, queue, { body: payload, senderId: 'scheduler.amazonaws.com' });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html */
export function scheduleProvider({ account }: RuntimeContext): ResourceProvider {
  const timers = new Map<string, Cancel>();
  return {
    type: 'AWS::Scheduler::Schedule',
    accepts: ['Description', 'FlexibleTimeWindow', 'Name', 'ScheduleExpression', 'State', 'Target'],
    create(properties, { scope, generatedName }) {
      const name = optionalText(properties, 'Name') ?? generatedName;
      const target = entriesOf(properties, 'Target');
      functionNamed(scope, textOf(target, 'Arn'));
      const interval = intervalOf(textOf(properties, 'ScheduleExpression'));
      const arm = (): void => {
        timers.set(
          name,
          account.world.clock.after(interval, () => {
            arm();
            fire(scope, name, target);
          }),
        );
      };
      if (optionalText(properties, 'State') !== 'DISABLED') arm();
      return { ref: name, attributes: { Arn: arn(scope, 'scheduler', `schedule/default/${name}`) } };
    },
    remove({ ref }) {
      timers.get(ref)?.();
      timers.delete(ref);
    },
  };
}
