/** Errors of SNS, by their codes: https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
import { ApiError } from '../../kernel/api-error';

export function invalidParameter(message: string): ApiError {
  return new ApiError('InvalidParameter', `Invalid parameter: ${message}`);
}

export function notFound(what: string): ApiError {
  return new ApiError('NotFound', `${what} does not exist`, 404);
}

/** Of the operations on tags. */
export function resourceNotFound(): ApiError {
  return new ApiError('ResourceNotFound', 'Resource does not exist', 404);
}

export function notSimulated(what: string): ApiError {
  return new ApiError('NotImplemented', `${what} is not simulated by the local account.`, 501);
}
