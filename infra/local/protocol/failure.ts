/** What a caller is told of an error, and what only the log is. */
import { ApiError } from '../kernel/api-error';
import type { Call } from '../kernel/operation';
import { codecs } from './codecs';
import { NoAnswer } from './no-answer';
import { internalError } from './protocol-errors';
import type { ServiceModel } from './service-model';
import type { WireResponse } from './wire';

export interface Answer {
  readonly response: WireResponse;
  readonly errorCode?: string;
}

/** Status of an ApiError that says none: where AWS's model of the error has another, that one is meant. */
const UNSAID_STATUS = 400;

function withModelledStatus(error: ApiError, service: ServiceModel): ApiError {
  const status = service.error(error.code)?.status;
  if (error.status !== UNSAID_STATUS || status === undefined) return error;
  return new ApiError(error.code, error.message, status, error.fields);
}

function answerApiError(error: ApiError, service: ServiceModel, call: Call): Answer {
  const told = withModelledStatus(error, service);
  const response = codecs[service.protocol].writeError(told, { service, requestId: call.requestId });
  return { response, errorCode: told.code };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export interface Failure {
  readonly service: ServiceModel;
  readonly call: Call;
  readonly log: (message: string) => void;
}

/** An ApiError as AWS would say it; anything else is a fault of the local account: status 500, trace in its log. */
export function answerFailure(error: unknown, { service, call, log }: Failure): Answer {
  if (error instanceof NoAnswer) {
    return { response: { status: 0, headers: {}, body: '', unanswered: error.how }, errorCode: error.name };
  }
  let fault = error;
  if (error instanceof ApiError) {
    try {
      return answerApiError(error, service, call);
    } catch (bug) {
      fault = bug;
    }
  }
  log(`${service.definition.iamPrefix}:${call.operation} failed (request ${call.requestId}): ${traceOf(fault)}`);
  return answerApiError(internalError(service, messageOf(fault)), service, call);
}
