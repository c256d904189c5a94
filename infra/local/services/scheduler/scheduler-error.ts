import { ApiError } from '../../kernel/api-error';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/CommonErrors.html and the operations' own lists; all of them repeat their text in `Message`. */
const error = (code: string, message: string, status: number): ApiError =>
  new ApiError(code, message, status, { Message: message });

export const invalid = (message: string): ApiError => error('ValidationException', message, 400);
export const notFound = (what: string): ApiError => error('ResourceNotFoundException', `${what} does not exist.`, 404);
export const conflict = (what: string): ApiError => error('ConflictException', `${what} already exists.`, 409);
