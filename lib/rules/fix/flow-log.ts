import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** Writes to a log group by a role that has to be there: AWS's page says how to make it. */
function roleArn({ partition, account }: Snapshot): string {
  return `arn:${partition}:iam::${account}:role/vpc-flow-logs`;
}

/**
 * Records all traffic of a VPC in CloudWatch Logs: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl-create-flow-log.html
 * The role is `vpc-flow-logs`, as in that page's example.
 */
export function vpcFlowLog(snapshot: Snapshot, vpcId: string): string {
  const what = ['--resource-type', 'VPC', '--resource-ids', vpcId, '--traffic-type', 'ALL'];
  const where = ['--log-group-name', `vpc-flow-logs/${vpcId}`, '--deliver-logs-permission-arn', roleArn(snapshot)];
  return awsCommand(snapshot.region, 'ec2', 'create-flow-logs', ...what, ...where);
}
