import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestKinds } from '../../lib/trigger/request';
import { toRequests } from '../../lib/trigger/to-requests';
import { eventFixture, eventNames } from '../support/event-fixture';

const oddities = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, undefined, '', 'null', ' ', 0, -1, [], {}, [null], 'x'.repeat(10_000)),
);

type Path = readonly (string | number)[];

/** Every place in a document, the document itself included. */
function places(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  const copy: unknown = structuredClone(value);
  const container = copy as Record<string, unknown>;
  container[key] = replaced(container[key], rest, odd);
  return copy;
}

/** Either requests that are well formed, or a reason; never both, never neither. */
function expectSense(message: unknown): void {
  const trigger = toRequests(message, { account: '111122223333', region: 'eu-west-2', ownRoleArns: ['odd'] });
  if ('reason' in trigger) {
    expect(trigger.reason).not.toBe('');
    return;
  }
  expect(trigger.requests).not.toHaveLength(0);
  for (const { kind, account, region, id } of trigger.requests) {
    expect(requestKinds).toContain(kind);
    expect([typeof account, typeof region, id === '']).toEqual(['string', 'string', false]);
  }
}

describe('toRequests with anything', () => {
  it('never throws on any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), expectSense), { numRuns: 300 });
  });

  it('never throws on any value', () => {
    fc.assert(fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), expectSense), {
      numRuns: 500,
    });
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), expectSense), { numRuns: 300 });
  });

  it.each(eventNames)('never throws on %s with one or two places made odd', (name) => {
    const event = eventFixture(name);
    const anyPlace = fc.constantFrom(...places(event));
    const mutation = fc.record({ first: anyPlace, odd: oddities, second: anyPlace, odder: oddities });
    fc.assert(
      fc.property(mutation, ({ first, odd, second, odder }) => {
        const once = replaced(event, first, odd);
        expectSense(once);
        expectSense(typeof once === 'object' && once !== null ? replacedIfThere(once, second, odder) : once);
      }),
      { numRuns: 50 },
    );
  });
});

/** The first change may have taken the second place away. */
function replacedIfThere(value: unknown, path: Path, odd: unknown): unknown {
  const known = places(value).some((place) => place.join('/') === path.join('/'));
  return known ? replaced(value, path, odd) : value;
}
