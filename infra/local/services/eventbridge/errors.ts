/** Errors of EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html */
import { ApiError } from '../../kernel/api-error';

export function validation(message: string): ApiError {
  return new ApiError('ValidationException', message);
}

export function notFound(message: string): ApiError {
  return new ApiError('ResourceNotFoundException', message);
}

export function invalidPattern(reason: string, cause: unknown): ApiError {
  const error = new ApiError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
  error.cause = cause;
  return error;
}
