import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { LoadedPolicy } from '../../lib/policy/policy';
import { idsOf, type Alert } from '../../lib/report/alert';
import { ChannelBusy, type Channel } from '../../lib/report/channel';
import { CLAIM_MS } from '../../lib/report/claim';
import { toStateChange, type FindingStateChange } from '../../lib/report/events';
import { notify } from '../../lib/report/notify';
import { findingKey, type ChannelName, type FindingRecord } from '../../lib/state/memory';
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

/** A channel that sends one message for each alert. */
const channel = (name: ChannelName, send: (alert: Alert) => Promise<void>): Channel => ({
  name,
  pack: (alerts) => alerts.map((alert) => ({ ids: idsOf(alert), send: () => send(alert) })),
});
const topic = channel('topic', (alert) => publish(alert));

interface RunOptions {
  readonly policy?: Partial<LoadedPolicy>;
  readonly channels?: readonly Channel[];
}

/** Ids of the changes that have to come again. */
async function run(
  changes: readonly FindingStateChange[],
  holder = 'one',
  { policy = {}, channels = [topic] }: RunOptions = {},
): Promise<ReadonlySet<string>> {
  const loadPolicy = () => Promise.resolve({ ...aLoadedPolicy(), ...policy });
  const retries = await notify(changes, { store, now: clock.now, holder, place, channels, loadPolicy });
  return new Set(retries.keys());
}
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
    expect([...(await run([low, high], 'one', { policy: { unread } }))]).toEqual([low.id]);
    expect(published).toHaveLength(1);
    const { policy } = aLoadedPolicy();
    const asWritten = { policy: { ...policy, alerts: { ...policy.alerts, minSeverity: 'low' } } } as const;
    expect([...(await run([low], 'two', { policy: asWritten }))]).toEqual([]);
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
    expect([...(await run([change]))]).toEqual([change.id]);
    publish = (alert) => Promise.resolve(void published.push(alert));
    expect([...(await run([change], 'two'))]).toEqual([]);
    expect(published).toHaveLength(1);
  });

  it('asks only for those again whose message was refused', async () => {
    const one = await remembered(fresh());
    const two = await remembered(fresh({}, { rule: 'task-without-ipv6', resource: 'task' }));
    publish = (alert) =>
      alert.attributes.rule.includes('task-without-ipv6') ? Promise.reject(new Error('no')) : Promise.resolve();
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
    expect(published.map(({ changes: told }) => told.length)).toEqual([100]);
  });
});

describe('notify, with several channels', () => {
  let slack: Alert[];
  let toSlack: (alert: Alert) => Promise<void>;
  const channels = [topic, channel('slack', (alert) => toSlack(alert))];
  beforeEach(() => {
    slack = [];
    toSlack = (alert) => Promise.resolve(void slack.push(alert));
  });
  const states = (alerts: readonly Alert[]) => alerts.map(({ attributes }) => attributes.state);

  it('tells of a change once in each', async () => {
    const change = await remembered(fresh());
    expect([...(await run([change, change], 'one', { channels }))]).toEqual([]);
    await run([change], 'two', { channels });
    expect([published.length, slack.length]).toEqual([1, 1]);
    expect(await present()).toMatchObject([{ transition: { alertedAt: NOW.toISOString() } }]);
  });

  it.each([
    ['the topic', 'topic'],
    ['Slack', 'slack'],
  ])('does not repeat it in the other when %s fails', async (_, failing) => {
    const change = await remembered(fresh());
    const [toTopic, toWebhook] = [publish, toSlack];
    const fail = () => Promise.reject(new Error('no'));
    if (failing === 'topic') publish = fail;
    else toSlack = fail;
    expect([...(await run([change], 'one', { channels }))]).toEqual([change.id]);
    expect(published.length + slack.length).toBe(1);
    expect((await present())[0]?.transition.alertedAt).toBeUndefined();
    [publish, toSlack] = [toTopic, toWebhook];
    expect([...(await run([change], 'two', { channels }))]).toEqual([]);
    expect([published.length, slack.length]).toEqual([1, 1]);
  });

  it('tells of the end in a channel that failed, although the other has told of it', async () => {
    const end = aRecord({ transition: { id: 'end', state: 'resolved', at: NOW.toISOString() } });
    const change = await remembered(end);
    const toWebhook = toSlack;
    toSlack = () => Promise.reject(new Error('no'));
    await run([change], 'one', { channels });
    toSlack = toWebhook;
    await run([change], 'two', { channels });
    expect([states(published), states(slack)]).toEqual([['resolved'], ['resolved']]);
    expect((await present())[0]?.announcedAt).toBeUndefined();
  });

  it('leaves a channel alone for as long as it asks, whoever runs', async () => {
    const one = await remembered(fresh({}, { resource: 'one', scope: 'a' }));
    const two = await remembered(fresh({}, { resource: 'two', scope: 'b' }));
    const three = await remembered(fresh({}, { resource: 'three', scope: 'c' }));
    let asked = 0;
    const toWebhook = toSlack;
    toSlack = () => {
      asked++;
      return Promise.reject(new ChannelBusy('slow down', 30));
    };
    expect((await run([one, two], 'one', { channels })).size).toBe(2);
    toSlack = toWebhook;
    expect((await run([one, two, three], 'two', { channels })).size).toBe(3);
    expect([asked, slack.length, published.length]).toEqual([1, 0, 3]);
    clock.advance(30_000);
    expect((await run([one, two, three], 'three', { channels })).size).toBe(0);
    expect([slack.length, published.length]).toEqual([3, 3]);
  });

  it('begins no message once its time is over', async () => {
    const one = await remembered(fresh({}, { resource: 'one', scope: 'a' }));
    const two = await remembered(fresh({}, { resource: 'two', scope: 'b' }));
    publish = (alert) => {
      published.push(alert);
      clock.advance(41_000);
      return Promise.resolve();
    };
    expect((await run([one, two])).size).toBe(1);
    expect((await run([one, two], 'two')).size).toBe(0);
    expect(published).toHaveLength(2);
  });
});
