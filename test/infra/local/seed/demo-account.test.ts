/**
 * The demo's account breaks rules once each, beside something that does the same right: what a sweep finds there, what
 * events alone lead to, and what asking for one thing finds.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { services } from '../../../../infra/local/services';
import { startLocalAccount, type LocalAccount } from '../../../../infra/local/local-account';
import { seedAccount } from '../../../../infra/local/seed/seed-account';
import type { Finding } from '../../../../lib/evaluate/finding';
import { rules } from '../../../../lib/rules/registry';
import type { Snapshot } from '../../../../lib/snapshot/snapshot';
import type { Request } from '../../../../lib/trigger/request';
import { anAudit, type Audit } from '../../../support/an-audit';

let account: LocalAccount;
let audits: readonly Audit[] = [];
const swept = new Map<string, readonly Finding[]>();
const snapshots = new Map<string, Snapshot>();

const isOpen = ({ status }: Finding): boolean => status === 'open';
const nameOf = ({ rule, resource }: Finding): string => `${rule} ${resource}`;
const all = (): readonly Finding[] => [...swept.values()].flat();

beforeAll(async () => {
  account = await startLocalAccount({ services });
  const regions = await seedAccount(account, { name: 'demo' });
  audits = await Promise.all(regions.map((region) => anAudit(account, region)));
  for (const audit of audits) {
    const { evaluation, snapshot } = await audit.look([audit.everything]);
    swept.set(audit.region, evaluation.findings);
    snapshots.set(audit.region, snapshot);
  }
}, 300_000);

afterAll(async () => {
  for (const audit of audits) audit.close();
  await account.stop();
});

describe('a sweep', () => {
  it('reads everything', () => {
    expect([...snapshots.values()].flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  it('finds each fault exactly once, and nothing else', () => {
    const found = all().filter(isOpen);
    const once = rules.map(({ meta: { id } }) => found.find(({ rule }) => rule === id));
    const missing = rules.filter((_, index) => once[index] === undefined).map(({ meta }) => meta.id);
    const extra = found.filter((finding) => !once.includes(finding)).map(nameOf);
    // each rule has one case in infra/local/seed/demo (or story), beside a twin that is in order
    expect({ missing, extra }).toEqual({ missing: [], extra: [] });
  });
});

/** What ECS, EC2 and Auto Scaling tell of, one after the other. */
function told({ account: owner, region, judged, containerInstances }: Snapshot): readonly Request[] {
  const of = (kind: 'task' | 'service' | 'container-instance' | 'instance'): readonly Request[] =>
    [...(judged.get(kind) ?? [])].map((id) => {
      const cluster = kind === 'container-instance' ? containerInstances.get(id)?.clusterArn : undefined;
      return { kind, account: owner, region, id, ...(cluster && { cluster }) };
    });
  return [...of('task'), ...of('service'), ...of('container-instance'), ...of('instance')];
}

describe('events', () => {
  it('lead to everything but what only sweeps find', async () => {
    const sweepOnly = new Set(rules.filter(({ meta }) => meta.sweepOnly !== undefined).map(({ meta }) => meta.id));
    const found = new Set<string>();
    for (const audit of audits) {
      const snapshot = snapshots.get(audit.region);
      if (!snapshot) throw new Error(`${audit.region} was not swept.`);
      const { evaluation } = await audit.look(told(snapshot));
      for (const finding of evaluation.findings.filter(isOpen)) found.add(nameOf(finding));
    }
    const expected = all().filter((finding) => isOpen(finding) && !sweepOnly.has(finding.rule));
    expect([...found].sort()).toEqual(expected.map(nameOf).sort());
  });
});

describe('asking for one thing', () => {
  it('finds all that a sweep finds of it', async () => {
    const missed: string[] = [];
    for (const audit of audits) {
      const snapshot = snapshots.get(audit.region);
      const requests = snapshot ? told(snapshot) : [];
      for (const request of requests) {
        const { evaluation } = await audit.look([request], { withSurroundings: true });
        const about = (finding: Finding): boolean =>
          isOpen(finding) && finding.kind === request.kind && finding.resource.endsWith(request.id);
        const found = new Set(evaluation.findings.filter(about).map(nameOf));
        for (const finding of (swept.get(audit.region) ?? []).filter(about)) {
          if (!found.has(nameOf(finding))) missed.push(nameOf(finding));
        }
      }
    }
    expect(missed).toEqual([]);
  });
});
