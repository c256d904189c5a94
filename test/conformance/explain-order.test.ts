/** Every rule has its place in the checklist, and the checklist knows every kind that a rule judges. */
import { expect, it } from '@jest/globals';
import { supportingKinds } from '../../lib/evaluate/users';
import { concernsOf } from '../../lib/explain/concerns';
import { order } from '../../lib/explain/order';
import { ownConditions } from '../../lib/explain/own-conditions';
import { rules } from '../../lib/rules/registry';
import { aSnapshot } from '../support/snapshot-builder';
import { permanentRuleIds } from './permanent-rule-ids';

const ids = order.map(({ id }) => id);

it('has each place once', () => {
  expect([...new Set(ids)]).toEqual(ids);
});

it('has a place for every rule that there is or will be, and for nothing else', () => {
  const wanted = [...permanentRuleIds, ...Object.keys(ownConditions)];
  expect([...ids].sort()).toEqual(wanted.sort());
});

it('says what holds, in a line without a full stop', () => {
  for (const { holds } of order) {
    expect(holds).toMatch(/^[A-Z].*[^.]$/);
    expect(holds.length).toBeLessThanOrEqual(60);
  }
});

it('looks at every kind that a rule judges', () => {
  const known = new Set([...concernsOf(aSnapshot(), { kind: 'service', key: 'none' }).keys(), ...supportingKinds]);
  expect(rules.filter(({ meta }) => !known.has(meta.kind)).map(({ meta }) => meta.id)).toEqual([]);
});
