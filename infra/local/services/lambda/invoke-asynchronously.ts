/** Asynchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
import { roleMay } from '../../iam/role-may';
import { defineStore, type Scope } from '../../kernel/scope';
import { sendMessage } from '../sqs/send-message';
import { queueByArn } from '../sqs/state';
import { functionNamed, invokedArn, parseFunctionName, type InvocationResult } from './functions';

/** It fails twice more before it is given up; the same page. */
const RETRY_MS = [60_000, 120_000] as const;
/** Events are kept so long; the same page. */
const DEFAULT_AGE_SECONDS = 21_600;

/** What an `AWS::Lambda::EventInvokeConfig` sets. */
export interface EventInvokeConfig {
  /** 0 to 2 */
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  /** ARN of the queue that gets what was given up. */
  readonly onFailure?: string;
}

/** By the ARN that is invoked, its qualifier included. */
const configs = defineStore(() => new Map<string, EventInvokeConfig>());

export function putEventInvokeConfig(scope: Scope, arn: string, config: EventInvokeConfig): void {
  configs(scope).set(arn, config);
}

export function deleteEventInvokeConfig(scope: Scope, arn: string): void {
  configs(scope).delete(arn);
}

interface Invocation {
  readonly arn: string;
  readonly payload: string;
  readonly startedAt: Date;
  readonly attempts: number;
}

/** Hands an event over without waiting for the answer, as SNS, EventBridge and the Event invocation type do. */
export function invokeAsynchronously(scope: Scope, nameOrArn: string, payload: string): void {
  functionNamed(scope, nameOrArn);
  const arn = invokedArn(scope, parseFunctionName(nameOrArn));
  void attempt(scope, { arn, payload, startedAt: scope.clock.now(), attempts: 1 });
}

async function attempt(scope: Scope, invocation: Invocation): Promise<void> {
  const { arn, payload, startedAt, attempts } = invocation;
  const failure = await run(scope, arn, payload);
  if (!failure) return;
  const { maximumRetryAttempts = RETRY_MS.length, maximumEventAgeSeconds = DEFAULT_AGE_SECONDS } =
    configs(scope).get(arn) ?? {};
  const delay = attempts <= maximumRetryAttempts ? RETRY_MS[attempts - 1] : undefined;
  const end = startedAt.getTime() + maximumEventAgeSeconds * 1_000;
  const next = scope.clock.now().getTime() + (delay ?? 0);
  if (delay === undefined || next > end) {
    giveUp(scope, invocation, { failure, condition: delay === undefined ? 'RetriesExhausted' : 'EventAgeExceeded' });
    return;
  }
  scope.clock.after(delay, () => void attempt(scope, { ...invocation, attempts: attempts + 1 }));
}

/** How it failed; `undefined` if it did not. */
async function run(scope: Scope, arn: string, payload: string): Promise<InvocationResult | undefined> {
  try {
    const result = await functionNamed(scope, arn).invoke(payload);
    return result.functionError === undefined ? undefined : result;
  } catch (error) {
    // the function was taken away meanwhile: as good as failed
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { payload: JSON.stringify({ errorMessage }), functionError: 'Unhandled' };
  }
}

interface GivenUp {
  readonly failure: InvocationResult;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
}

/** Without a queue, or without the role's permission to send there, it is lost, as on Lambda. */
function giveUp(scope: Scope, { arn, payload, attempts }: Invocation, { failure, condition }: GivenUp): void {
  const { onFailure } = configs(scope).get(arn) ?? {};
  const queue = onFailure === undefined ? undefined : queueByArn(scope, onFailure);
  if (!queue) return;
  const { name, roleArn } = functionNamed(scope, arn);
  if (!roleMay(scope, { roleArn, session: name, action: 'sqs:SendMessage', resource: queue.arn })) return;
  const requestPayload: unknown = JSON.parse(payload);
  const responsePayload: unknown = JSON.parse(failure.payload);
  const record = {
    version: '1.0',
    timestamp: scope.clock.now().toISOString(),
    requestContext: { requestId: scope.ids.uuid(), functionArn: arn, condition, approximateInvokeCount: attempts },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: failure.functionError },
    responsePayload,
  };
  sendMessage(scope, queue, { body: JSON.stringify(record), senderId: roleArn });
}
