import { expect, it } from '@jest/globals';
import { mergeTriggers } from '../../lib/trigger/trigger';

it('gives each reason once where nothing is asked for', () => {
  const none = { requests: [] };
  expect(mergeTriggers([none, { reason: 'a' }, { reason: 'b' }, { reason: 'a' }])).toEqual({ reason: 'a; b' });
});
