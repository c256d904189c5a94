import { expect, it } from '@jest/globals';
import { touchedBy } from '../../lib/guard/touched';
import { aHeal, anExecChange } from '../support/action-builders';
import { aSnapshot } from '../support/snapshot-builder';

it.each([aHeal(), anExecChange()])('$kind touches nothing but what it changes', (action) => {
  expect(touchedBy(action, aSnapshot())).toStrictEqual([action.resource]);
});
