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
/** Qualifiers of a function, by its name: its aliases and the numbers of its versions. All of them run the same code. */
const qualifiers = defineStore(() => new Map<string, Set<string>>());

export function functionArn(scope: Scope, name: string): string {
  return arn(scope, 'lambda', `function:${name}`);
}

export function registerFunction(scope: Scope, deployed: DeployedFunction): void {
  functions(scope).set(deployed.name, deployed);
}

export function removeFunction(scope: Scope, name: string): void {
  functions(scope).delete(name);
}

/** An alias or a version that can be invoked from now on. */
export function addQualifier(scope: Scope, name: string, qualifier: string): void {
  const known = qualifiers(scope).get(name) ?? new Set();
  qualifiers(scope).set(name, known.add(qualifier));
}

export function removeQualifier(scope: Scope, name: string, qualifier: string): void {
  qualifiers(scope).get(name)?.delete(qualifier);
}

export function listFunctions(scope: Scope): readonly DeployedFunction[] {
  return [...functions(scope).values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** How a call names what it wants to run. */
export interface QualifiedName {
  readonly name: string;
  /** Alias or version. */
  readonly qualifier?: string;
}

/** From a name, an ARN or a partial ARN (`111122223333:function:name`), each with or without `:alias`. */
export function parseFunctionName(nameOrArn: string): QualifiedName {
  const [name = '', qualifier] = nameOrArn.replace(/^.*(?:^|:)function:/, '').split(':');
  return { name, qualifier };
}

/** What IAM is asked about when a function is called by this name. */
export function invokedArn(scope: Scope, { name, qualifier }: QualifiedName): string {
  return functionArn(scope, qualifier === undefined ? name : `${name}:${qualifier}`);
}

/** @throws ApiError ResourceNotFoundException, also for an alias that is not there */
export function functionNamed(scope: Scope, nameOrArn: string): DeployedFunction {
  const called = parseFunctionName(nameOrArn);
  const { name, qualifier = '$LATEST' } = called;
  const found = functions(scope).get(name);
  if (found && (qualifier === '$LATEST' || qualifiers(scope).get(name)?.has(qualifier))) return found;
  throw new ApiError('ResourceNotFoundException', `Function not found: ${invokedArn(scope, called)}`, 404, {
    Type: 'User',
  });
}
