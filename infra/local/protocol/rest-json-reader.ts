/** restJson1 request -> values by schema. */
import type { Bound, HttpBindings } from './http-binding';
import { httpBindingsOf } from './http-binding';
import { readJson, readJsonBody, readJsonStructure } from './json-reader';
import { unknownParameter } from './refusal';
import type { OperationModel } from './service-model';
import type { Member } from './shape';
import { readText } from './text-value';
import { matchPath } from './uri-template';
import type { Fields, WireRequest } from './wire';

type Target = Record<string, unknown>;

function readLabels({ labels }: HttpBindings, request: WireRequest, operation: OperationModel): Fields {
  const found = operation.http && matchPath(operation.http, request.path);
  const values: Target = {};
  for (const { member, name } of labels) {
    const text = found?.get(name);
    if (text !== undefined) values[member.name] = readText(member.shape, text, member.name);
  }
  return values;
}

function readTexts({ shape, name }: Member, texts: readonly string[]): unknown {
  if (shape.kind === 'list') return texts.map((text) => readText(shape.element.shape, text, name));
  return readText(shape, texts.at(-1) ?? '', name);
}

function readQueryMap({ shape, name }: Member, names: readonly string[], query: URLSearchParams): Fields {
  if (shape.kind !== 'map') throw new Error(`${name} takes query parameters and is no map.`);
  return Object.fromEntries(names.map((key) => [key, readTexts({ ...shape.value, name: key }, query.getAll(key))]));
}

function readQuery(bindings: HttpBindings, { query }: WireRequest, operation: OperationModel): Fields {
  const fixed = operation.http?.query;
  const values: Target = {};
  for (const { member, name } of bindings.query) {
    if (query.has(name)) values[member.name] = readTexts(member, query.getAll(name));
  }
  const taken = bindings.query.map(({ name }) => name);
  const others = [...new Set(query.keys())].filter((name) => !taken.includes(name) && !fixed?.has(name));
  const [stray] = others;
  if (stray === undefined) return values;
  if (!bindings.queryMap) throw unknownParameter(stray);
  return { ...values, [bindings.queryMap.name]: readQueryMap(bindings.queryMap, others, query) };
}

/** Comma-separated; an item with a comma of its own is in quotes. */
function splitHeader(text: string): string[] {
  const items = text.match(/"(?:[^"\\]|\\.)*"|[^,\s][^,]*/g) ?? [];
  return items.map((item) => (item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/g, '$1') : item.trim()));
}

function readHeader({ member, name }: Bound, headers: WireRequest['headers']): Fields {
  const text = headers[name];
  if (text === undefined) return {};
  return { [member.name]: readTexts(member, member.shape.kind === 'list' ? splitHeader(text) : [text]) };
}

function readPrefixHeaders({ member, name }: Bound, headers: WireRequest['headers']): Fields {
  const entries = Object.entries(headers).filter(([header]) => header.startsWith(name));
  if (entries.length === 0) return {};
  return { [member.name]: Object.fromEntries(entries.map(([header, text]) => [header.slice(name.length), text])) };
}

function readPayload({ shape, name }: Member, body: Buffer): Fields {
  if (body.length === 0) return {};
  if (shape.kind === 'blob') return { [name]: body };
  if (shape.kind === 'string') return { [name]: body.toString('utf8') };
  return { [name]: readJson(shape, readJsonBody(body), name) };
}

function readBody({ payload, body }: HttpBindings, request: WireRequest): Fields {
  return payload ? readPayload(payload, request.body) : readJsonStructure(body, readJsonBody(request.body));
}

export function readRestInput(request: WireRequest, operation: OperationModel): Fields {
  const bindings = httpBindingsOf(operation.input);
  return Object.assign(
    { ...readBody(bindings, request), ...readLabels(bindings, request, operation) },
    readQuery(bindings, request, operation),
    ...bindings.headers.map((header) => readHeader(header, request.headers)),
    ...bindings.prefixHeaders.map((header) => readPrefixHeaders(header, request.headers)),
  ) as Fields;
}
