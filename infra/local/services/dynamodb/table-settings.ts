/** What DynamoDB keeps beside a table and dynalite does not know: time to live and point-in-time recovery. */
import type {
  DescribeContinuousBackupsInput,
  DescribeContinuousBackupsOutput,
  DescribeTimeToLiveInput,
  DescribeTimeToLiveOutput,
  UpdateContinuousBackupsInput,
  UpdateContinuousBackupsOutput,
  UpdateTimeToLiveInput,
  UpdateTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import { ApiError } from '../../kernel/api-error';
import { operation, type Call } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { tableSettingsOf, type TableSettings } from './tables';

function settingsOf({ scope }: Call, table = ''): TableSettings {
  const known = tableSettingsOf(scope, table);
  if (known) return known;
  throw new ApiError('ResourceNotFoundException', `Requested resource not found: Table: ${table} not found`);
}

/** As `settingsOf`; backups have an error of their own for it. */
function backedUp({ scope }: Call, table = ''): TableSettings {
  const known = tableSettingsOf(scope, table);
  if (known) return known;
  throw new ApiError('TableNotFoundException', `Table not found: ${table}`);
}

const onTable =
  (action: string) =>
  ({ TableName = '' }: { readonly TableName?: string | undefined }, { scope }: Call) => [
    { action: `dynamodb:${action}`, resource: arn(scope, 'dynamodb', `table/${TableName}`) },
  ];

const updateTimeToLive = operation({
  accepts: ['TableName', 'TimeToLiveSpecification'],
  authorize: onTable('UpdateTimeToLive'),
  run({ TableName, TimeToLiveSpecification }: UpdateTimeToLiveInput, call): UpdateTimeToLiveOutput {
    const { AttributeName, Enabled = false } = TimeToLiveSpecification ?? {};
    const known = settingsOf(call, TableName);
    if (Enabled === (known.ttlAttribute !== undefined)) {
      const message = `TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`;
      throw new ApiError('ValidationException', message);
    }
    known.ttlAttribute = Enabled ? AttributeName : undefined;
    return { TimeToLiveSpecification: { AttributeName, Enabled } };
  },
});

const describeTimeToLive = operation({
  accepts: ['TableName'],
  authorize: onTable('DescribeTimeToLive'),
  run({ TableName }: DescribeTimeToLiveInput, call): DescribeTimeToLiveOutput {
    const { ttlAttribute } = settingsOf(call, TableName);
    return {
      TimeToLiveDescription:
        ttlAttribute === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute },
    };
  },
});

const backups = ({ pointInTimeRecovery }: TableSettings): DescribeContinuousBackupsOutput => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: pointInTimeRecovery ? 'ENABLED' : 'DISABLED' },
  },
});

const updateContinuousBackups = operation({
  accepts: ['TableName', 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'],
  authorize: onTable('UpdateContinuousBackups'),
  run(input: UpdateContinuousBackupsInput, call): UpdateContinuousBackupsOutput {
    const known = backedUp(call, input.TableName);
    known.pointInTimeRecovery = input.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false;
    return backups(known);
  },
});

const describeContinuousBackups = operation({
  accepts: ['TableName'],
  authorize: onTable('DescribeContinuousBackups'),
  run: ({ TableName }: DescribeContinuousBackupsInput, call): DescribeContinuousBackupsOutput =>
    backups(backedUp(call, TableName)),
});

export const tableSettings = {
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeTimeToLive: describeTimeToLive,
  UpdateContinuousBackups: updateContinuousBackups,
  UpdateTimeToLive: updateTimeToLive,
};
