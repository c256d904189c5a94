/** Errors that the protocol itself answers, before any behaviour runs. */
import { ApiError } from '../kernel/api-error';

/** Stated on purpose in our own words: AWS would have answered. */
export function notImplemented(what: string): ApiError {
  return new ApiError('NotImplemented', `${what} is not simulated by the local account.`, 501);
}

/** Input that does not have the type of its member. */
export function wrongType(path: string, wanted: string): ApiError {
  return new ApiError('SerializationException', `${path || 'The request body'} must be ${wanted}.`);
}

/** A parameter that AWS's model does not have; AWS ignores some of these, which would hide a typing error. */
export function unknownParameter(path: string): ApiError {
  return new ApiError('UnknownParameter', `The parameter ${path} is not recognized.`);
}
