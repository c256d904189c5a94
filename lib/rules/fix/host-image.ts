import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html */
const FAMILY = '/aws/service/ecs/optimized-ami/amazon-linux-2023';

/** Names the newest ECS-optimized Linux AMI for hosts of that architecture. */
export function newestImage({ region }: Snapshot, architecture: string | undefined): string {
  const flavour = architecture === 'arm64' ? '/arm64' : '';
  return awsCommand(region, 'ssm', 'get-parameter', '--name', `${FAMILY}${flavour}/recommended/image_id`);
}
