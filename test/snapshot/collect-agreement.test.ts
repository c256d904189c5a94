/** What one event shows must be what the sweep shows: otherwise verdicts would come and go with whoever looks. */
import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import { seedStory } from '../../infra/local/seed/story/story';
import { createSeedClients } from '../../infra/local/seed/seed-clients';
import { services } from '../../infra/local/services';
import { evaluate } from '../../lib/evaluate/evaluate';
import type { Finding } from '../../lib/evaluate/finding';
import { postures, type Policy } from '../../lib/policy/policy';
import { rules } from '../../lib/rules/registry';
import type { CollectedKind, Snapshot } from '../../lib/snapshot/snapshot';
import { withLocalAccount } from '../support/local-account';
import { aPolicy, aScope } from '../support/policy-builders';
import { aCollector, aRequest, everything, type Collector } from './a-collector';

async function demo() {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services, clock });
  const parts = await seedStory(account, createSeedClients(account));
  return { account, clock, parts };
}

interface Said {
  readonly all: readonly Finding[];
  readonly unasked: readonly string[];
}

function findingsOn(snapshot: Snapshot, policy: Policy, now: Date): ReadonlyMap<string, Said> {
  const { findings, judgements } = evaluate({ snapshot, policy, rules, now });
  return new Map(
    [...judgements].map(([name, { unasked }]) => [
      name,
      { all: findings.filter(({ resource }) => resource === name), unasked },
    ]),
  );
}

const kinds: readonly CollectedKind[] = [
  'task',
  'service',
  'container-instance',
  'instance',
  'cluster',
  'target-group',
  'cloudmap-service',
];

/** It is left to sweeps and people. */
const isUnread = ({ status, gap }: Finding): boolean => status === 'unknown' && gap?.reason === 'not read';

describe('a single request and the sweep', () => {
  it.each(postures)('agree on every resource that both judge, where %s is wanted', async (posture) => {
    const policy = aPolicy({ mode: 'enforce', scopes: [aScope({ posture })] });
    const { account, clock } = await demo();
    const collector: Collector = aCollector({ account, clock });
    const sweep = await collector.collect([everything], policy);
    const known = findingsOn(sweep, policy, clock.now());
    expect([...known.values()].flatMap(({ all }) => all).length).toBeGreaterThan(2);
    let compared = 0;
    for (const kind of kinds) {
      for (const id of sweep.judged.get(kind) ?? []) {
        const single = findingsOn(await collector.collect([aRequest(kind, id)], policy), policy, clock.now());
        for (const [resource, { all, unasked }] of single) {
          // an event may know less, and then says so; it may not say otherwise
          const unread = new Set([...unasked, ...all.filter(isUnread).map(({ rule }) => rule)]);
          const told = (findings: readonly Finding[] = []) => findings.filter(({ rule }) => !unread.has(rule));
          const expected = { asked: id, resource, findings: told(known.get(resource)?.all) };
          expect({ asked: id, resource, findings: told(all) }).toEqual(expected);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});
