import {
  CreateTableCommand,
  DeleteTableCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
  type KeyType,
  type ScalarAttributeType,
} from '@aws-sdk/client-dynamodb';
import { TemplateError, type Entries } from '../template/parse-template';
import type { ResourceProvider } from '../template/stack';
import { arn } from '../../kernel/scope';
import { entriesOf, mapsOf, optionalText, textOf, type RuntimeContext } from './runtime-context';

const KEY_TYPES: readonly KeyType[] = ['HASH', 'RANGE'];
const ATTRIBUTE_TYPES: readonly ScalarAttributeType[] = ['S', 'N', 'B'];

function oneOf<Choice extends string>(choices: readonly Choice[], text: string): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new TemplateError(`${text}: one of ${choices.join(', ')} is needed`);
  return found;
}

const isOn = (properties: Entries, group: string, name: string): boolean =>
  optionalText(entriesOf(properties, group), name) === 'true';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export function tableProvider({ account, clients: { dynamodb } }: RuntimeContext): ResourceProvider {
  return {
    type: 'AWS::DynamoDB::Table',
    accepts: [
      'AttributeDefinitions',
      'BillingMode',
      'KeySchema',
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'TableName',
      'TimeToLiveSpecification',
    ],
    async create(properties, { generatedName }) {
      const TableName = optionalText(properties, 'TableName') ?? generatedName;
      await dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: mapsOf(properties, 'AttributeDefinitions').map((definition) => ({
            AttributeName: textOf(definition, 'AttributeName'),
            AttributeType: oneOf(ATTRIBUTE_TYPES, textOf(definition, 'AttributeType')),
          })),
          KeySchema: mapsOf(properties, 'KeySchema').map((key) => ({
            AttributeName: textOf(key, 'AttributeName'),
            KeyType: oneOf(KEY_TYPES, textOf(key, 'KeyType')),
          })),
        }),
      );
      if (isOn(properties, 'TimeToLiveSpecification', 'Enabled')) {
        const AttributeName = textOf(entriesOf(properties, 'TimeToLiveSpecification'), 'AttributeName');
        const TimeToLiveSpecification = { AttributeName, Enabled: true };
        await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
      }
      const PointInTimeRecoveryEnabled = isOn(
        properties,
        'PointInTimeRecoverySpecification',
        'PointInTimeRecoveryEnabled',
      );
      const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
      await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
      return { ref: TableName, attributes: { Arn: arn(account.scope, 'dynamodb', `table/${TableName}`) } };
    },
    async remove({ ref }) {
      await dynamodb.send(new DeleteTableCommand({ TableName: ref }));
    },
  };
}
