import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import { createReport } from '../../lib/report/report-pass';
import type { FindingStateChange } from '../../lib/report/events';
import type { Pass } from '../../lib/stages';
import type { Memory } from '../../lib/state/memory';
import type { MemoryStore } from '../../lib/state/memory-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import { createRecall, findingPartition, toRecord } from '../../lib/state/records';
import { aFinding, aJudgement, anEvaluation, aTargetRemoval, ORPHAN_KEY, place } from '../support/action-builders';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';
import { aTarget, NOW } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aGap, aSnapshot } from '../support/snapshot-builder';

let clock: ReturnType<typeof adjustableClock>;
let store: MemoryStore;
let sent: FindingStateChange[];
let accepts: (change: FindingStateChange) => boolean;

beforeEach(() => {
  clock = adjustableClock();
  store = createMemoryStore({ now: clock.now });
  sent = [];
  accepts = () => true;
});

const passOf = (findings: readonly Finding[], dryRun = false): Pass => ({
  ...{ requests: [], settings: { dryRun }, policy: aLoadedPolicy(), startedAt: NOW },
  snapshot: aSnapshot({ targets: [aTarget()], gaps: [aGap()] }),
  evaluation: anEvaluation(findings, [aJudgement({ status: findings.length > 0 ? 'violation' : 'compliant' })]),
  outcomes: [{ action: aTargetRemoval(), status: 'applied' }],
});
function report(pass: Pass, memory: Memory) {
  return createReport({
    ...{ store, now: clock.now },
    calls: () => ({ apiCalls: { 'ecs:DescribeTasks': 3 }, throttled: 1 }),
    events: {
      putEvents(changes) {
        sent.push(...changes);
        return Promise.resolve(new Set(changes.filter(accepts).map(({ id }) => id)));
      },
    },
  })(pass, memory);
}

const recall = (pass: Pass) => createRecall({ store, now: clock.now })({ ...pass, planned: [] }, pass.settings);
async function run(findings: readonly Finding[], dryRun = false) {
  const pass = passOf(findings, dryRun);
  return await report(pass, await recall(pass));
}
const records = async () => (await store.list(findingPartition(place))).map((item) => toRecord(item).value);
const states = () => sent.map(({ state }) => state);

describe('a pass', () => {
  it('tells of what is new and of its end, each once', async () => {
    await run([aFinding()]);
    await run([aFinding()]);
    expect(sent).toMatchObject([{ state: 'new', ...place, finding: { resource: ORPHAN_KEY } }]);
    await run([]);
    await run([]);
    expect(states()).toEqual(['new', 'resolved']);
    expect(await records()).toMatchObject([{ transition: { state: 'resolved', eventSentAt: NOW.toISOString() } }]);
    clock.advance(7 * 24 * 60 * MINUTE);
    expect(await records()).toEqual([]);
  });

  it('changes nothing in the state the second time', async () => {
    await run([aFinding()]);
    const before = (await store.list(findingPartition(place))).map(({ version }) => version);
    await run([aFinding()]);
    expect((await store.list(findingPartition(place))).map(({ version }) => version)).toEqual(before);
  });

  it('tells of a change once, however many runs find it at once', async () => {
    const pass = passOf([aFinding()]);
    const memories = await Promise.all(Array.from({ length: 10 }, () => recall(pass)));
    await Promise.all(memories.map((memory) => report(pass, memory)));
    expect(states()).toEqual(['new']);
  });

  it('sends again what the bus did not accept, with the same id, but not at once', async () => {
    accepts = () => false;
    await run([aFinding()]);
    await run([aFinding()]);
    expect(states()).toEqual(['new']);
    clock.advance(3 * MINUTE);
    accepts = () => true;
    await run([aFinding()]);
    await run([aFinding()]);
    expect(states()).toEqual(['new', 'new']);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it('writes and tells nothing on a dry run', async () => {
    await run([aFinding()], true);
    expect([store.all(), sent]).toEqual([[], []]);
  });

  it('sums up what it saw and did', async () => {
    expect(await run([aFinding()])).toEqual({
      schema: 'ecs-ipv6/report/v1',
      account: '111122223333',
      regions: ['eu-west-2'],
      mode: 'observe',
      policyVersion: 'v1',
      policyOrigin: 'parameter',
      policyProblems: [],
      policyWarnings: [],
      overriddenFacts: [],
      startedAt: NOW.toISOString(),
      durationMs: 0,
      scanned: expect.objectContaining({ target: 1, task: 0 }),
      apiCalls: { 'ecs:DescribeTasks': 3 },
      throttled: 1,
      findings: [aFinding()],
      actions: [{ action: aTargetRemoval(), status: 'applied' }],
      gaps: [{ call: 'ecs:DescribeTasks', reason: 'AccessDenied', resources: [] }],
    });
  });

  it('says in its gaps that the policy could not be read', async () => {
    const unread = { place: '/ecs-ipv6/policy', call: 'ssm:GetParameter', reason: 'Throttled', message: 'slow down' };
    const pass = { ...passOf([]), policy: { ...aLoadedPolicy(), unread } };
    expect(await report(pass, await recall(pass))).toMatchObject({
      ...{ policyProblems: [] },
      gaps: [{ call: 'ssm:GetParameter', reason: 'Throttled', resources: ['/ecs-ipv6/policy'] }, {}],
    });
  });
});
