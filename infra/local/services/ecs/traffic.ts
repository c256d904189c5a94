/** Which target group of a blue/green load balancer is sent how much. */
import type { AdvancedConfiguration, LoadBalancer } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import type { WeightedGroup } from '../elbv2/state';
import { forwardedGroups, setWeights } from '../elbv2/traffic-weights';
import type { DeploymentRecord } from './records';
import type { Side } from './rollout-records';

/** Target group that tasks of this side are registered with. */
export function groupOn(side: Side, { targetGroupArn = '', advancedConfiguration }: LoadBalancer): string {
  return side === 'alternate' ? (advancedConfiguration?.alternateTargetGroupArn ?? targetGroupArn) : targetGroupArn;
}

const ALL = 100;

/** Sends everything to the tasks of the deployment, through the test rules or, if not said, through both kinds. */
export function shiftTraffic(
  scope: Scope,
  { revision, side }: DeploymentRecord,
  only?: 'testListenerRule' | 'productionListenerRule',
): void {
  for (const loadBalancer of revision.loadBalancers) {
    const { advancedConfiguration: advanced } = loadBalancer;
    if (!advanced) continue;
    const weights = new Map([
      [loadBalancer.targetGroupArn ?? '', 0],
      [advanced.alternateTargetGroupArn ?? '', 0],
      [groupOn(side, loadBalancer), ALL],
    ]);
    const rules = only ? [advanced[only]] : [advanced.productionListenerRule, advanced.testListenerRule];
    for (const rule of rules) if (rule !== undefined) setWeights(scope, rule, weights);
  }
}

/** What stands in the way of shifting traffic, in AWS's words; undefined if nothing does. */
export function trafficFault(scope: Scope, { revision }: DeploymentRecord): string | undefined {
  for (const loadBalancer of revision.loadBalancers) {
    const { advancedConfiguration: advanced } = loadBalancer;
    const fault = advanced && faultOf(scope, loadBalancer, advanced);
    if (fault !== undefined)
      return `Service deployment rolled back because of invalid networking configuration${fault}`;
  }
  return undefined;
}

/** Texts of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html */
function faultOf(scope: Scope, loadBalancer: LoadBalancer, advanced: AdvancedConfiguration): string | undefined {
  const { targetGroupArn = '' } = loadBalancer;
  const { alternateTargetGroupArn = '', productionListenerRule = '', testListenerRule } = advanced;
  const production = forwardedGroups(scope, productionListenerRule);
  const test = testListenerRule === undefined ? [] : forwardedGroups(scope, testListenerRule);
  if (!production || !test) {
    return `. The listener rule ${production ? String(testListenerRule) : productionListenerRule} was not found.`;
  }
  const reached = new Set([...production, ...test].map((each) => each.targetGroupArn));
  const lost = [targetGroupArn, alternateTargetGroupArn].find((arn) => !reached.has(arn));
  if (lost !== undefined) {
    return `: Target group ${lost} is not associated with either productionListenerRule or testListenerRule.`;
  }
  return servingFault(loadBalancer, advanced, production);
}

function servingFault(
  { targetGroupArn = '' }: LoadBalancer,
  { alternateTargetGroupArn = '', productionListenerRule = '' }: AdvancedConfiguration,
  production: readonly WeightedGroup[],
): string | undefined {
  const serving = production.filter(({ weight }) => weight > 0);
  if (serving.length !== 1) {
    return (
      `. productionListenerRule ${productionListenerRule} should have exactly one target group serving traffic ` +
      `but found ${serving.length} target groups which are serving traffic`
    );
  }
  const stranger = serving.find((each) => ![targetGroupArn, alternateTargetGroupArn].includes(each.targetGroupArn));
  if (!stranger) return undefined;
  return (
    `. Production listener rule is forwarding traffic to unexpected target group ${stranger.targetGroupArn}. ` +
    `Expected traffic to be forwarded to either targetGroupArn: ${targetGroupArn} or ` +
    `alternateTargetGroupArn: ${alternateTargetGroupArn}`
  );
}
