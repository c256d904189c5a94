import { describe, expect, it } from '@jest/globals';
import { fightOver, windowMs, whyFought } from '../../lib/guard/fight';
import { guard } from '../../lib/guard/guard';
import type { Action } from '../../lib/plan/action';
import type { Breaker } from '../../lib/state/memory';
import {
  aCloudMapRemoval,
  aHeal,
  aMemory,
  anExecChange,
  aSighting,
  aTargetRemoval,
  ORPHAN_KEY,
  STRAY_KEY,
} from '../support/action-builders';
import { NOW, REGISTRY_ARN, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { input } from './guard-input';

const HOUR = 3_600_000;
const base = { resource: SERVICE_ARN, resourceKind: 'service', scope: 'all', mode: 'tag', from: {} } as const;
const aTag = (rules: readonly string[], since = '2026-11-22'): Action => ({
  ...{ ...base, kind: 'tag', rules },
  to: { 'ecs-ipv6:since': since },
});
const anUntag: Action = { ...base, kind: 'untag', rules: [], to: {} };
const ownedBy = 'arn:aws:ecs:eu-west-2:111122223333:task/prod/a1';

describe('what is counted together', () => {
  it.each<[string, Action, string, string, string]>([
    ['an orphan by itself', aTargetRemoval(), ORPHAN_KEY, 'target', 'deregister'],
    ['a Cloud Map orphan by itself', aCloudMapRemoval(), STRAY_KEY, 'cloudmap-instance', 'deregister'],
    ['what ECS registers, by the group', aTargetRemoval({ ownedBy }), TARGET_GROUP_ARN, 'target-group', 'deregister'],
    ['and by the Cloud Map service', aCloudMapRemoval({ ownedBy }), REGISTRY_ARN, 'cloudmap-service', 'deregister'],
    ['a change', anExecChange(), SERVICE_ARN, 'service', 'disable-exec'],
    ['tags', aTag([]), SERVICE_ARN, 'service', 'tags'],
  ])('%s', (...[, action, resource, kind, counter]) => {
    expect(fightOver(action)).toMatchObject({ counter, resource, kind, key: `${counter}|${resource}` });
  });

  it('tags that say the same are the same, whatever the day; others are not', () => {
    const of = (action: Action) => fightOver(action).signature;
    expect(of(aTag(['a', 'b']))).toBe(of(aTag(['a', 'b'], '2026-12-01')));
    expect(new Set([aTag(['a']), aTag(['a', 'b']), anUntag].map(of)).size).toBe(3);
    expect(new Set([aTag(['a']), anUntag].map((action) => fightOver(action).key)).size).toBe(1);
  });

  it.each<[Action, string]>([
    [aTargetRemoval(), ''],
    [aTargetRemoval({ ownedBy }), ''],
    [aTag(['a', 'b']), 'a b'],
    [anUntag, 'untag'],
    [anExecChange(), 'disable-exec'],
  ])('what was written: %#', (action, signature) => {
    expect(fightOver(action).signature).toBe(signature);
  });

  it('for a day, or eight times as long as it has to be seen', () => {
    expect(windowMs({ orphanMinutes: 15 })).toBe(24 * HOUR);
    expect(windowMs({ orphanMinutes: 600 })).toBe(80 * HOUR);
  });
});

it.each<[Action, RegExp]>([
  [aTargetRemoval(), /^it was removed 3 times within 24 hours and came back each time: somebody registers it/],
  [aCloudMapRemoval({ ownedBy }), /^ECS registered anew .*ecsManaged to read never$/],
  [anExecChange(), /^ECS Exec was switched off 3 times/],
  [aHeal(), /^the address was made the primary one 3 times/],
  [aTag(['a']), /^the same tags were written 3 times/],
  [anUntag, /^the tags were taken away 3 times/],
])('says who undoes it and what has to stop: %#', (action, sentence) => {
  expect(whyFought(action, 24 * HOUR)).toMatch(sentence);
});

describe('an open breaker', () => {
  const open = (action: Action, minutes: number) => {
    const { counter, key, resource, kind } = fightOver(action);
    const until = new Date(NOW.getTime() + minutes * 60_000).toISOString();
    const times = { since: NOW.toISOString(), until };
    const breaker: Breaker = { ...{ counter, key, resource, kind, ...times }, rules: [], reason: 'it came back' };
    return {
      ...aMemory([aSighting(ORPHAN_KEY, 60), aSighting(STRAY_KEY, 60)]),
      breakers: new Map([[key, breaker]]),
    };
  };

  it.each<[string, Action]>([
    ['a removal', aTargetRemoval()],
    ['a tag', aTag(['a'])],
  ])('stops %s until it closes', (_, action) => {
    const verdict = (minutes: number) => guard(input({ actions: [action], memory: open(action, minutes) }));
    expect(verdict(1)).toMatchObject({
      allowed: [],
      withheld: [{ code: 'breaker-open', reason: expect.stringMatching(/^it came back; left alone until 2026-/) }],
    });
    expect(verdict(0).allowed).toEqual([action]);
  });

  it('stops nothing else', () => {
    expect(guard(input({ memory: open(aCloudMapRemoval(), 1) })).allowed).toHaveLength(1);
  });
});
