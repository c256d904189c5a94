/** What every service of the local account has to be. */
import { expect, test } from '@jest/globals';
import { modelOf } from '../../../infra/local/protocol/service-model';
import type { Shape } from '../../../infra/local/protocol/shape';
import { services } from '../../../infra/local/services';

const named = services.map((service) => ({ name: service.iamPrefix, service }));

test('no service is there twice', () => {
  expect(new Set(services).size).toBe(services.length);
});

test.each(named)('$name simulates operations that AWS has', ({ service }) => {
  const known = modelOf(service).operationNames;
  const own = [...Object.keys(service.operations), ...(service.forwarding?.operations ?? [])];
  expect(own.filter((operation) => !known.includes(operation))).toEqual([]);
});

function belowLists(shape: Shape): Shape {
  if (shape.kind === 'list') return belowLists(shape.element.shape);
  return shape.kind === 'map' ? belowLists(shape.value.shape) : shape;
}

function exists(shape: Shape, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  const place = belowLists(shape);
  const member = place.kind === 'structure' ? place.byName.get(name) : undefined;
  return member !== undefined && exists(member.shape, rest);
}

test.each(named)('$name accepts parameters that AWS has', ({ service }) => {
  const model = modelOf(service);
  const misspelt = Object.entries(service.operations).flatMap(([name, { accepts }]) => {
    const input = model.operation(name)?.input;
    return accepts.filter((path) => !input || !exists(input, path.split('.'))).map((path) => `${name}: ${path}`);
  });
  expect(misspelt).toEqual([]);
});
