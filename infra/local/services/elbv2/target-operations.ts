import type {
  DeregisterTargetsInput,
  RegisterTargetsInput,
  TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation } from '../../kernel/operation';
import { onResource } from './access';
import { required } from './errors';
import type { Target } from './target-admission';
import { describeTargetHealth } from './target-health';
import { deregisterTargets, registerTargets } from './targets';

const PARAMETERS = ['TargetGroupArn', 'Targets.Id', 'Targets.Port', 'Targets.AvailabilityZone'];

function targetOf({ Id, Port, AvailabilityZone }: TargetDescription): Target {
  return { id: required(Id, 'Id'), port: Port, availabilityZone: AvailabilityZone };
}

const register = operation<RegisterTargetsInput, object>({
  accepts: PARAMETERS,
  authorize: ({ TargetGroupArn }, call) => onResource(TargetGroupArn, call),
  run({ TargetGroupArn, Targets }, { scope }) {
    const targetGroupArn = required(TargetGroupArn, 'TargetGroupArn');
    registerTargets(scope, { targetGroupArn, targets: required(Targets, 'Targets').map(targetOf) });
    return {};
  },
});

const deregister = operation<DeregisterTargetsInput, object>({
  accepts: PARAMETERS,
  authorize: ({ TargetGroupArn }, call) => onResource(TargetGroupArn, call),
  run({ TargetGroupArn, Targets }, { scope }) {
    const targetGroupArn = required(TargetGroupArn, 'TargetGroupArn');
    deregisterTargets(scope, { targetGroupArn, targets: required(Targets, 'Targets').map(targetOf) });
    return {};
  },
});

export const targetOperations = {
  DeregisterTargets: deregister,
  DescribeTargetHealth: describeTargetHealth,
  RegisterTargets: register,
};
