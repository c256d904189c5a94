import { ApiError } from '../../kernel/api-error';

/** The errors of EFS repeat their code in the body: https://docs.aws.amazon.com/efs/latest/ug/API_Reference.html */
export function efsError(code: string, message: string, status = 400): ApiError {
  return new ApiError(code, message, status, { ErrorCode: code });
}

export const badRequest = (message: string): ApiError => efsError('BadRequest', message);

const HTTP_NOT_FOUND = 404;
const HTTP_CONFLICT = 409;

export const notFound = (code: string, message: string): ApiError => efsError(code, message, HTTP_NOT_FOUND);
export const conflict = (code: string, message: string): ApiError => efsError(code, message, HTTP_CONFLICT);
