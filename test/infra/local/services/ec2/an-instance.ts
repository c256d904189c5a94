import type { Instance, RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { Ec2Account } from './an-ec2-account';
import { ECS_IMAGE, text } from './an-ec2-account';

export type Launch = Omit<RunInstancesCommandInput, 'MinCount' | 'MaxCount'>;

/** Launches one t3.micro with the ECS-optimized image unless the input says otherwise; answers its id. */
export async function launch({ ec2 }: Ec2Account, input: Launch): Promise<string> {
  const settings = { ImageId: ECS_IMAGE, InstanceType: 't3.micro' as const, MinCount: 1, MaxCount: 1 };
  const { Instances } = await ec2.runInstances({ ...settings, ...input });
  return text(Instances?.[0]?.InstanceId);
}

/** What DescribeInstances says of it. */
export async function described({ ec2 }: Ec2Account, id: string): Promise<Instance> {
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [id] });
  const instance = Reservations?.[0]?.Instances?.[0];
  if (!instance) throw new Error(`${id} is not described`);
  return instance;
}

/** Longer than any state in between lasts. */
export const SOON = 10_000;
