/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
import type { ProcessesType, ScalingProcessQuery } from '@aws-sdk/client-auto-scaling';
import { operation } from '../../kernel/operation';
import { onGroup } from './access';
import { requestPass } from './group-schedule';
import { groupNamed, validationError } from './state';

/** Rebalancing, alarms, scheduled actions and refreshes are not simulated: suspending them changes nothing. */
const PROCESSES = [
  ...['AddToLoadBalancer', 'AlarmNotification', 'AZRebalance', 'HealthCheck', 'InstanceRefresh', 'Launch'],
  ...['ReplaceUnhealthy', 'ScheduledActions', 'Terminate'],
];

/** All of them if the request names none. */
function processesOf({ ScalingProcesses: named = [] }: ScalingProcessQuery): readonly string[] {
  const unknown = named.find((name) => !PROCESSES.includes(name));
  if (unknown !== undefined) throw validationError(`Unknown process type: ${unknown}`);
  return named.length > 0 ? named : PROCESSES;
}

const ACCEPTS = ['AutoScalingGroupName', 'ScalingProcesses'];

const suspend = operation<ScalingProcessQuery, object>({
  accepts: ACCEPTS,
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run(input, { scope }) {
    const { suspended } = groupNamed(scope, input.AutoScalingGroupName);
    const reason = `User suspended at ${scope.clock.now().toISOString()}`;
    for (const name of processesOf(input)) if (!suspended.has(name)) suspended.set(name, reason);
    return {};
  },
});

const resume = operation<ScalingProcessQuery, object>({
  accepts: ACCEPTS,
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run(input, { scope }) {
    const group = groupNamed(scope, input.AutoScalingGroupName);
    for (const name of processesOf(input)) group.suspended.delete(name);
    requestPass(scope, group);
    return {};
  },
});

const describeTypes = operation<object, ProcessesType>({
  accepts: [],
  run: () => ({ Processes: PROCESSES.map((ProcessName) => ({ ProcessName })) }),
});

export const processOperations = {
  DescribeScalingProcessTypes: describeTypes,
  ResumeProcesses: resume,
  SuspendProcesses: suspend,
};
