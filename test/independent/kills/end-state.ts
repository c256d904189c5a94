/** What is left at the end of a story, in the account and in the controller's table. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListTagsForResourceCommand as ListEcsTagsCommand } from '@aws-sdk/client-ecs';
import { ListTagsForResourceCommand as ListCloudMapTagsCommand } from '@aws-sdk/client-servicediscovery';
import { readStoryState } from '../../../infra/local/seed/story/people';
import type { SeedClients } from '../../../infra/local/seed/seed-clients';
import { createDynamodbStore } from '../../../lib/aws/dynamodb-store';
import type { DemoWorld } from '../../../lib/cli/demo/world';
import type { ItemStore } from '../../../lib/state/item-store';
import { createLedger, type LedgerEntry } from '../../../lib/state/ledger';
import { findingPartition, toRecord } from '../../../lib/state/records';
import type { CallMade } from './calls-made';
import { withoutIds } from './without-ids';

export interface EndState {
  readonly targets: readonly string[];
  readonly instances: readonly string[];
  readonly tags: readonly string[];
}

/** @param calls whatever they tagged has its tags read */
export async function readEndState({ parts }: DemoWorld, calls: readonly CallMade[]): Promise<EndState> {
  const { webTargets, webInstances, webTasks, tags } = await readStoryState(parts);
  const ids = webTasks.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  const tagged = [...new Set(calls.flatMap(taggedBy))].sort();
  const listed = await Promise.all(tagged.map((arn) => tagsOf(parts.clients, arn)));
  return {
    targets: webTargets.map(withoutIds).sort(),
    instances: webInstances.map((id) => (ids.includes(id) ? 'a task' : id)).sort(),
    tags: [...Object.entries(tags).map((tag) => tag.join(' ')), ...listed.flat()].map(withoutIds).sort(),
  };
}

function taggedBy({ action, input }: CallMade): readonly string[] {
  if (!action.endsWith(':TagResource')) return [];
  const { resourceArn, ResourceARN } = JSON.parse(input) as Readonly<Record<string, string | undefined>>;
  return [resourceArn ?? ResourceARN ?? []].flat();
}

/** Without the day on which the violation began. */
async function tagsOf({ ecs, serviceDiscovery }: SeedClients, arn: string): Promise<readonly string[]> {
  const tags = arn.startsWith('arn:aws:ecs:')
    ? (await ecs.send(new ListEcsTagsCommand({ resourceArn: arn }))).tags?.map(({ key, value }) => [key, value])
    : (await serviceDiscovery.send(new ListCloudMapTagsCommand({ ResourceARN: arn }))).Tags?.map((tag) => [
        tag.Key,
        tag.Value,
      ]);
  return (tags ?? []).filter(([key]) => key !== 'ecs-ipv6:since').map(([key, value]) => [arn, key, value].join(' '));
}

/** Each finding, whether it is open, and whether its last change was sent and told. */
export async function readFindings(world: DemoWorld): Promise<readonly string[]> {
  const items = await withTable(world, (store) => store.list(findingPartition(world.account)));
  const found = items.map(toRecord).map(({ value: { finding, transition } }) => {
    const marks = [transition.eventSentAt && 'sent', transition.alertedAt && 'told'].filter(Boolean);
    return withoutIds([finding.rule, finding.resource, transition.state, ...marks].join(' '));
  });
  return found.sort();
}

/**
 * What the ledger says was removed or changed, and what it has no outcome of, or an intent that nobody took away; what it
 * says was not done is left out.
 */
export async function readLedger(world: DemoWorld): Promise<readonly string[]> {
  const now = (): Date => world.account.world.clock.now();
  const [entries, left] = await withTable(world, async (store) => {
    const ledger = createLedger({ store, place: world.account, now });
    return [await ledger.list(), await ledger.unsettled()];
  });
  const name = ({ action }: LedgerEntry, end: string): string =>
    withoutIds([action.kind, action.resource, end].join(' '));
  return [
    ...entries
      .filter(({ outcome }) => outcome?.status !== 'failed')
      .map((entry) => name(entry, entry.outcome?.status ?? 'open')),
    ...left.map((entry) => name(entry, 'intended still')),
  ].sort();
}

/** The controller's own table, read by its administrator. */
async function withTable<Answer>(
  { account, stack }: DemoWorld,
  read: (store: ItemStore) => Promise<Answer>,
): Promise<Answer> {
  const { endpoint, region, world } = account;
  const credentials = { accessKeyId: account.account, secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const table = stack.outputs()['StateTableName'] ?? '';
  try {
    return await read(createDynamodbStore(client, table, () => world.clock.now()));
  } finally {
    client.destroy();
  }
}
