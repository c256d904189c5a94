import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../lib/evaluate/evaluate';
import type { Evaluation } from '../../lib/evaluate/judgement';
import type { PolicyScope } from '../../lib/policy/policy';
import { rules } from '../../lib/rules/registry';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import { NOW } from '../support/builders';
import { aPolicy, aScope } from '../support/policy-builders';
import { aSnapshot } from '../support/snapshot-builder';
import { aLoss, aWorld, reordered, someScopes, without } from './a-random-world';

/** Options without which a rule finds nothing. */
const settings = { 'subnet-open-ipv6-route': { off: false, options: { privateSubnets: ['*'] } } };

const run = (snapshot: Snapshot, scopes: readonly PolicyScope[]): Evaluation =>
  evaluate({ snapshot, policy: aPolicy({ scopes, rules: settings }), rules, now: NOW });

function openIn({ findings }: Evaluation): ReadonlySet<string> {
  return new Set(findings.filter(({ status }) => status === 'open').map(({ rule, resource }) => `${rule} ${resource}`));
}

const postures = fc.constantFrom('ipv6-only' as const, 'ipv6-only' as const, 'dual-stack' as const);
const RUNS = { numRuns: 200 };

describe('any snapshot', () => {
  it('is judged without an error, whole or with parts missing', () => {
    fc.assert(
      fc.property(aWorld, aLoss, someScopes, (world, loss, scopes) => {
        const whole = aSnapshot(world);
        for (const snapshot of [whole, without(whole, loss, { gaps: true }), without(whole, loss, { gaps: false })]) {
          run(snapshot, scopes);
        }
      }),
      RUNS,
    );
  });

  it('never has more open findings with less known', () => {
    fc.assert(
      fc.property(aWorld, aLoss, someScopes, (world, loss, scopes) => {
        const whole = aSnapshot(world);
        const known = openIn(run(whole, scopes));
        const less = openIn(run(without(whole, loss, { gaps: true }), scopes));
        expect([...less].filter((finding) => !known.has(finding))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is judged the same every time, and in any order', () => {
    fc.assert(
      fc.property(aWorld, aLoss, someScopes, (world, loss, scopes) => {
        const snapshot = without(aSnapshot(world), loss, { gaps: true });
        const first = run(snapshot, scopes);
        expect(run({ ...snapshot }, scopes)).toEqual(first);
        const turned = run(reordered(snapshot), scopes);
        expect(turned.findings).toEqual(first.findings);
        expect(turned.judgements).toEqual(first.judgements);
      }),
      RUNS,
    );
  });

  it('finds one thing at most by each rule on each resource', () => {
    fc.assert(
      fc.property(aWorld, someScopes, (world, scopes) => {
        const names = run(aSnapshot(world), scopes).findings.map(({ rule, resource }) => `${rule} ${resource}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      RUNS,
    );
  });

  it('yields findings of every rule, so that the above says something', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(aWorld, postures, (world, posture) => {
        for (const finding of run(aSnapshot(world), [aScope({ posture })]).findings) {
          if (finding.status === 'open') seen.add(finding.rule);
        }
      }),
      // rare combinations: a fixed seed, so that chance does not decide
      { numRuns: 1000, seed: 5 },
    );
    expect([...seen].sort()).toEqual(rules.map(({ meta }) => meta.id));
  });
});
