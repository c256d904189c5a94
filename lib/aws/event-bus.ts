import { PutEventsCommand, type EventBridgeClient, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE } from '../report/event-name';
import type { EventPort, FindingStateChange } from '../report/events';
import { chunk } from './read';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const PUT_EVENTS_ENTRIES = 10;

/** A missing bus answers 200 and drops the event, so the bus comes from the stack that made it. */
export function eventBusPort(client: EventBridgeClient, bus: string): EventPort {
  const entry = (change: FindingStateChange): PutEventsRequestEntry => ({
    EventBusName: bus,
    Source: EVENT_SOURCE,
    DetailType: EVENT_DETAIL_TYPE,
    Resources: change.finding.resource.startsWith('arn:') ? [change.finding.resource] : [],
    Detail: JSON.stringify(change),
  });
  return {
    async putEvents(changes) {
      const accepted = new Set<string>();
      for (const batch of chunk(changes, PUT_EVENTS_ENTRIES)) {
        const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: batch.map(entry) }));
        for (const [index, change] of batch.entries()) {
          // entries that failed are sent again by a later run
          if (Entries[index]?.EventId !== undefined) accepted.add(change.id);
        }
      }
      return accepted;
    },
  };
}
