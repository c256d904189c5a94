/** What the clients in use never send: lists and maps with holes. */
import { expect, test } from '@jest/globals';
import { readJsonStructure } from '../../../../infra/local/protocol/json-reader';
import { writeJsonStructure } from '../../../../infra/local/protocol/json-writer';
import { readStructureShape } from '../../../../infra/local/protocol/shape';

const shapeOf = (traits: unknown) =>
  readStructureShape([
    ...[3, 'test', 'Thing', 0, ['list', 'map']],
    [
      [1, 'test', 'List', traits, 0],
      [2, 'test', 'Map', traits, 0, 0],
    ],
  ]);

test('null stays in sparse lists and maps', () => {
  const value = { list: ['a', null], map: { a: null, b: 'b' } };
  expect(readJsonStructure(shapeOf({ sparse: 1 }), value)).toEqual(value);
  expect(writeJsonStructure(shapeOf({ sparse: 1 }), value)).toEqual(value);
});

test('null is no value of a dense map, no item of a dense list', () => {
  expect(readJsonStructure(shapeOf(0), { map: { a: null, b: 'b' } })).toEqual({ map: { b: 'b' } });
  expect(() => readJsonStructure(shapeOf(0), { list: ['a', null] })).toThrow(
    'list[1] must be something other than null',
  );
  expect(() => writeJsonStructure(shapeOf(0), { list: ['a', null] })).toThrow('list.1 must be a string, is null');
  expect(() => writeJsonStructure(shapeOf(0), { map: { a: null } })).toThrow('map.a must be a string, is null');
});

test('numbers that JSON cannot spell are words', () => {
  const shape = readStructureShape([3, 'test', 'Thing', 0, ['number'], [1]]);
  for (const number of [NaN, Infinity, -Infinity]) {
    const json = writeJsonStructure(shape, { number });
    expect(json).toEqual({ number: String(number) });
    expect(readJsonStructure(shape, json)).toEqual({ number });
  }
});
