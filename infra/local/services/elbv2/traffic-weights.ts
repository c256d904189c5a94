/** Weights of the target groups behind a rule or listener: what ECS moves in blue/green deployments. */
import type { Scope } from '../../kernel/scope';
import type { ForwardAction, WeightedGroup } from './state';
import { elbv2State, reroute } from './state';

interface Forwarding {
  readonly action: ForwardAction;
  readonly replace: (action: ForwardAction) => void;
}

/** Where a rule forwards to, or a listener by default; undefined if there is neither. */
export function forwardedGroups(scope: Scope, arn: string): readonly WeightedGroup[] | undefined {
  return forwardingOf(scope, arn)?.action.groups;
}

/** Sets the weight of each of the groups, which are added where the rule does not forward to them yet; a rule that is gone stays so. */
export function setWeights(scope: Scope, arn: string, weights: ReadonlyMap<string, number>): void {
  const found = forwardingOf(scope, arn);
  if (!found) return;
  const others = found.action.groups.filter(({ targetGroupArn }) => !weights.has(targetGroupArn));
  const set = [...weights].map(([targetGroupArn, weight]) => ({ targetGroupArn, weight }));
  found.replace({ ...found.action, groups: [...set, ...others] });
  reroute(scope);
}

function forwardingOf(scope: Scope, arn: string): Forwarding | undefined {
  for (const listener of elbv2State(scope).listeners.values()) {
    if (listener.arn === arn || listener.defaultRuleArn === arn) {
      return { action: listener.defaultAction, replace: (action) => void (listener.defaultAction = action) };
    }
    const rule = listener.rules.get(arn);
    if (rule) {
      return { action: rule.action, replace: (action) => void listener.rules.set(arn, { ...rule, action }) };
    }
  }
  return undefined;
}
