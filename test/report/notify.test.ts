import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { LoadedPolicy } from '../../lib/policy/policy';
import type { Alert } from '../../lib/report/alert';
import { parseStateChange, toStateChange, type FindingStateChange } from '../../lib/report/events';
import { CLAIM_MS, notify } from '../../lib/report/notify';
import { findingKey, type FindingRecord } from '../../lib/state/memory';
import type { MemoryStore } from '../../lib/state/memory-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import { findingPartition, toRecord } from '../../lib/state/records';
import { aFinding, place } from '../support/action-builders';
import { adjustableClock } from '../support/adjustable-clock';
import { NOW, TARGET_GROUP_ARN } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aRecord } from './a-record';

let clock: ReturnType<typeof adjustableClock>;
let store: MemoryStore;
let published: Alert[];
let publish: (alert: Alert) => Promise<void>;

beforeEach(() => {
  clock = adjustableClock();
  store = createMemoryStore({ now: clock.now });
  published = [];
  publish = (alert) => Promise.resolve(void published.push(alert));
});

const run = (changes: readonly FindingStateChange[], holder = 'one', policy: Partial<LoadedPolicy> = {}) =>
  notify(changes, {
    ...{ store, now: clock.now, holder, publish: (alert) => publish(alert) },
    loadPolicy: () => Promise.resolve({ ...aLoadedPolicy(), ...policy }),
  });
const fresh = (over: Partial<FindingRecord> = {}, finding: Partial<Finding> = {}): FindingRecord =>
  aRecord({
    ...{ finding: aFinding(finding), announcedAt: undefined },
    transition: { id: `new ${finding.resource ?? ''}`, state: 'new', at: NOW.toISOString() },
    ...over,
  });

/** Puts the record where a pass puts it, and gives the event that goes out for it. */
async function remembered(record: FindingRecord): Promise<FindingStateChange> {
  const key = findingKey(record.finding);
  const item = await store.get(findingPartition(place), key);
  await store.put({ partition: findingPartition(place), key, value: record, expected: item?.version });
  return toStateChange(record, place);
}
const present = async () => (await store.list(findingPartition(place))).map((item) => toRecord(item).value);

describe('notify', () => {
  it('tells of a change once, under duplicates and later deliveries', async () => {
    const change = await remembered(fresh());
    expect([...(await run([change, change]))]).toEqual([]);
    expect([...(await run([change], 'two'))]).toEqual([]);
    expect(published).toHaveLength(1);
    const at = NOW.toISOString();
    expect(await present()).toMatchObject([{ announcedAt: at, transition: { alertedAt: at } }]);
    expect((await present())[0]?.transition.claim).toBeUndefined();
  });

  it('tells of it once when many run at once; the others look again later', async () => {
    const change = await remembered(fresh());
    const retries = await Promise.all(Array.from({ length: 10 }, (_, index) => run([change], String(index))));
    expect(published).toHaveLength(1);
    expect(retries.filter((retry) => retry.has(change.id))).toHaveLength(9);
    expect([...(await run([change], 'later'))]).toEqual([]);
    expect(published).toHaveLength(1);
  });

  it('takes over from a run that died after its claim', async () => {
    const claim = { by: 'dead', until: new Date(NOW.getTime() + CLAIM_MS).toISOString() };
    const change = await remembered(fresh({ transition: { ...fresh().transition, claim } }));
    expect([...(await run([change]))]).toEqual([change.id]);
    clock.advance(CLAIM_MS);
    expect([...(await run([change]))]).toEqual([]);
    expect(published).toHaveLength(1);
  });

  it('decides what is below the severity by a policy that was read, and tells of the rest meanwhile', async () => {
    const low = await remembered(fresh({}, { severity: 'low', resource: 'low' }));
    const high = await remembered(fresh({}, { severity: 'high', resource: 'high' }));
    const unread = { place: '/ecs-ipv6/policy', call: 'ssm:GetParameters', reason: 'Throttled', message: 'slow down' };
    expect([...(await run([low, high], 'one', { unread }))]).toEqual([low.id]);
    expect(published).toHaveLength(1);
    const { policy } = aLoadedPolicy();
    const asWritten = { policy: { ...policy, alerts: { ...policy.alerts, minSeverity: 'low' } } } as const;
    expect([...(await run([low], 'two', asWritten))]).toEqual([]);
    expect(published).toHaveLength(2);
  });

  it('keeps below-severity changes to itself, for good', async () => {
    const change = await remembered(fresh({}, { severity: 'low' }));
    expect([...(await run([change]))]).toEqual([]);
    expect(published).toEqual([]);
    expect(await present()).toMatchObject([{ transition: { alertedAt: NOW.toISOString() } }]);
    expect((await present())[0]?.announcedAt).toBeUndefined();
  });

  it('drops what is over or changed by now, and what nobody remembers', async () => {
    const change = await remembered(fresh());
    const end = { id: 'end', state: 'resolved', at: NOW.toISOString() } as const;
    await remembered(fresh({ transition: end }));
    expect([...(await run([change, { ...change, finding: aFinding({ rule: 'forgotten' }) }]))]).toEqual([]);
    expect(published).toEqual([]);
  });

  it('tells of the end only of what people know of', async () => {
    const end = { id: 'end', state: 'resolved', at: NOW.toISOString() } as const;
    await run([await remembered(fresh({ transition: end }))]);
    expect(published).toEqual([]);
    await run([await remembered(aRecord({ transition: { ...end, id: 'end 2' } }))]);
    expect(published).toMatchObject([{ attributes: { state: 'resolved' } }]);
    expect((await present())[0]?.announcedAt).toBeUndefined();
  });

  it('tries again after the topic refused', async () => {
    const change = await remembered(fresh());
    publish = () => Promise.reject(new Error('throttled'));
    await expect(run([change])).rejects.toThrow('throttled');
    publish = (alert) => Promise.resolve(void published.push(alert));
    expect([...(await run([change], 'two'))]).toEqual([]);
    expect(published).toHaveLength(1);
  });

  it('asks only for those again whose message was refused', async () => {
    const one = await remembered(fresh());
    const two = await remembered(fresh({}, { rule: 'task-without-ipv6', resource: 'task' }));
    publish = (alert) =>
      alert.attributes.rule === 'task-without-ipv6' ? Promise.reject(new Error('no')) : Promise.resolve();
    expect([...(await run([one, two]))]).toEqual([two.id]);
  });

  it('notes that people were told although a pass wrote the record meanwhile', async () => {
    const change = await remembered(fresh());
    publish = async (alert) => {
      published.push(alert);
      const [record] = await present();
      if (record) await remembered({ ...record, lastSeenAt: 'later' });
    };
    await run([change]);
    clock.advance(CLAIM_MS);
    await run([change], 'two');
    expect(published).toHaveLength(1);
    expect(await present()).toMatchObject([{ lastSeenAt: 'later', announcedAt: NOW.toISOString() }]);
  });

  it('tells of the end of what ended while people were told of it', async () => {
    const change = await remembered(fresh());
    const end = fresh({ transition: { id: 'end', state: 'resolved', at: NOW.toISOString() } });
    publish = async (alert) => {
      published.push(alert);
      if (published.length === 1) await remembered(end);
    };
    await run([change]);
    await run([toStateChange(end, place)]);
    expect(published.map(({ attributes }) => attributes.state)).toEqual(['new', 'resolved']);
  });

  it('makes one message of many changes with one cause', async () => {
    const resources = Array.from({ length: 100 }, (_, index) => `${TARGET_GROUP_ARN}#2001:db8::${String(index)}:80`);
    const changes: FindingStateChange[] = [];
    for (const resource of resources) changes.push(await remembered(fresh({}, { resource })));
    await run(changes);
    expect(published).toMatchObject([
      { subject: expect.stringMatching(/^\[high\] target-orphaned new: .* and 99 more$/) },
    ]);
    expect(published[0]?.ids).toHaveLength(100);
  });
});

describe('parseStateChange', () => {
  it('reads what the bus delivers', () => {
    const change = toStateChange(aRecord(), place);
    expect(parseStateChange(JSON.stringify({ source: 'ecs-ipv6', detail: change }))).toEqual({ change });
  });

  it.each([
    ['no JSON', '{', /no Finding State Change event/],
    ['no detail', '{}', /detail/],
    [
      'an unknown state',
      JSON.stringify({ detail: { ...toStateChange(aRecord(), place), state: 'odd' } }),
      /detail\.state/,
    ],
    ['no finding', JSON.stringify({ detail: { ...toStateChange(aRecord(), place), finding: {} } }), /detail\.finding/],
  ])('says what is wrong with %s', (_, body, message) => {
    const parsed = parseStateChange(body);
    expect('error' in parsed ? parsed.error.message : '').toMatch(message);
  });
});
