import { expect, it } from '@jest/globals';
import { withRegions } from '../../../scripts/iam-docs/regions';

const text = ['a: 1', '  # generated: list (npm run x)', '  old', '  # end of list', 'b: 2'];

it('what a person wrote stays, what is between the marks is written anew', () => {
  const written = withRegions(text.join('\n'), ({ name, indent }) => [`${indent}${name}`]);
  expect(written.split('\n')).toEqual(['a: 1', text[1], '  list', text[3], 'b: 2']);
  expect(withRegions(written, ({ name, indent }) => [`${indent}${name}`])).toBe(written);
});

it('a part without an end is refused', () => {
  expect(() => withRegions(text.slice(0, 3).join('\n'), () => [])).toThrow(/list has no line that ends it/);
});
