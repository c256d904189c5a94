import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetDescription,
  TargetHealth,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { canonicalAddress } from '../ec2/cidr';
import type { InstanceStateName } from '../ec2/instance';
import { findInstance } from '../ec2/instance';
import { findNetworkInterfaceByAddress } from '../ec2/network-interface';
import { required } from './errors';
import { isHttp } from './health-check';
import { ELB_REQUESTER } from './load-balancer-interfaces';
import type { LoadBalancer, RegisteredTarget, TargetGroup } from './state';
import { loadBalancersOf, targetGroup } from './state';
import { keyOf } from './targets';

const NOT_REGISTERED: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};
const NOT_IN_USE: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotInUse',
  Description: 'Target group is not configured to receive traffic from the load balancer',
};
const ZONE_NOT_ENABLED: TargetHealth = {
  State: 'unused',
  Reason: 'Target.NotInUse',
  Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
};
const IP_UNUSABLE: TargetHealth = {
  State: 'unused',
  Reason: 'Target.IpUnusable',
  Description: 'The target IP address is reserved for use by a load balancer',
};
const DRAINING: TargetHealth = {
  State: 'draining',
  Reason: 'Target.DeregistrationInProgress',
  Description: 'Target deregistration is in progress',
};
const REGISTERING: TargetHealth = {
  State: 'initial',
  Reason: 'Elb.RegistrationInProgress',
  Description: 'Target registration is in progress',
};
const FIRST_CHECKS: TargetHealth = {
  State: 'initial',
  Reason: 'Elb.InitialHealthChecking',
  Description: 'Initial health checks in progress',
};
const TIMED_OUT: TargetHealth = { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
const CHECKS_FAILED: TargetHealth = {
  State: 'unhealthy',
  Reason: 'Target.FailedHealthChecks',
  Description: 'Health checks failed',
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states */
const NOT_RUNNING: readonly InstanceStateName[] = ['stopped', 'terminated'];

/** The health of a registered target now. */
function healthOf(scope: Scope, group: TargetGroup, target: RegisteredTarget): TargetHealth {
  if (target.drainingUntil) return DRAINING;
  return unusedBecause(scope, group, target) ?? checkedHealth(group, target);
}

function unusedBecause(scope: Scope, group: TargetGroup, target: RegisteredTarget): TargetHealth | undefined {
  const balancers = loadBalancersOf(scope, group.arn);
  if (balancers.length === 0) return NOT_IN_USE;
  const state = group.targetType === 'instance' ? (findInstance(scope, target.id)?.state ?? 'terminated') : 'running';
  if (NOT_RUNNING.includes(state)) {
    return { State: 'unused', Reason: 'Target.InvalidState', Description: `Target is in the ${state} state` };
  }
  if (isLoadBalancers(scope, group, target)) return IP_UNUSABLE;
  return balancers.some((balancer) => serves(balancer, target)) ? undefined : ZONE_NOT_ENABLED;
}

/** Does a load balancer itself hold the address? */
function isLoadBalancers(scope: Scope, { targetType, vpcId }: TargetGroup, { id }: RegisteredTarget): boolean {
  return targetType === 'ip' && findNetworkInterfaceByAddress(scope, vpcId, id)?.requesterId === ELB_REQUESTER;
}

function serves({ zones }: LoadBalancer, target: RegisteredTarget): boolean {
  return target.zone === undefined || target.zone === 'all' || zones.some(({ zone }) => zone === target.zone);
}

function checkedHealth({ protocol }: TargetGroup, { verdict, streak, failure }: RegisteredTarget): TargetHealth {
  if (verdict === 'healthy') return { State: 'healthy' };
  if (verdict === 'initial') return streak.count === 0 ? REGISTERING : FIRST_CHECKS;
  return isHttp(protocol) && failure === 'timed-out' ? TIMED_OUT : CHECKS_FAILED;
}

function describe(scope: Scope, group: TargetGroup, target: RegisteredTarget): TargetHealthDescription {
  const { id, port, zone } = target;
  const health = healthOf(scope, group, target);
  const checkPort = group.healthCheck.port === 'traffic-port' ? String(port) : group.healthCheck.port;
  return {
    Target: { Id: id, Port: port, AvailabilityZone: group.targetType === 'ip' ? zone : undefined },
    HealthCheckPort: health.State === 'unused' ? undefined : checkPort,
    TargetHealth: health,
  };
}

/** A target that is asked for is answered for, registered or not. */
function describeAsked(scope: Scope, group: TargetGroup, { Id, Port }: TargetDescription): TargetHealthDescription {
  const asked = required(Id, 'Id');
  const id = canonicalAddress(asked) ?? asked;
  const port = Port ?? group.port;
  const target = group.targets.get(keyOf({ id, port }));
  return target ? describe(scope, group, target) : { Target: { Id: asked, Port: port }, TargetHealth: NOT_REGISTERED };
}

export const describeTargetHealth = operation<DescribeTargetHealthInput, DescribeTargetHealthOutput>({
  accepts: ['TargetGroupArn', 'Targets.Id', 'Targets.Port', 'Targets.AvailabilityZone'],
  run({ TargetGroupArn, Targets }, { scope }) {
    const group = targetGroup(scope, required(TargetGroupArn, 'TargetGroupArn'));
    const TargetHealthDescriptions = Targets
      ? Targets.map((target) => describeAsked(scope, group, target))
      : [...group.targets.values()].map((target) => describe(scope, group, target));
    return { TargetHealthDescriptions };
  },
});
