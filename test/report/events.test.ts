import { describe, expect, it } from '@jest/globals';
import { parseStateChange, toStateChange } from '../../lib/report/events';
import { place } from '../support/action-builders';
import { aRecord } from './a-record';

describe('parseStateChange', () => {
  it('reads what the bus delivers', () => {
    const change = toStateChange(aRecord(), place);
    expect(parseStateChange(JSON.stringify({ source: 'ecs-ipv6', detail: change }))).toEqual({ change });
  });

  it.each([
    ['no JSON', '{', /no Finding State Change event/],
    ['no detail', '{}', /detail/],
    [
      'an unknown state',
      JSON.stringify({ detail: { ...toStateChange(aRecord(), place), state: 'odd' } }),
      /detail\.state/,
    ],
    ['no finding', JSON.stringify({ detail: { ...toStateChange(aRecord(), place), finding: {} } }), /detail\.finding/],
  ])('says what is wrong with %s', (_, body, message) => {
    const parsed = parseStateChange(body);
    expect('error' in parsed ? parsed.error.message : '').toMatch(message);
  });
});
