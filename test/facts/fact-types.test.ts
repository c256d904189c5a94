import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { text, texts, version } from '../../lib/facts/fact-types';

const saidOf = (type: v.GenericSchema, value: unknown): string | undefined =>
  v.safeParse(type, value).issues?.[0].message;
const noVersion = 'must be a version of three numbers, such as 1.99.1';

describe('a fact', () => {
  it.each(['1.99.1', '10.0.0', '1.2.10'])('may be the version %s', (value) => {
    expect(saidOf(version, value)).toBeUndefined();
  });

  it.each(['v1.99.1', '1.99.1-dev', '1.99', ''])('may not be the version %j', (value) => {
    expect(saidOf(version, value)).toBe(noVersion);
  });

  it('says what it is not', () => {
    expect(saidOf(version, 1)).toBe(noVersion);
    expect(saidOf(text, 1)).toBe('must be text');
    expect(saidOf(text, '')).toBe('is empty');
    expect(saidOf(texts, [])).toBe('is empty');
    expect(saidOf(texts, 'a')).toBe('must be a list');
  });
});
