/** Targets of rules: for the API of EventBridge and for whoever sets an account up. */
import { ApiError } from '../../kernel/api-error';
import { isJson } from '../../kernel/json';
import { validation } from './errors';
import { parseJsonPath } from './json-path';
import type { InputTransformer, Rule, RuleTarget } from './state';
import { templateFault } from './target-input';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_TARGETS = 5;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
const TARGET_ID = /^[.\-_A-Za-z0-9]{1,64}$/;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
const MAX_RETRIES = 185;
const EVENT_AGE_SECONDS = { least: 60, most: 86_400 };
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html */
const MAX_PATHS = 100;

export type NewTarget = Pick<RuleTarget, 'id' | 'arn'> & Partial<RuleTarget>;

/** What a rule can call. */
const TARGET_ARN =
  /^arn:[\w-]+:(?:sqs:[\w-]+:\d{12}:[\w-]+|sns:[\w-]+:\d{12}:[\w-]+|lambda:[\w-]+:\d{12}:function:[\w:.-]+|events:[\w-]+:\d{12}:event-bus\/[\w./-]+)$/;
const QUEUE_ARN = /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+$/;

/**
 * Adds targets, or replaces those with the same id; all of them or none. Throws `ValidationException`,
 * `LimitExceededException`; 501 for kinds of targets that are not simulated.
 */
export function putTargets(rule: Rule, targets: readonly NewTarget[]): void {
  const ids = new Set([...rule.targets.keys(), ...targets.map(({ id }) => id)]);
  if (ids.size > MAX_TARGETS) {
    throw new ApiError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: ${MAX_TARGETS} targets for each rule.`,
    );
  }
  const checked = targets.map((target) => checkTarget(target));
  for (const target of checked) rule.targets.set(target.id, target);
}

function checkTarget(target: NewTarget): RuleTarget {
  const { id, arn } = target;
  if (!TARGET_ID.test(id)) throw validation(`Target id ${id} does not satisfy the pattern [.-_A-Za-z0-9]+.`);
  if (!arn.startsWith('arn:')) {
    throw validation(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (!TARGET_ARN.test(arn)) {
    throw new ApiError('NotImplemented', `Targets like ${arn} are not simulated by the local account.`, 501);
  }
  checkInput(target);
  checkRetries(target);
  if (target.deadLetterArn !== undefined && !QUEUE_ARN.test(target.deadLetterArn)) {
    throw validation(
      `Parameter DeadLetterConfig.Arn is not valid. Reason: ${target.deadLetterArn} is no standard queue.`,
    );
  }
  return {
    id,
    arn,
    roleArn: target.roleArn,
    input: target.input,
    inputPath: target.inputPath,
    inputTransformer: target.inputTransformer,
    maximumRetryAttempts: target.maximumRetryAttempts,
    maximumEventAgeSeconds: target.maximumEventAgeSeconds,
    deadLetterArn: target.deadLetterArn,
  };
}

function checkInput({ id, input, inputPath, inputTransformer }: NewTarget): void {
  const given = [input, inputPath, inputTransformer].filter((form) => form !== undefined);
  if (given.length > 1) {
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  if (input !== undefined && !isJson(input)) throw validation(`JSON syntax error in input for target ${id}.`);
  if (inputPath !== undefined) checkPaths(id, [inputPath]);
  if (inputTransformer) checkTransformer(id, inputTransformer);
}

function checkPaths(id: string, paths: readonly string[]): void {
  const invalid = paths.find((path) => !parseJsonPath(path));
  if (invalid !== undefined) throw validation(`Invalid JsonPath ${invalid} for target ${id}.`);
}

function checkTransformer(id: string, transformer: InputTransformer): void {
  const paths = Object.values(transformer.paths);
  if (paths.length > MAX_PATHS) throw validation(`InputPathsMap of target ${id} has more than ${MAX_PATHS} paths.`);
  checkPaths(id, paths);
  const fault = templateFault(transformer);
  if (fault !== undefined) throw validation(`Invalid InputTemplate for target ${id} : ${fault}.`);
}

function checkRetries({ maximumRetryAttempts: attempts = 0, maximumEventAgeSeconds: age }: NewTarget): void {
  const { least, most } = EVENT_AGE_SECONDS;
  if (!Number.isInteger(attempts) || attempts < 0 || attempts > MAX_RETRIES) {
    throw validation(`RetryPolicy.MaximumRetryAttempts must be from 0 to ${MAX_RETRIES}.`);
  }
  if (age !== undefined && (!Number.isInteger(age) || age < least || age > most)) {
    throw validation(`RetryPolicy.MaximumEventAgeInSeconds must be from ${least} to ${most}.`);
  }
}

/** Ids that the rule does not have are passed over. */
export function removeTargets(rule: Rule, ids: readonly string[]): void {
  for (const id of ids) rule.targets.delete(id);
}
