/** awsJson1_0 and awsJson1_1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
import type { ApiError } from '../kernel/api-error';
import { readJsonBody, readJsonStructure } from './json-reader';
import { writeJsonStructure } from './json-writer';
import type { StructureShape } from './shape';
import type { Codec, Envelope, Fields, WireResponse } from './wire';

function respond(status: number, content: unknown, envelope: Envelope): WireResponse {
  const version = envelope.service.protocol === 'awsJson1_0' ? '1.0' : '1.1';
  return {
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': envelope.requestId },
    body: JSON.stringify(content),
  };
}

/** Message and fields of an error; some models spell the message `Message`, some leave it out. */
export function errorContent({ message }: ApiError, fields: Fields, shape: StructureShape | undefined): Fields {
  const spelling = shape?.members.find(({ name }) => name.toLowerCase() === 'message')?.name ?? 'message';
  return { [spelling]: message, ...(shape ? writeJsonStructure(shape, fields) : fields) };
}

export const awsJson: Codec = {
  readInput: (request, operation) => readJsonStructure(operation.input, readJsonBody(request.body)),
  writeOutput: (output, operation, envelope) => respond(200, writeJsonStructure(operation.output, output), envelope),
  writeError(error, envelope) {
    const { service } = envelope;
    const model = service.error(error.code);
    const type = model ? `${service.namespace}#${model.name}` : error.code;
    const response = respond(
      error.status,
      { __type: type, ...errorContent(error, error.fields, model?.shape) },
      envelope,
    );
    if (!service.queryCompatible) return response;
    // Clients of a service that once spoke awsQuery still see its old codes.
    // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
    const fault = error.status < 500 ? 'Sender' : 'Receiver';
    const headers = { ...response.headers, 'x-amzn-query-error': `${model?.queryCode ?? error.code};${fault}` };
    return { ...response, headers };
  },
};
