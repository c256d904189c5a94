import type { Architecture } from './instance-type';

/** A machine image that Amazon publishes. Its id is the same in every region of the local account. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly architecture: Architecture;
  readonly platform: 'linux' | 'windows';
  readonly ownerId: string;
  readonly creationDate: string;
  readonly rootDevice: string;
  /** Set for ECS-optimized images. */
  readonly ecs?: EcsImage;
}

export interface EcsImage {
  /** Path below `/aws/service/ecs/optimized-ami/` in the SSM Parameter Store. */
  readonly family: string;
  /** The container agent on it. */
  readonly agentVersion: string;
  /** Docker on it. */
  readonly dockerVersion: string;
}

/** Accounts that publish: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html */
const ECS_OWNER = '591542846629';
const AMAZON_LINUX_OWNER = '137112412989';
const WINDOWS_OWNER = '801119661308';

const AL2023 = 'amazon-linux-2023';
const AL2 = 'amazon-linux-2';

/** The newest of a family comes first. */
export const IMAGES: readonly Image[] = [
  al2023Ecs({ id: 'ami-0ec5a120230000001', date: '20260929', architecture: 'x86_64', agentVersion: '1.105.1' }),
  al2023Ecs({ id: 'ami-0ec5a120230000002', date: '20260929', architecture: 'arm64', agentVersion: '1.105.1' }),
  al2023Ecs({ id: 'ami-0ec5a120230000003', date: '20250923', architecture: 'x86_64', agentVersion: '1.99.1' }),
  al2023Ecs({ id: 'ami-0ec5a120230000004', date: '20250812', architecture: 'x86_64', agentVersion: '1.97.1' }),
  al2Ecs({ id: 'ami-0ec5a200000000001', date: '20260929', architecture: 'x86_64', agentVersion: '1.105.1' }),
  al2Ecs({ id: 'ami-0ec5a200000000002', date: '20260929', architecture: 'arm64', agentVersion: '1.105.1' }),
  al2Ecs({ id: 'ami-0ec5a200000000003', date: '20250401', architecture: 'x86_64', agentVersion: '1.91.2' }),
  {
    id: 'ami-0ec5a202200000001',
    name: 'Windows_Server-2022-English-Core-ECS_Optimized-2026.09.16',
    description: 'Microsoft Windows Server 2022 Core ECS-optimized AMI',
    architecture: 'x86_64',
    platform: 'windows',
    ownerId: WINDOWS_OWNER,
    creationDate: '2026-09-16T08:00:00.000Z',
    rootDevice: '/dev/sda1',
  },
  {
    id: 'ami-0a120230000000001',
    name: 'al2023-ami-2023.9.20260922.0-kernel-6.1-x86_64',
    description: 'Amazon Linux 2023 AMI 2023.9.20260922.0 x86_64 HVM kernel-6.1',
    architecture: 'x86_64',
    platform: 'linux',
    ownerId: AMAZON_LINUX_OWNER,
    creationDate: '2026-09-22T08:00:00.000Z',
    rootDevice: '/dev/xvda',
  },
];

const BY_ID = new Map(IMAGES.map((image) => [image.id, image]));

export function findImage(id: string): Image | undefined {
  return BY_ID.get(id);
}

interface EcsOptimized {
  readonly id: string;
  /** yyyymmdd */
  readonly date: string;
  readonly architecture: Architecture;
  readonly agentVersion: string;
}

function al2023Ecs(facts: EcsOptimized): Image {
  return {
    ...ecsOptimized(facts, AL2023),
    name: `al2023-ami-ecs-hvm-2023.0.${facts.date}-kernel-6.1-${facts.architecture}`,
    description: `Amazon Linux AMI 2023.0.${facts.date} ${facts.architecture} ECS HVM EBS`,
  };
}

function al2Ecs(facts: EcsOptimized): Image {
  return {
    ...ecsOptimized(facts, AL2),
    name: `amzn2-ami-ecs-hvm-2.0.${facts.date}-${facts.architecture}-ebs`,
    description: `Amazon Linux AMI 2.0.${facts.date} ${facts.architecture} ECS HVM GP2`,
  };
}

function ecsOptimized({ id, date, architecture, agentVersion }: EcsOptimized, family: string) {
  const day = date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return {
    id,
    architecture,
    platform: 'linux' as const,
    ownerId: ECS_OWNER,
    creationDate: `${day}T08:00:00.000Z`,
    rootDevice: '/dev/xvda',
    ecs: { family: architecture === 'arm64' ? `${family}/arm64` : family, agentVersion, dockerVersion: '25.0.8' },
  };
}
