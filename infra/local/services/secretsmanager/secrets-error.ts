/** Codes as the operations' pages have them; most of the words are not published: https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html */
import { ApiError } from '../../kernel/api-error';

export function notFound(): ApiError {
  return new ApiError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

export function valueNotFound(which: string): ApiError {
  return new ApiError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${which}`,
  );
}

export function exists(message: string): ApiError {
  return new ApiError('ResourceExistsException', message);
}

/** What is asked for does not fit the state of the secret. */
export function invalidRequest(message: string): ApiError {
  return new ApiError('InvalidRequestException', message);
}

export function invalidParameter(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}

/** A value beyond the bounds of the API's model. */
export function outOfBounds(member: string, constraint: string): ApiError {
  return new ApiError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
