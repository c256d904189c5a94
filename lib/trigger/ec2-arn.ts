import { formatArn, type Arn } from './arn';

type Place = Pick<Arn, 'account' | 'partition' | 'region'>;

/** ARN of something of EC2 that is known by its id, e.g. of type `route-table`. @param place e.g. a snapshot */
export function ec2Arn({ partition, region, account }: Place, type: string, id: string): string {
  return formatArn({ partition, service: 'ec2', region, account, resource: `${type}/${id}` });
}
