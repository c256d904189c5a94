/** The functions of an account, as other services see them: something with a name that can be invoked. */
import { ApiError } from '../../kernel/api-error';
import { arn, defineStore, type Scope } from '../../kernel/scope';

/** How an invocation ended. A function's own failure is an answer: `functionError` is set, the payload says how. */
export interface InvocationResult {
  readonly payload: string;
  readonly functionError?: 'Unhandled';
}

/** What the runtime registers for each deployed function. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly handler: string;
  readonly runtime: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Runs it once and waits for its answer. */
  invoke(payload: string): Promise<InvocationResult>;
}

const functions = defineStore(() => new Map<string, DeployedFunction>());

export function functionArn(scope: Scope, name: string): string {
  return arn(scope, 'lambda', `function:${name}`);
}

export function registerFunction(scope: Scope, deployed: DeployedFunction): void {
  functions(scope).set(deployed.name, deployed);
}

export function removeFunction(scope: Scope, name: string): void {
  functions(scope).delete(name);
}

export function listFunctions(scope: Scope): readonly DeployedFunction[] {
  return [...functions(scope).values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** By name, ARN or partial ARN (`111122223333:function:name`). @throws ApiError ResourceNotFoundException */
export function functionNamed(scope: Scope, nameOrArn: string): DeployedFunction {
  const name = /(?:^|:)function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
  const found = functions(scope).get(name);
  if (found) return found;
  throw new ApiError('ResourceNotFoundException', `Function not found: ${functionArn(scope, name)}`, 404, {
    Type: 'User',
  });
}

/** Asynchronous invocation fails twice more before it is given up: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const ASYNC_RETRY_MS = [60_000, 120_000] as const;

/** Hands an event over without waiting for the answer, as SNS, EventBridge and the Event invocation type do. */
export function invokeAsynchronously(scope: Scope, nameOrArn: string, payload: string): void {
  const deployed = functionNamed(scope, nameOrArn);
  const attempt = async (retries: readonly number[]): Promise<void> => {
    const failed = await deployed.invoke(payload).then(
      ({ functionError }) => functionError !== undefined,
      // the function was taken away meanwhile: as good as failed
      () => true,
    );
    const [delay, ...rest] = retries;
    if (!failed || delay === undefined) return;
    scope.clock.after(delay, () => {
      void attempt(rest);
    });
  };
  void attempt(ASYNC_RETRY_MS);
}
