/** Every place where state can live, each empty and with the same clock. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach } from '@jest/globals';
import { dynamodb } from '../../infra/local/services/dynamodb/dynamodb';
import { createDynamodbStore } from '../../lib/aws/dynamodb-store';
import { openFileStore } from '../../lib/state/file-store';
import type { ItemStore } from '../../lib/state/item-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import { clientSettings, withLocalAccount } from '../support/local-account';

const folders = new Set<string>();
const clients = new Set<DynamoDBClient>();

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients.clear();
  await Promise.all([...folders].map((folder) => rm(folder, { recursive: true, force: true })));
  folders.clear();
});

/** A state file in a folder that is removed after the test. */
export async function aStateFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'state-'));
  folders.add(folder);
  return path.join(folder, 'account', 'state.json');
}

/** A table as the template makes it; the client is closed after the test. */
export async function aStateTable(client: DynamoDBClient, now: () => Date, TableName = 'state'): Promise<ItemStore> {
  clients.add(client);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return createDynamodbStore(client, TableName, now);
}

const aTable = async (now: () => Date): Promise<ItemStore> =>
  await aStateTable(new DynamoDBClient(clientSettings(await withLocalAccount({ services: [dynamodb] }))), now);

/** A DynamoDB that this project did not write, and that outlives a test, at the address that a step of CI names. */
const foreign = (endpoint: string) => (now: () => Date) =>
  aStateTable(
    new DynamoDBClient({
      endpoint,
      region: 'eu-west-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    now,
    `state-${randomUUID()}`,
  );

const { STATE_CONTRACT_ENDPOINT: endpoint } = process.env;

export const stores: Readonly<Record<string, (now: () => Date) => Promise<ItemStore>>> = {
  memory: (now) => Promise.resolve(createMemoryStore({ now })),
  file: async (now) => await openFileStore(await aStateFile(), now),
  DynamoDB: aTable,
  ...(endpoint !== undefined && { [`the DynamoDB at ${endpoint}`]: foreign(endpoint) }),
};
