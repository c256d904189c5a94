/** restJson1: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
import type { ApiError } from '../kernel/api-error';
import { errorContent } from './aws-json';
import { expectBytes, expectList, expectNumber, expectObject, expectString, memberOf } from './behaviour-bug';
import type { Bound, HttpBindings } from './http-binding';
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

function headerText({ shape, name }: Member, value: unknown): string {
  const text = (of: typeof shape, item: unknown): string =>
    writeText(of, { value: item, path: name, timestampFormat: 'http-date' });
  if (shape.kind !== 'list') return text(shape, value);
  return expectList(value, name)
    .map((item) => quote(text(shape.element.shape, item)))
    .join(', ');
}

function writePrefixHeaders({ member, name }: Bound, value: unknown): Headers {
  const entries = Object.entries(expectObject(value, member.name));
  return Object.fromEntries(
    entries.map(([key, item]) => [`${name}${key.toLowerCase()}`, expectString(item, `${member.name}.${key}`)]),
  );
}

function writeHeaders({ headers, prefixHeaders }: HttpBindings, output: Fields): Headers {
  const written: Headers = {};
  for (const { member, name } of headers) {
    const value = output[member.name];
    if (value !== undefined) written[name] = headerText(member, value);
  }
  for (const bound of prefixHeaders) {
    const value = output[bound.member.name];
    if (value !== undefined) Object.assign(written, writePrefixHeaders(bound, value));
  }
  return written;
}

interface Content {
  readonly type: string;
  readonly body: string | Buffer;
}

const NO_CONTENT: Content = { type: 'application/json', body: '' };

function writePayload({ shape, name }: Member, value: unknown): Content {
  if (value === undefined) return NO_CONTENT;
  if (shape.kind === 'blob') return { type: 'application/octet-stream', body: Buffer.from(expectBytes(value, name)) };
  if (shape.kind === 'string') return { type: 'text/plain', body: expectString(value, name) };
  return { type: 'application/json', body: JSON.stringify(writeJson(shape, value, name)) };
}

function bodyFields({ body }: HttpBindings, output: Fields): Fields {
  return Object.fromEntries(Object.entries(output).filter(([name]) => body.byName.has(name)));
}

function writeBody(bindings: HttpBindings, output: Fields): Content {
  if (bindings.payload) return writePayload(bindings.payload, output[bindings.payload.name]);
  if (bindings.body.members.length === 0) return NO_CONTENT;
  const content = writeJsonStructure(bindings.body, bodyFields(bindings, output));
  return { type: 'application/json', body: JSON.stringify(content) };
}

function bindingsFor(shape: StructureShape, output: Fields): HttpBindings {
  for (const name of Object.keys(output)) memberOf(shape, name, shape.name);
  return httpBindingsOf(shape);
}

function writeOutput(output: Fields, operation: OperationModel, { requestId }: Envelope): WireResponse {
  const bindings = bindingsFor(operation.output, output);
  const { type, body } = writeBody(bindings, output);
  const status = bindings.statusCode && output[bindings.statusCode.name];
  return {
    status: status === undefined ? (operation.http?.status ?? OK) : expectNumber(status, 'status'),
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
