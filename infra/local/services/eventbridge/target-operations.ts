import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { pageOf } from './bus-operations';
import { authorizeRule } from './rule-operations';
import type { Rule, RuleTarget } from './state';
import { busNamed, ruleNamed } from './state';
import type { NewTarget } from './targets';
import { putTargets, removeTargets } from './targets';

interface OfRule {
  readonly Rule?: string | undefined;
  readonly EventBusName?: string | undefined;
}

function authorizeTargets(action: string) {
  return ({ Rule: name, EventBusName: bus }: OfRule, call: Call) => authorizeRule(action, { name, bus }, call);
}

function ruleOf({ Rule: name = '', EventBusName: bus }: OfRule, { scope }: Call): Rule {
  return ruleNamed(busNamed(scope, bus), name);
}

function readTarget(target: Target): NewTarget {
  const { InputTransformer: transformer, RetryPolicy: retries } = target;
  return {
    id: target.Id ?? '',
    arn: target.Arn ?? '',
    roleArn: target.RoleArn,
    input: target.Input,
    inputPath: target.InputPath,
    inputTransformer: transformer && {
      paths: transformer.InputPathsMap ?? {},
      template: transformer.InputTemplate ?? '',
    },
    maximumRetryAttempts: retries?.MaximumRetryAttempts,
    maximumEventAgeSeconds: retries?.MaximumEventAgeInSeconds,
    deadLetterArn: target.DeadLetterConfig?.Arn,
  };
}

function describeTarget(target: RuleTarget): Target {
  const { inputTransformer: transformer, maximumRetryAttempts, maximumEventAgeSeconds, deadLetterArn } = target;
  const hasRetries = maximumRetryAttempts !== undefined || maximumEventAgeSeconds !== undefined;
  return {
    Id: target.id,
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    InputPath: target.inputPath,
    InputTransformer: transformer && { InputPathsMap: { ...transformer.paths }, InputTemplate: transformer.template },
    RetryPolicy: hasRetries
      ? { MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeSeconds }
      : undefined,
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
  };
}

const TARGET_MEMBERS = [
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
];

const putTargetsOperation = operation<PutTargetsRequest, PutTargetsResponse>({
  accepts: ['Rule', 'EventBusName', ...TARGET_MEMBERS.map((name) => `Targets.${name}`)],
  authorize: authorizeTargets('PutTargets'),
  run(input, call) {
    putTargets(ruleOf(input, call), (input.Targets ?? []).map(readTarget));
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

const removeTargetsOperation = operation<RemoveTargetsRequest, RemoveTargetsResponse>({
  accepts: ['Rule', 'EventBusName', 'Ids'],
  authorize: authorizeTargets('RemoveTargets'),
  run(input, call) {
    removeTargets(ruleOf(input, call), input.Ids ?? []);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

const listTargetsByRule = operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse>({
  accepts: ['Rule', 'EventBusName', 'NextToken', 'Limit'],
  authorize: authorizeTargets('ListTargetsByRule'),
  run(input, call) {
    const targets = [...ruleOf(input, call).targets.values()];
    const found = pageOf(targets, input);
    return { Targets: found.items.map(describeTarget), NextToken: found.token };
  },
});

export const targetOperations = {
  ListTargetsByRule: listTargetsByRule,
  PutTargets: putTargetsOperation,
  RemoveTargets: removeTargetsOperation,
};
