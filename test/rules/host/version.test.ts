import { expect, it } from '@jest/globals';
import { isOlder } from '../../../lib/rules/host/version';

it.each([
  ['1.99.0', '1.99.1', true],
  ['1.99.1', '1.99.1', false],
  ['1.100.0', '1.99.1', false],
  ['1.9.10', '1.99.1', true],
  ['2.0.0', '1.99.1', false],
  ['0.200.9', '1.99.1', true],
  ['1.99', '1.99.1', true],
  ['v1.98.0-dev', '1.99.1', true],
  ['10.0.0', '9.99.1', false],
  ['1.99.10', '1.99.9', false],
  ['agent 1.98.0', '1.99.1', undefined],
  ['latest', '1.99.1', undefined],
  ['', '1.99.1', undefined],
  ['1.99.1', 'none', undefined],
])('%s is older than %s: %s', (version, minimum, older) => {
  expect(isOlder(version, minimum)).toBe(older);
});
