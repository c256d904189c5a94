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

/** @throws ApiError ValidationError for a value that is none of those that AWS knows */
export function checkKnown(value: string, member: string, known: Readonly<Record<string, string>>): void {
  const values = Object.values(known);
  if (values.includes(value)) return;
  throw validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  );
}
