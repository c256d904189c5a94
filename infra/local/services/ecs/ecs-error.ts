/** Error codes and texts as ECS gives them: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
import { ApiError } from '../../kernel/api-error';

export function invalidParameter(message: string): ApiError {
  return new ApiError('InvalidParameterException', message);
}

export function clientError(message: string): ApiError {
  return new ApiError('ClientException', message);
}

export function clusterNotFound(): ApiError {
  return new ApiError('ClusterNotFoundException', 'Cluster not found.');
}

export function serviceNotFound(): ApiError {
  return new ApiError('ServiceNotFoundException', 'Service not found.');
}

export function serviceNotActive(): ApiError {
  return new ApiError('ServiceNotActiveException', 'Service was not ACTIVE.');
}

/** AWS knows it, the local account does not: said aloud instead of being taken and forgotten. */
export function notSimulated(what: string): ApiError {
  return new ApiError('NotImplemented', `${what} is not simulated by the local account.`, 501);
}

/** What a batched Describe call answers for an id that it does not know. */
export interface Failure {
  readonly arn: string;
  readonly reason: 'MISSING';
}

export function missing(arn: string): Failure {
  return { arn, reason: 'MISSING' };
}
