import { launchTypeOf } from '../../evaluate/traits';
import type { Cause } from '../../snapshot/gap';
import type { Snapshot, TaskDefinition } from '../../snapshot/snapshot';
import { usersOfTaskDefinition } from '../../snapshot/usage';
import { partitionOf } from '../../trigger/arn';
import { settingOf } from '../account/setting';
import { firstGap } from '../evidence/first-gap';

/**
 * AWS has it nowhere else, off unless somebody turns it on, and for x86_64 alone:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-fips-compliance.html
 */
const PARTITION = 'aws-us-gov';
const STANDARD = 'disabled';

/** What Fargate's FIPS mode means for the logs of a revision. */
export interface FipsLogs {
  /** Containers whose logs go to CloudWatch by the FIPS endpoint. */
  readonly containers: readonly string[];
  /** Why that cannot be told. */
  readonly doubt?: Cause;
}

const NONE: FipsLogs = { containers: [] };

/** Containers that send logs to CloudWatch and leave the endpoint to the driver. */
function withoutEndpoint({ containers }: TaskDefinition): readonly string[] {
  return containers
    .filter(({ logging }) => logging?.driver === 'awslogs' && !('awslogs-endpoint' in logging.endpoints))
    .map(({ name }) => name);
}

const fitsFargate = ({ networkMode, requiresCompatibilities: checked }: TaskDefinition): boolean =>
  networkMode === 'awsvpc' && (checked.length === 0 || checked.includes('FARGATE'));

/** A cause: users that were not read may be on Fargate. */
function isOnFargate(snapshot: Snapshot, definition: TaskDefinition): boolean | Cause {
  const { services, tasks } = usersOfTaskDefinition(snapshot, definition.arn);
  const launchTypes = [
    ...services.map((service) => launchTypeOf(snapshot, service)),
    ...tasks.map(({ launchType }) => launchType),
  ];
  if (launchTypes.includes('FARGATE')) return true;
  if (!fitsFargate(definition)) return false;
  // a pass without the account sees some users only: a sweep may have seen others
  return firstGap(snapshot, ['services', 'tasks']) ?? !snapshot.accounts.has(snapshot.account);
}

const doubtful = (doubt: Cause): FipsLogs => ({ containers: [], doubt });

/** @param isDualStack CloudWatch Logs has a FIPS endpoint that is reached over IPv6 */
export function fipsLogsOf(snapshot: Snapshot, definition: TaskDefinition, isDualStack: boolean): FipsLogs {
  if (isDualStack || partitionOf(snapshot.region) !== PARTITION) return NONE;
  const containers = withoutEndpoint(definition);
  const mode = settingOf(snapshot, 'fargateFIPSMode', STANDARD);
  const onFargate = isOnFargate(snapshot, definition);
  if (containers.length === 0 || mode === 'disabled' || onFargate === false) return NONE;
  if (mode !== 'enabled') return doubtful(mode);
  if (onFargate !== true) return doubtful(onFargate);
  if (definition.architecture !== 'arm64') return { containers };
  const message = 'AWS has FIPS mode for x86_64 alone and does not say what the setting does to ARM64 tasks';
  return doubtful({ call: 'ecs:DescribeTaskDefinition', reason: 'not stated', message });
}
