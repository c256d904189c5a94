import { ApiError } from '../../kernel/api-error';

type Fields = Readonly<Record<string, string>>;

/** The errors of EFS repeat their code in the body: https://docs.aws.amazon.com/efs/latest/ug/API_Reference.html */
// eslint-disable-next-line max-params -- the parts of an ApiError
export function efsError(code: string, message: string, status = 400, fields: Fields = {}): ApiError {
  return new ApiError(code, message, status, { ErrorCode: code, ...fields });
}

export const badRequest = (message: string): ApiError => efsError('BadRequest', message);

const HTTP_NOT_FOUND = 404;
const HTTP_CONFLICT = 409;

export const notFound = (code: string, message: string): ApiError => efsError(code, message, HTTP_NOT_FOUND);
/** `fields`: what the error names besides, e.g. the file system that is there already. */
export const conflict = (code: string, message: string, fields?: Fields): ApiError =>
  efsError(code, message, HTTP_CONFLICT, fields);
