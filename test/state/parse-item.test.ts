import { expect, it } from '@jest/globals';
import * as v from 'valibot';
import { acquireLease } from '../../lib/state/group-leases';
import { listHolds } from '../../lib/state/holds';
import { createLedger } from '../../lib/state/ledger';
import { createMemoryStore } from '../../lib/state/memory-store';
import { parseItem } from '../../lib/state/parse-item';
import { place } from '../support/action-builders';
import { adjustableClock } from '../support/adjustable-clock';

const item = (value: unknown) => ({ partition: 'hold#1#eu', key: 'web', version: 1, value });
const schema = v.object({ until: v.string() });

it('gives what the schema knows', () => {
  expect(parseItem(schema, item({ until: 'then', other: 1 }))).toEqual({ until: 'then' });
});

it.each([
  ['of another type', 'odd', /item web of hold#1#eu is not as this version writes it \(Invalid type: .*take it out/],
  ['without a key', {}, /\(until: Invalid key: /],
])('names the item that is %s', (_, value, message) => {
  expect(() => parseItem(schema, item(value))).toThrow(message);
});

it('is how everything that decides reads the state', async () => {
  const { now } = adjustableClock();
  const store = createMemoryStore({ now });
  const [at, here] = [`${place.account}/${place.region}`, `${place.account}#${place.region}`];
  for (const partition of [`hold#${here}`, `ledger#${here}`, `lease#${at}`]) {
    await store.put({ partition, key: 'web', value: 'odd', expected: undefined });
  }
  await expect(listHolds(store, place)).rejects.toThrow(/item web of hold#/);
  await expect(createLedger({ store, place, now }).list()).rejects.toThrow(/item web of ledger#/);
  const lease = acquireLease({ store, place: at, resource: 'web', holder: 'a', now });
  await expect(lease).rejects.toThrow(/item web of lease#/);
});
