import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';

interface Repeatable {
  readonly ClientToken?: string;
}

/**
 * Makes something once for each client token: a repeated request gets what the first one made. One for each
 * operation: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 * @throws ApiError IdempotentParameterMismatch if the token comes again with other parameters
 */
export type Once<Result> = (scope: Scope, request: Repeatable, create: () => Result) => Result;

export function once<Result>(): Once<Result> {
  const memories = defineStore(() => new Map<string, { readonly request: Repeatable; readonly result: Result }>());
  return (scope, request, create) => {
    const { ClientToken: token = '' } = request;
    if (token === '') return create();
    const memory = memories(scope).get(token);
    if (memory && !isDeepStrictEqual(memory.request, request)) {
      throw new ApiError(
        'IdempotentParameterMismatch',
        'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
      );
    }
    const result = memory ? memory.result : create();
    memories(scope).set(token, { request, result });
    return result;
  };
}
