import type {
  CreateRuleInput,
  CreateRuleOutput,
  DeleteRuleInput,
  DescribeRulesInput,
  DescribeRulesOutput,
  Rule,
  RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onResource } from './access';
import { required, validationError } from './errors';
import { ACTION_PARAMETERS, actionView, forwardAction } from './forward-action';
import { childArn } from './names';
import { pageOf } from './paging';
import type { Listener, ListenerRule, LoadBalancer } from './state';
import { addRoutes, elbv2State, listener, loadBalancer, reroute } from './state';
import { checkTags, dropTags, setTags } from './tags';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const MAX_PRIORITY = 50_000;
const FIELDS: Readonly<Record<LoadBalancer['type'], readonly string[]>> = {
  application: ['http-header', 'http-request-method', 'host-header', 'path-pattern', 'query-string', 'source-ip'],
  network: ['source-ip'],
};

function ruleView({ arn, priority, conditions, action }: ListenerRule): Rule {
  return {
    RuleArn: arn,
    Priority: String(priority),
    Conditions: [...conditions],
    Actions: [actionView(action)],
    IsDefault: false,
  };
}

function defaultRuleView({ defaultRuleArn, defaultAction }: Listener): Rule {
  return {
    RuleArn: defaultRuleArn,
    Priority: 'default',
    Conditions: [],
    Actions: [actionView(defaultAction)],
    IsDefault: true,
  };
}

/** By priority, the default rule last: the order in which a listener tries them. */
function rulesOf(found: Listener): readonly Rule[] {
  const own = [...found.rules.values()].sort((one, other) => one.priority - other.priority);
  return [...own.map(ruleView), defaultRuleView(found)];
}

function hasValues(condition: RuleCondition): boolean {
  const { Field, Values, ...configs } = condition;
  const configured = Object.values(configs).some((config) => Object.keys(config).length > 0);
  return (Values?.length ?? 0) > 0 || configured;
}

function checkConditions(balancer: LoadBalancer, conditions: readonly RuleCondition[]): readonly RuleCondition[] {
  if (conditions.length === 0) throw validationError('A condition must be specified');
  for (const condition of conditions) {
    const field = required(condition.Field, 'Field');
    if (!FIELDS[balancer.type].includes(field)) {
      throw validationError(`Condition field '${field}' must be one of '[${FIELDS[balancer.type].join(', ')}]'`);
    }
    if (!hasValues(condition)) throw validationError('A condition value must be specified');
  }
  return conditions;
}

function checkPriority({ rules }: Listener, priority: number): number {
  if (priority < 1 || priority > MAX_PRIORITY) {
    throw validationError(`Priority '${priority}' must be from 1 to ${MAX_PRIORITY}`);
  }
  const taken = [...rules.values()].some((rule) => rule.priority === priority);
  if (taken) throw new ApiError('PriorityInUse', `Priority '${priority}' is currently in use`);
  return priority;
}

const createRule = operation<CreateRuleInput, CreateRuleOutput>({
  accepts: [
    ...['ListenerArn', 'Conditions', 'Priority', 'Tags'],
    ...ACTION_PARAMETERS.map((name) => `Actions.${name}`),
  ],
  authorize: ({ ListenerArn, Tags }, call) => onResource(ListenerArn, call, Tags ?? []),
  run({ ListenerArn, Conditions, Priority, Actions, Tags }, { scope }) {
    checkTags(Tags);
    const found = listener(scope, required(ListenerArn, 'ListenerArn'));
    const balancer = loadBalancer(scope, found.loadBalancerArn);
    const rule: ListenerRule = {
      arn: childArn(scope, found.arn, { from: 'listener', to: 'listener-rule' }),
      priority: checkPriority(found, required(Priority, 'Priority')),
      conditions: checkConditions(balancer, required(Conditions, 'Conditions')),
      action: forwardAction(scope, balancer, required(Actions, 'Actions')),
    };
    found.rules.set(rule.arn, rule);
    addRoutes(scope, found, rule.action);
    setTags(scope, rule.arn, Tags);
    return { Rules: [ruleView(rule)] };
  },
});

/** The listener of a rule and the rule; the default rule counts as one. */
function listenerWith(scope: Scope, ruleArn: string): Listener {
  const found = [...elbv2State(scope).listeners.values()].find(
    ({ rules, defaultRuleArn }) => rules.has(ruleArn) || defaultRuleArn === ruleArn,
  );
  if (!found) throw new ApiError('RuleNotFound', 'One or more rules not found');
  return found;
}

const deleteRule = operation<DeleteRuleInput, object>({
  accepts: ['RuleArn'],
  authorize: ({ RuleArn }, call) => onResource(RuleArn, call),
  run({ RuleArn }, { scope }) {
    const arn = required(RuleArn, 'RuleArn');
    const { rules, defaultRuleArn } = listenerWith(scope, arn);
    if (arn === defaultRuleArn) throw new ApiError('OperationNotPermitted', `Default rule '${arn}' cannot be deleted`);
    rules.delete(arn);
    dropTags(scope, arn);
    reroute(scope);
    return {};
  },
});

function asked(scope: Scope, { ListenerArn, RuleArns }: DescribeRulesInput): readonly Rule[] {
  if (ListenerArn && RuleArns) {
    throw validationError('Rule ARNs and a listener ARN cannot be specified at the same time');
  }
  if (ListenerArn) return rulesOf(listener(scope, ListenerArn));
  if (!RuleArns) throw validationError('You must specify either listener rule ARNs or a listener ARN');
  return RuleArns.flatMap((arn) => rulesOf(listenerWith(scope, arn)).filter(({ RuleArn }) => RuleArn === arn));
}

const describeRules = operation<DescribeRulesInput, DescribeRulesOutput>({
  accepts: ['ListenerArn', 'RuleArns', 'Marker', 'PageSize'],
  run(request, { scope }) {
    const { items, token } = pageOf(asked(scope, request), request);
    return { Rules: [...items], NextMarker: token };
  },
});

export const ruleOperations = { CreateRule: createRule, DeleteRule: deleteRule, DescribeRules: describeRules };
