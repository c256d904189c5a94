/** Bindings that none of the SDK's clients in use has, on a schema made for it. */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { ApiError } from '../../../../infra/local/kernel/api-error';
import { restJson } from '../../../../infra/local/protocol/rest-json';
import { modelOf } from '../../../../infra/local/protocol/service-model';
import type { Fields, WireRequest } from '../../../../infra/local/protocol/wire';

const LIST = 64;
const MAP = 128;
const STRING = 0;
const NUMBER = 1;
const TIME = 4;
const EPOCH_TIME = 7;

const members = (types: Readonly<Record<string, unknown>>) => [
  ...[3, 'test', 'Shape', 0],
  ...[Object.keys(types), Object.values(types)],
];

const put = [
  ...[9, 'test', 'Put', { http: ['PUT', '/items/{Key+}?kind=item', 201] }],
  () =>
    members({
      Key: [STRING, 1],
      Count: [NUMBER, { httpQuery: 'count' }],
      Tags: [LIST, { httpQuery: 'tag' }],
      Others: [MAP, { httpQueryParams: 1 }],
      At: [TIME, { httpHeader: 'X-At' }],
      Names: [LIST, { httpHeader: 'X-Names' }],
      Labels: [MAP, { httpPrefixHeaders: 'x-label-' }],
      Body: STRING,
      Since: EPOCH_TIME,
    }),
  () =>
    members({
      At: [TIME, { httpHeader: 'X-At' }],
      Names: [LIST, { httpHeader: 'X-Names' }],
      Labels: [MAP, { httpPrefixHeaders: 'x-label-' }],
      Status: [NUMBER, 32],
      Payload: [STRING, 16],
    }),
];

const service = modelOf({
  ...{ signingName: 'test', iamPrefix: 'test', schemas: { put }, operations: {} },
  client: () => new LambdaClient({ region: 'eu-west-2' }),
});
const operation = service.operation('Put');

function read(request: Partial<WireRequest>): Fields {
  if (!operation) throw new Error('Put cannot be read.');
  const empty = { method: 'PUT', path: '/items/k', query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) };
  return restJson.readInput({ ...empty, ...request }, operation);
}

test.each<readonly [string, Partial<WireRequest>, Fields]>([
  ['a greedy label', { path: '/items/a/b%20c' }, { Key: 'a/b c' }],
  ['a number in the query', { query: new URLSearchParams('kind=item&count=3') }, { Key: 'k', Count: 3 }],
  ['a list in the query', { query: new URLSearchParams('tag=a&tag=b') }, { Key: 'k', Tags: ['a', 'b'] }],
  ['all other parameters', { query: new URLSearchParams('x=1&y=2') }, { Key: 'k', Others: { x: '1', y: '2' } }],
  [
    'a time in a header',
    { headers: { 'x-at': 'Sat, 21 Nov 2026 08:09:10 GMT' } },
    { Key: 'k', At: new Date('2026-11-21T08:09:10Z') },
  ],
  ['a list in a header', { headers: { 'x-names': 'a, "b, \\"c\\"",d' } }, { Key: 'k', Names: ['a', 'b, "c"', 'd'] }],
  ['headers by prefix', { headers: { 'x-label-a': '1', host: 'h' } }, { Key: 'k', Labels: { a: '1' } }],
  ['the body', { body: Buffer.from('{"Body":"b","Since":1.5}') }, { Key: 'k', Body: 'b', Since: new Date(1500) }],
])('reads %s', (_, request, input) => {
  expect(read(request)).toEqual(input);
});

test.each([
  [{ body: Buffer.from('{"Key":"k"}') }, 'UnknownParameter', 'Key'],
  [{ body: Buffer.from('[]') }, 'SerializationException', 'an object'],
  [{ body: Buffer.from('{') }, 'SerializationException', 'JSON'],
  [{ query: new URLSearchParams('count=many') }, 'SerializationException', 'Count must be a number'],
])('refuses %j', (request, code, text) => {
  const attempt = () => read(request);
  expect(attempt).toThrow(ApiError);
  expect(attempt).toThrow(expect.objectContaining({ code }));
  expect(attempt).toThrow(text);
});

test('writes headers, status and payload', () => {
  if (!operation) throw new Error('Put cannot be read.');
  const output = {
    At: new Date('2026-11-21T08:09:10Z'),
    Names: ['a', 'b, "c"'],
    Labels: { A: '1' },
    Status: 202,
    Payload: 'text',
  };
  expect(restJson.writeOutput(output, operation, { service, requestId: 'r' })).toEqual({
    status: 202,
    headers: {
      'x-at': 'Sat, 21 Nov 2026 08:09:10 GMT',
      'x-names': 'a, "b, \\"c\\""',
      'x-label-a': '1',
      'content-type': 'text/plain',
      'x-amzn-requestid': 'r',
    },
    body: 'text',
  });
  expect(restJson.writeOutput({}, operation, { service, requestId: 'r' })).toMatchObject({ status: 201, body: '' });
});
