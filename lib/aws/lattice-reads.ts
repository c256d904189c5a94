/** What is read of VPC Lattice. Keys are ARNs of its target groups. */
import {
  GetTargetGroupCommand,
  type GetTargetGroupCommandOutput,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { isLatticeResourceNotFound } from './failure';
import { describeInBatches, type Batch, type Read } from './read';

export interface LatticeReads {
  /** One call for each. */
  describeTargetGroups(arns: readonly string[]): Promise<Read<GetTargetGroupCommandOutput>>;
}

async function getGroup(client: VPCLatticeClient, arn: string): Promise<Batch<GetTargetGroupCommandOutput>> {
  try {
    return { items: [await client.send(new GetTargetGroupCommand({ targetGroupIdentifier: arn }))] };
  } catch (error) {
    if (isLatticeResourceNotFound(error)) return { items: [], missing: [arn] };
    throw error;
  }
}

export function createLatticeReads(client: VPCLatticeClient): LatticeReads {
  return {
    describeTargetGroups: (arns) =>
      describeInBatches({
        action: 'vpc-lattice:GetTargetGroup',
        keys: arns,
        size: 1,
        describe: ([arn = '']) => getGroup(client, arn),
      }),
  };
}
