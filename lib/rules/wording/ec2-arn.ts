import type { Snapshot } from '../../snapshot/snapshot';
import { formatArn } from '../../trigger/arn';

/** ARN of something of EC2 that is known by its id, e.g. of type `route-table`. */
export function ec2Arn({ partition, region, account }: Snapshot, type: string, id: string): string {
  return formatArn({ partition, service: 'ec2', region, account, resource: `${type}/${id}` });
}
