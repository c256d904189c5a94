import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from '@jest/globals';
import { eventBusPort } from '../../lib/aws/event-bus';
import { toStateChange, type FindingStateChange } from '../../lib/report/events';
import { anEventBus } from '../infra/local/services/eventbridge/an-event-bus';
import { aRecord } from '../report/a-record';
import { aFinding, place } from '../support/action-builders';
import { SERVICE_ARN } from '../support/builders';
import { clientSettings } from '../support/local-account';

const change = (id: string, over: Partial<FindingStateChange> = {}): FindingStateChange => ({
  ...toStateChange(aRecord(), place),
  id,
  ...over,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => change(`change-${String(index)}`));
/** A detail that EventBridge refuses: it must be an object. */
const malformed = Object.assign(change('malformed'), { toJSON: () => [] });

/** A bus with a queue that gets whatever this source puts on it. */
async function aBus() {
  const site = await anEventBus();
  const queue = await site.queue('all');
  await site.rule({ Arn: queue.arn, InputPath: '$' }, '{"source":["ecs-ipv6"]}');
  const port = eventBusPort(new EventBridgeClient(clientSettings(site.account)), 'default');
  const put = async (changes: readonly FindingStateChange[]) => {
    const accepted = await port.putEvents(changes);
    await site.clock.advance(0);
    return accepted;
  };
  return { ...site, queue, put };
}

describe('events of changes', () => {
  it('carry the change, and name the resource where it has an ARN', async () => {
    const { put, queue } = await aBus();
    const service = change('b', { finding: aFinding({ resource: SERVICE_ARN }) });
    expect([...(await put([change('a'), service]))]).toEqual(['a', 'b']);
    const found = await queue.bodies();
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(
      expect.objectContaining({
        ...{ source: 'ecs-ipv6', 'detail-type': 'Finding State Change', resources: [SERVICE_ARN] },
        detail: JSON.parse(JSON.stringify(service)) as unknown,
      }),
    );
  });

  it('go out ten at a time', async () => {
    const { put, account } = await aBus();
    const sizes: number[] = [];
    account.interceptors.push(({ operation }, { Entries }) => {
      if (operation === 'PutEvents') sizes.push((Entries as unknown[]).length);
    });
    expect((await put(many(21))).size).toBe(21);
    expect(sizes).toEqual([10, 10, 1]);
    expect(await put([])).toEqual(new Set());
    expect(sizes).toHaveLength(3);
  });

  it('are accepted one by one: a refused entry fails no other', async () => {
    const { put, queue } = await aBus();
    expect([...(await put([change('a'), malformed, change('b')]))]).toEqual(['a', 'b']);
    expect(await queue.bodies()).toHaveLength(2);
  });
});
