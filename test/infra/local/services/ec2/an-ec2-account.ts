import type { CreateSubnetCommandInput, EC2, EC2ServiceException } from '@aws-sdk/client-ec2';
import { EC2 as Client } from '@aws-sdk/client-ec2';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { ec2 as service } from '../../../../../infra/local/services/ec2/ec2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

export interface Ec2Account {
  readonly account: LocalAccount;
  /** Stands still unless advanced. */
  readonly clock: SimulatedClock;
  readonly ec2: EC2;
}

/** The ids of a small network made through the API. */
export interface Ec2Network extends Ec2Account {
  readonly vpcId: string;
  /** 10.0.1.0/24 and IPv6. */
  readonly dual: string;
  /** IPv6 only. */
  readonly native: string;
  /** n-th /64 of the VPC. */
  readonly slice: (n: number) => string;
}

/** An empty account that speaks EC2, and the SDK's client for it. */
export async function anEc2Account(): Promise<Ec2Account> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [service], clock });
  return { account, clock, ec2: new Client(clientSettings(account)) };
}

export async function anEc2Network(): Promise<Ec2Network> {
  const { account, clock, ec2 } = await anEc2Account();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true });
  const vpcId = text(Vpc?.VpcId);
  const { Vpcs } = await ec2.describeVpcs({ VpcIds: [vpcId] });
  const block = text(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock);
  const slice = (n: number): string => block.replace(/00::\/56$/, `${n.toString(16).padStart(2, '0')}::/64`);
  const subnet = async (input: Omit<CreateSubnetCommandInput, 'VpcId'>): Promise<string> =>
    text((await ec2.createSubnet({ ...input, VpcId: vpcId })).Subnet?.SubnetId);
  const dual = await subnet({ CidrBlock: '10.0.1.0/24', Ipv6CidrBlock: slice(1) });
  const native = await subnet({ Ipv6Native: true, Ipv6CidrBlock: slice(2) });
  return { account, clock, ec2, vpcId, dual, native, slice };
}

/** A value that the test cannot go on without. */
export function text(value: string | undefined): string {
  if (value === undefined) throw new Error('the answer lacks a value that the test needs');
  return value;
}

/** Code of the error that a call is answered with; the test fails if it succeeds. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return isServiceError(error) ? error.name : `not an answer: ${String(error)}`;
  }
  return 'no error';
}

function isServiceError(error: unknown): error is EC2ServiceException {
  return error instanceof Error && '$metadata' in error;
}

/** x86_64, agent 1.105.1 */
export const ECS_IMAGE = 'ami-0ec5a120230000001';
