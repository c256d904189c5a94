import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { createWorld } from '../../../../../infra/local/kernel/world';
import { createFilter } from '../../../../../infra/local/services/ec2/filter';

interface Thing {
  readonly name: string;
  readonly ports: readonly number[];
  readonly open: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

const scope = createWorld({ clock: new SimulatedClock({ running: false }) }).scope('111122223333', 'eu-west-2');

function passes(thing: Partial<Thing>, ...filters: { Name?: string; Values?: string[] }[]): boolean {
  const fields = {
    name: (each: Thing) => each.name,
    port: (each: Thing) => each.ports,
    open: (each: Thing) => each.open,
    nothing: () => undefined,
  };
  const filter = createFilter<Thing>(filters, fields, ({ tags }) => new Map(Object.entries(tags)));
  return filter({ name: 'web', ports: [80, 443], open: true, tags: {}, ...thing }, scope);
}

describe('a filter', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'Web', false],
    ['web-1', 'web*', true],
    ['web', 'web*', true],
    ['my-web-1', 'web*', false],
    ['web-1', 'web-?', true],
    ['web-10', 'web-?', false],
    ['web', '*', true],
    ['a*b', String.raw`a\*b`, true],
    ['axb', String.raw`a\*b`, false],
    ['what?', String.raw`what\?`, true],
    ['a.b', 'a.*', true],
    ['axb', 'a.*', false],
    ['10.0.0.0/8', '10.0.?.0/8', true],
    ['(prod)', '(prod)*', true],
    ['two\nlines', 'two*', true],
  ])('on %j with the value %j: %s', (name, pattern, expected) => {
    expect(passes({ name }, { Name: 'name', Values: [pattern] })).toBe(expected);
  });

  it('passes if any value matches any field, and every filter has to pass', () => {
    expect(passes({}, { Name: 'port', Values: ['22', '443'] })).toBe(true);
    expect(passes({}, { Name: 'port', Values: ['22'] })).toBe(false);
    expect(passes({}, { Name: 'port', Values: ['443'] }, { Name: 'name', Values: ['db'] })).toBe(false);
    expect(passes({})).toBe(true);
  });

  it('compares what is no text by its spelling', () => {
    expect(passes({}, { Name: 'open', Values: ['true'] })).toBe(true);
    expect(passes({ open: false }, { Name: 'open', Values: ['true'] })).toBe(false);
  });

  it('never passes on a field that the item does not have', () => {
    expect(passes({}, { Name: 'nothing', Values: ['*'] })).toBe(false);
    expect(passes({}, { Name: 'name' })).toBe(false);
  });

  it('sees tags by key and by value', () => {
    const tags = { team: 'payments', Name: '' };
    expect(passes({ tags }, { Name: 'tag:team', Values: ['pay*'] })).toBe(true);
    expect(passes({ tags }, { Name: 'tag:Name', Values: [''] })).toBe(true);
    expect(passes({ tags }, { Name: 'tag:owner', Values: ['*'] })).toBe(false);
    expect(passes({ tags }, { Name: 'tag-key', Values: ['team'] })).toBe(true);
    expect(passes({ tags }, { Name: 'tag-key', Values: ['Team'] })).toBe(false);
  });

  it.each([
    ["The filter 'colour' is invalid", [{ Name: 'colour', Values: ['red'] }]],
    ["The filter 'null' is invalid", [{ Values: ['red'] }]],
    ["The filter 'toString' is invalid", [{ Name: 'toString', Values: [''] }]],
  ])('is refused: %s', (message, filters) => {
    const refusal = expect.objectContaining({ code: 'InvalidParameterValue', message });
    expect(() => passes({}, ...filters)).toThrow(refusal);
  });

  it.each([
    ['51 filters', Array.from({ length: 51 }, () => ({ Name: 'name' }))],
    ['201 values', [{ Name: 'name', Values: Array.from({ length: 201 }, String) }]],
    ['a value of 256 characters', [{ Name: 'name', Values: ['x'.repeat(256)] }]],
  ])('is refused as too much: %s', (_, filters) => {
    expect(() => passes({}, ...filters)).toThrow(expect.objectContaining({ code: 'FilterLimitExceeded' }));
  });

  it('takes as much as AWS allows', () => {
    const filters = Array.from({ length: 50 }, () => ({ Name: 'name', Values: ['w*', 'x', 'y', 'z'] }));
    expect(passes({}, ...filters)).toBe(true);
  });
});
