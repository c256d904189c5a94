/** What AWS answers before an operation's own behaviour has a say: codes and status differ by protocol. */
import { ApiError } from '../kernel/api-error';
import type { ProtocolName, ServiceModel } from './service-model';

interface Spelling {
  readonly code: string;
  readonly status: number;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and the services' "Common errors". */
const DENIED: Readonly<Record<ProtocolName, Spelling>> = {
  awsJson1_0: { code: 'AccessDeniedException', status: 400 },
  awsJson1_1: { code: 'AccessDeniedException', status: 400 },
  awsQuery: { code: 'AccessDenied', status: 403 },
  ec2Query: { code: 'UnauthorizedOperation', status: 403 },
  restJson1: { code: 'AccessDeniedException', status: 403 },
};

const INTERNAL: Readonly<Record<ProtocolName, string>> = {
  awsJson1_0: 'InternalFailure',
  awsJson1_1: 'InternalFailure',
  awsQuery: 'InternalFailure',
  ec2Query: 'InternalError',
  restJson1: 'InternalFailure',
};

export function accessDenied({ protocol, definition }: ServiceModel, message: string): ApiError {
  const { accessDeniedCode } = definition;
  const { code, status } = accessDeniedCode === undefined ? DENIED[protocol] : { code: accessDeniedCode, status: 403 };
  return new ApiError(code, message, status);
}

export function internalError({ protocol }: ServiceModel, message: string): ApiError {
  return new ApiError(INTERNAL[protocol], message, 500);
}

export function unknownOperation({ protocol }: ServiceModel, name: string): ApiError {
  const isQuery = protocol === 'awsQuery' || protocol === 'ec2Query';
  if (isQuery) return new ApiError('InvalidAction', `The action ${name} is not valid for this web service.`);
  const status = protocol === 'restJson1' ? 404 : 400;
  return new ApiError('UnknownOperationException', `Unknown operation ${name}.`, status);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function dryRunOperation(): ApiError {
  return new ApiError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
}
