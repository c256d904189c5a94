/** HTTP as the codecs see it, and the one interface that every protocol implements. */
import type { ApiError } from '../kernel/api-error';
import type { Unanswered } from './no-answer';
import type { OperationModel, ServiceModel } from './service-model';

export interface WireRequest {
  readonly method: string;
  /** Path without the query string, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface WireResponse {
  /** 0 where there is no answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Set where the caller gets no answer. */
  readonly unanswered?: Unanswered;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What a response says besides its content. */
export interface Envelope {
  readonly service: ServiceModel;
  readonly requestId: string;
}

export interface Codec {
  /** Throws an ApiError for input that the schema does not admit. */
  readInput(request: WireRequest, operation: OperationModel): Fields;
  /** Throws an Error for output that the schema does not know: a bug of the behaviour. */
  writeOutput(output: Fields, operation: OperationModel, envelope: Envelope): WireResponse;
  writeError(error: ApiError, envelope: Envelope): WireResponse;
}
