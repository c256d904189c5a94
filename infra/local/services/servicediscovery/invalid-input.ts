import { ApiError } from '../../kernel/api-error';

/** Cloud Map's answer to any value that it does not accept. */
export function invalidInput(message: string): ApiError {
  return new ApiError('InvalidInput', message);
}

/** The value of a required member. */
export function required<Value>(value: Value | undefined | null, member: string): Value {
  if (value === undefined || value === null || value === '') throw invalidInput(`${member} is required.`);
  return value;
}
