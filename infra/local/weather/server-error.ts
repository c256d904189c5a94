/** How each service says that the fault is its own. */
import { ApiError } from '../kernel/api-error';
import type { ErrorStatus } from './call-rule';

/** By IAM prefix; each is in the "Errors" or "Common Errors" of the service's API reference. */
const INTERNAL: Readonly<Record<string, string>> = {
  dynamodb: 'InternalServerError',
  ec2: 'InternalError',
  ecs: 'ServerException',
  elasticfilesystem: 'InternalServerError',
  events: 'InternalException',
  lambda: 'ServiceException',
  scheduler: 'InternalServerException',
  secretsmanager: 'InternalServiceError',
  sns: 'InternalError',
  ssm: 'InternalServerError',
  'vpc-lattice': 'InternalServerException',
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const UNAVAILABLE: Readonly<Record<string, string>> = { ec2: 'Unavailable' };

/** @param service IAM prefix */
export function serverError(service: string, status: ErrorStatus): ApiError {
  if (status === 500) return new ApiError(INTERNAL[service] ?? 'InternalFailure', 'An internal error occurred.', 500);
  return new ApiError(UNAVAILABLE[service] ?? 'ServiceUnavailable', 'The service is temporarily unavailable.', 503);
}
