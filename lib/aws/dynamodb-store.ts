import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Item, ItemStore, Write } from '../state/item-store';

/**
 * The table of the template: `pk`, `sk`, `version` (number), `value` (JSON text), `expiresAt` (epoch seconds, the
 * table's TTL attribute). Reads are consistent, because budgets are counted from them.
 */
export function createDynamodbStore(client: DynamoDBClient, table: string, now: () => Date): ItemStore {
  const key = (partition: string, sort: string) => ({ pk: { S: partition }, sk: { S: sort } });
  return {
    async get(partition, sort) {
      const command = new GetItemCommand({ TableName: table, Key: key(partition, sort), ConsistentRead: true });
      const { Item: found } = await client.send(command);
      return found && alive(toItem(found), now());
    },
    async list(partition) {
      const items: Item[] = [];
      const query = {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
      };
      for await (const page of paginateQuery({ client }, query)) {
        items.push(...(page.Items ?? []).map(toItem).filter((item) => alive(item, now()) !== undefined));
      }
      return items;
    },
    put: (write) => unlessConflict(() => client.send(new PutItemCommand(putInput(table, write, now())))),
    remove: (partition, sort, expected) =>
      unlessConflict(() =>
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: key(partition, sort),
            ConditionExpression: 'attribute_not_exists(pk) OR #version = :expected OR #expires <= :now',
            ExpressionAttributeNames: NAMES,
            ExpressionAttributeValues: { ':expected': { N: String(expected) }, ':now': secondsOf(now()) },
          }),
        ),
      ),
  };
}

/** TTL deletes late (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html): expired is gone. */
const alive = (item: Item, now: Date): Item | undefined =>
  item.expiresAt === undefined || item.expiresAt > now ? item : undefined;

const NAMES = { '#version': 'version', '#expires': 'expiresAt' };
const secondsOf = (now: Date) => ({ N: String(Math.floor(now.getTime() / 1000)) });

/** An expired item that TTL has not removed yet counts as absent. */
function putInput(table: string, write: Write, now: Date) {
  const { partition, key, value, expiresAt, expected } = write;
  return {
    TableName: table,
    Item: {
      pk: { S: partition },
      sk: { S: key },
      version: { N: String((expected ?? 0) + 1) },
      value: { S: JSON.stringify(value) },
      ...(expiresAt && { expiresAt: { N: String(Math.ceil(expiresAt.getTime() / 1000)) } }),
    },
    ConditionExpression:
      expected === undefined
        ? 'attribute_not_exists(#version) OR #expires <= :now'
        : '#version = :expected AND (attribute_not_exists(#expires) OR #expires > :now)',
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: {
      ':now': secondsOf(now),
      ...(expected !== undefined && { ':expected': { N: String(expected) } }),
    },
  };
}

async function unlessConflict(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function toItem(attributes: Record<string, AttributeValue>): Item {
  const text = (name: string): string => attributes[name]?.S ?? '';
  const expires = attributes['expiresAt']?.N;
  return {
    partition: text('pk'),
    key: text('sk'),
    version: Number(attributes['version']?.N ?? NaN),
    value: JSON.parse(text('value') || 'null'),
    ...(expires !== undefined && { expiresAt: new Date(Number(expires) * 1000) }),
  };
}
