/** A controller that forgets: items of its table are deleted behind its back. */
import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DemoWorld } from '../../../lib/cli/demo/world';

/** @param kind beginning of the items' partition, e.g. `budget#` */
export async function forget({ account, stack }: DemoWorld, kind: string): Promise<void> {
  const { endpoint, region } = account;
  const credentials = { accessKeyId: account.account, secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const TableName = stack.outputs()['StateTableName'];
  try {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    const keys = Items.flatMap(({ pk, sk }) => (pk?.S?.startsWith(kind) && sk ? [{ pk, sk }] : []));
    for (const Key of keys) await client.send(new DeleteItemCommand({ TableName, Key }));
  } finally {
    client.destroy();
  }
}
