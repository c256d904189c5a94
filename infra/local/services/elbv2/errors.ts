import { ApiError } from '../../kernel/api-error';

/** A parameter that Elastic Load Balancing does not accept. */
export function validationError(message: string): ApiError {
  return new ApiError('ValidationError', message);
}

/** A target that cannot be registered. */
export function invalidTarget(message: string): ApiError {
  return new ApiError('InvalidTarget', message);
}

/** The value of a required member. */
export function required<Value>(value: Value | undefined | null, member: string): Value {
  if (value === undefined || value === null || value === '') throw validationError(`${member} is required`);
  return value;
}
