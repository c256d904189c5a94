/** restJson1: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
import type { ApiError } from '../kernel/api-error';
import { errorContent } from './aws-json';
import { at, expectBytes, expectList, expectNumber, expectObject, expectString, memberOf } from './behaviour-bug';
import type { HttpBindings } from './http-binding';
import { httpBindingsOf } from './http-binding';
import { writeJson, writeJsonStructure } from './json-writer';
import { readRestInput } from './rest-json-reader';
import type { OperationModel } from './service-model';
import type { Member, StructureShape } from './shape';
import { writeText } from './text-value';
import type { Codec, Envelope, Fields, WireResponse } from './wire';

const OK = 200;

type Headers = Record<string, string>;

function quote(item: string): string {
  return /[",]/.test(item) ? `"${item.replace(/["\\]/g, '\\$&')}"` : item;
}

function headerText({ shape }: Member, value: unknown): string {
  if (shape.kind !== 'list') return writeText(shape, value, 'http-date');
  return expectList(value)
    .map((item) => quote(writeText(shape.element.shape, item, 'http-date')))
    .join(', ');
}

function prefixedHeaders(prefix: string, value: unknown): Headers {
  const entries = Object.entries(expectObject(value));
  return Object.fromEntries(
    entries.map(([key, item]) => [`${prefix}${key.toLowerCase()}`, at(key, () => expectString(item))]),
  );
}

function writeHeaders({ headers, prefixHeaders }: HttpBindings, output: Fields): Headers {
  const written: Headers = {};
  for (const { member, name } of headers) {
    const value = output[member.name];
    if (value !== undefined) written[name] = at(member.name, () => headerText(member, value));
  }
  for (const { member, name } of prefixHeaders) {
    const value = output[member.name];
    if (value !== undefined)
      Object.assign(
        written,
        at(member.name, () => prefixedHeaders(name, value)),
      );
  }
  return written;
}

interface Content {
  readonly type: string;
  readonly body: string | Buffer;
}

const NO_CONTENT: Content = { type: 'application/json', body: '' };

function writePayload({ shape }: Member, value: unknown): Content {
  if (value === undefined) return NO_CONTENT;
  if (shape.kind === 'blob') return { type: 'application/octet-stream', body: Buffer.from(expectBytes(value)) };
  if (shape.kind === 'string') return { type: 'text/plain', body: expectString(value) };
  return { type: 'application/json', body: JSON.stringify(writeJson(shape, value)) };
}

function bodyFields({ body }: HttpBindings, output: Fields): Fields {
  return Object.fromEntries(Object.entries(output).filter(([name]) => body.byName.has(name)));
}

function writeBody(bindings: HttpBindings, output: Fields): Content {
  const { payload } = bindings;
  if (payload) return at(payload.name, () => writePayload(payload, output[payload.name]));
  if (bindings.body.members.length === 0) return NO_CONTENT;
  const content = writeJsonStructure(bindings.body, bodyFields(bindings, output));
  return { type: 'application/json', body: JSON.stringify(content) };
}

function bindingsFor(shape: StructureShape, output: Fields): HttpBindings {
  for (const name of Object.keys(output)) memberOf(shape, name);
  return httpBindingsOf(shape);
}

function writeOutput(output: Fields, operation: OperationModel, { requestId }: Envelope): WireResponse {
  const bindings = bindingsFor(operation.output, output);
  const { type, body } = writeBody(bindings, output);
  const status = bindings.statusCode && output[bindings.statusCode.name];
  return {
    status: status === undefined ? (operation.http?.status ?? OK) : expectNumber(status),
    headers: { ...writeHeaders(bindings, output), 'content-type': type, 'x-amzn-requestid': requestId },
    body,
  };
}

function writeError(error: ApiError, { service, requestId }: Envelope): WireResponse {
  const model = service.error(error.code);
  const bindings = model && bindingsFor(model.shape, error.fields);
  const content = errorContent(error, bindings ? bodyFields(bindings, error.fields) : error.fields, bindings?.body);
  const headers = {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': model?.name ?? error.code,
  };
  return {
    status: error.status,
    headers: { ...(bindings && writeHeaders(bindings, error.fields)), ...headers },
    body: JSON.stringify(content),
  };
}

export const restJson: Codec = { readInput: readRestInput, writeOutput, writeError };
