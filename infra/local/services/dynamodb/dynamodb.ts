import * as schemas from '@aws-sdk/client-dynamodb';
import type { Call, ServiceDefinition } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { startTableServers } from './table-servers';
import { tableSettings } from './table-settings';
import { tableOf } from './tables';

/** What dynalite answers: https://github.com/architect/dynalite */
const FORWARDED = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
];

/** DynamoDB: tables and items by dynalite, what it lacks by us. Expired items stay until they are deleted. */
export const dynamodb: ServiceDefinition = {
  signingName: 'dynamodb',
  iamPrefix: 'dynamodb',
  schemas,
  client: () => new schemas.DynamoDBClient({ region: 'us-east-1' }),
  operations: tableSettings,
  forwarding: {
    operations: FORWARDED,
    start: startTableServers,
    authorize(input, { operation, scope }: Call) {
      const table = tableOf(input);
      const resource =
        table === undefined ? '*' : arn(scope, 'dynamodb', table.startsWith('arn:') ? table : `table/${table}`);
      return [{ action: `dynamodb:${operation}`, resource }];
    },
  },
};
