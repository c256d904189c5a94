import { expect, it } from '@jest/globals';
import { budgetOf } from '../../lib/guard/action-budget';
import { aCloudMapRemoval, aHeal, anExecChange, aTargetRemoval } from '../support/action-builders';
import { aPolicy } from '../support/policy-builders';

const limits = { perRun: 2, perHour: 9 };
const { guard } = aPolicy();
const policy = { deregister: { ...guard.deregister, ...limits }, heal: limits, disableExec: limits };

it.each([
  { actions: [aTargetRemoval(), aCloudMapRemoval()], counter: 'deregister', words: ['guard.deregister', 'removals'] },
  { actions: [aHeal()], counter: 'heal', words: ['guard.heal', 'changes'] },
  { actions: [anExecChange()], counter: 'disable-exec', words: ['guard.disableExec', 'changes'] },
])('$counter is a budget', ({ actions, counter, words: [setting, noun] }) => {
  const budget = {
    ...{ counter, ...limits },
    overRun: `${setting}.perRun allows 2 ${noun} a run`,
    overHour: `${setting}.perHour allows 9 ${noun} an hour`,
  };
  for (const action of actions) expect(budgetOf(action, { ...guard, ...policy })).toEqual(budget);
});
