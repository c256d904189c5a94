import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  EnableRuleRequest,
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListRulesRequest,
  ListRulesResponse,
  PutRuleRequest,
  PutRuleResponse,
  Rule as ApiRule,
} from '@aws-sdk/client-eventbridge';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { pageOf, tagsOf } from './bus-operations';
import { deleteRule, putRule, setRuleState } from './rules';
import type { Rule } from './state';
import { busName, busNamed, DEFAULT_BUS, ruleNamed } from './state';

interface RuleReference {
  readonly name: string | undefined;
  readonly bus: string | undefined;
}

export function authorizeRule(
  action: string,
  { name = '', bus }: RuleReference,
  { scope }: Call,
): readonly Authorization[] {
  const ofBus = busName(bus ?? DEFAULT_BUS);
  const path = ofBus === DEFAULT_BUS ? name : `${ofBus}/${name}`;
  return [{ action: `events:${action}`, resource: arn(scope, 'events', `rule/${path}`) }];
}

interface Named {
  readonly Name?: string | undefined;
  readonly EventBusName?: string | undefined;
}

function authorizeNamed(action: string) {
  return ({ Name: name, EventBusName: bus }: Named, call: Call) => authorizeRule(action, { name, bus }, call);
}

function ruleOf({ Name: name = '', EventBusName: bus }: Named, { scope }: Call): Rule {
  return ruleNamed(busNamed(scope, bus), name);
}

const putRuleOperation = operation<PutRuleRequest, PutRuleResponse>({
  accepts: [
    ...['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Description', 'RoleArn', 'Tags'],
  ],
  authorize: authorizeNamed('PutRule'),
  run(input, { scope }) {
    const rule = putRule(scope, {
      name: input.Name ?? '',
      busName: input.EventBusName,
      eventPattern: input.EventPattern,
      scheduleExpression: input.ScheduleExpression,
      state: input.State,
      description: input.Description,
      roleArn: input.RoleArn,
      tags: tagsOf(input.Tags),
    });
    return { RuleArn: rule.arn };
  },
});

function describeRule(rule: Rule): ApiRule {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.eventPattern?.text,
    ScheduleExpression: rule.schedule?.text,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.busName,
  };
}

const describeRuleOperation = operation<DescribeRuleRequest, DescribeRuleResponse>({
  accepts: ['Name', 'EventBusName'],
  authorize: authorizeNamed('DescribeRule'),
  run: (input, call) => ({ ...describeRule(ruleOf(input, call)), CreatedBy: call.scope.account }),
});

const listRules = operation<ListRulesRequest, ListRulesResponse>({
  accepts: ['NamePrefix', 'EventBusName', 'NextToken', 'Limit'],
  run(input, { scope }) {
    const all = [...busNamed(scope, input.EventBusName).rules.values()].sort((left, right) =>
      left.name < right.name ? -1 : 1,
    );
    const rules = all.filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
    const found = pageOf(rules, input);
    return { Rules: found.items.map(describeRule), NextToken: found.token };
  },
});

const listRuleNamesByTarget = operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse>({
  accepts: ['TargetArn', 'EventBusName', 'NextToken', 'Limit'],
  run(input, { scope }) {
    const rules = [...busNamed(scope, input.EventBusName).rules.values()];
    const calling = rules.filter(({ targets }) =>
      [...targets.values()].some(({ arn: target }) => target === input.TargetArn),
    );
    const found = pageOf(calling.map(({ name }) => name).sort(), input);
    return { RuleNames: found.items, NextToken: found.token };
  },
});

const deleteRuleOperation = operation<DeleteRuleRequest, undefined>({
  accepts: ['Name', 'EventBusName'],
  authorize: authorizeNamed('DeleteRule'),
  run({ Name: name = '', EventBusName: bus }, { scope }) {
    deleteRule(busNamed(scope, bus), name);
    return undefined;
  },
});

const enableRule = operation<EnableRuleRequest, undefined>({
  accepts: ['Name', 'EventBusName'],
  authorize: authorizeNamed('EnableRule'),
  run(input, call) {
    setRuleState(call.scope, ruleOf(input, call), 'ENABLED');
    return undefined;
  },
});

const disableRule = operation<DisableRuleRequest, undefined>({
  accepts: ['Name', 'EventBusName'],
  authorize: authorizeNamed('DisableRule'),
  run(input, call) {
    setRuleState(call.scope, ruleOf(input, call), 'DISABLED');
    return undefined;
  },
});

export const ruleOperations = {
  DeleteRule: deleteRuleOperation,
  DescribeRule: describeRuleOperation,
  DisableRule: disableRule,
  EnableRule: enableRule,
  ListRuleNamesByTarget: listRuleNamesByTarget,
  ListRules: listRules,
  PutRule: putRuleOperation,
};
