import { expect, it } from '@jest/globals';
import { withRow } from '../../../scripts/new-rule/applicability-text';

const table = (...ids: readonly string[]): string =>
  ['const table = {', ...ids.map((id) => `  '${id}': ipv6Only,`), '};', ''].join('\n');

it.each([
  ['first', 'a-a'],
  ['between', 'b-b'],
  ['last', 'z-z'],
])('puts a row %s where it sorts', (_, id) => {
  const others = ['a-b', 'c-c'];
  expect(withRow(table(...others), id)).toBe(table(...[...others, id].sort()));
});

it('leaves a row that is there', () => {
  const other = "const table = {\n  'a-b': { ...withIpv6, ...linux },\n};\n";
  expect(withRow(other, 'a-b')).toBe(other);
});
