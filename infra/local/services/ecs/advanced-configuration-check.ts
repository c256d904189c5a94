/** What blue/green deployments need: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html */
import type { AdvancedConfiguration, DeploymentStrategy, LoadBalancer } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { forwardedGroups } from '../elbv2/traffic-weights';
import { loadBalancersOf } from '../elbv2/state';
import { invalidParameter } from './ecs-error';

/** Refuses load balancers that contradict themselves or each other. */
export function checkAdvanced(scope: Scope, loadBalancers: readonly LoadBalancer[]): void {
  const advanced = loadBalancers.filter(({ advancedConfiguration }) => advancedConfiguration !== undefined);
  if (advanced.length > 0 && advanced.length < loadBalancers.length) {
    throw invalidParameter('Either all or none of the provided loadBalancers must have advancedConfiguration defined');
  }
  refuseTwins(loadBalancers);
  for (const each of advanced) {
    if (each.advancedConfiguration) checkRules(scope, each, each.advancedConfiguration);
  }
}

/** Moving traffic takes a second target group for each load balancer. */
export function checkStrategy(strategy: DeploymentStrategy, loadBalancers: readonly LoadBalancer[]): void {
  if (strategy === 'ROLLING' || loadBalancers.every(({ advancedConfiguration }) => advancedConfiguration)) return;
  throw invalidParameter(
    'advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy',
  );
}

function refuseTwins(loadBalancers: readonly LoadBalancer[]): void {
  if (!loadBalancers.some(({ advancedConfiguration }) => advancedConfiguration)) return;
  const arns = loadBalancers.flatMap(({ targetGroupArn = '', advancedConfiguration }) => [
    targetGroupArn,
    advancedConfiguration?.alternateTargetGroupArn ?? '',
  ]);
  const twin = arns.find((arn, index) => arns.indexOf(arn) < index);
  if (twin !== undefined) throw invalidParameter(`Duplicate targetGroupArn found: ${twin}`);
}

function checkRules(scope: Scope, { targetGroupArn = '' }: LoadBalancer, advanced: AdvancedConfiguration): void {
  const { alternateTargetGroupArn, productionListenerRule, testListenerRule, roleArn } = advanced;
  const members = { alternateTargetGroupArn, productionListenerRule, roleArn };
  const lost = Object.entries(members).find(([, value]) => !value);
  // The member is AWS's; its words are a guess.
  if (lost) throw invalidParameter(`advancedConfiguration must have ${lost[0]}.`);
  const type = loadBalancersOf(scope, targetGroupArn)[0]?.type ?? 'application';
  checkArn('productionListenerRule', productionListenerRule ?? '', type);
  if (testListenerRule === undefined) {
    if (type === 'application')
      requireBoth(scope, productionListenerRule ?? '', [targetGroupArn, alternateTargetGroupArn]);
    return;
  }
  checkArn('testListenerRule', testListenerRule, type);
  if (testListenerRule !== productionListenerRule) return;
  throw invalidParameter(
    `The following rules cannot be used as both production and test listener rules: ${testListenerRule}`,
  );
}

function checkArn(member: string, arn: string, type: 'application' | 'network'): void {
  const form = type === 'application' ? /:listener-rule\/app\// : /:listener\/net\//;
  if (form.test(arn)) return;
  throw invalidParameter(
    `${member} has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: ${arn}`,
  );
}

function requireBoth(scope: Scope, rule: string, groups: readonly (string | undefined)[]): void {
  const reached = new Set<string | undefined>(
    forwardedGroups(scope, rule)?.map(({ targetGroupArn }) => targetGroupArn),
  );
  if (groups.every((arn) => reached.has(arn))) return;
  throw invalidParameter(
    'For Application LoadBalancer, testListenerRule is required when productionListenerRule is not associated ' +
      'with both targetGroup and alternateTargetGroup',
  );
}
