import { expect, it } from '@jest/globals';
import { nearestName } from '../../lib/policy/nearest-name';

const allowed = ['version', 'mode', 'scopes', 'rules', 'tags'];

it.each([
  ['moed', 'mode'],
  ['Mode', 'mode'],
  ['scope', 'scopes'],
  ['verison', 'version'],
  ['tag', 'tags'],
  ['versions', 'version'],
  ['colour', undefined],
  ['', undefined],
  ['x', undefined],
])('%j was meant to be %j', (written, meant) => expect(nearestName(written, allowed)).toBe(meant));

it('means nothing where nothing is allowed', () => expect(nearestName('mode', [])).toBeUndefined());
