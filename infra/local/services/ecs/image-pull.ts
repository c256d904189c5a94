/** Pulling images: nothing is downloaded, but a task that has IPv6 alone does not reach registries that have IPv4 alone. */
import type { Scope } from '../../kernel/scope';
import { hasNat64 } from '../ec2/nat64';
import { findHost, hostAddresses } from './host';
import type { ContainerRecord, TaskRecord } from './records';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html; the dual-stack hosts are `dkr-ecr...on.aws` */
const PRIVATE_IPV4_HOST = /^\d{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(amazonaws\.(?:com(?:\.cn)?|eu))\//;
/** https://docs.aws.amazon.com/AmazonECR/latest/public/public-ecr-requests.html; the dual-stack host is `ecr-public.aws.com` */
const PUBLIC_IPV4_HOST = 'public.ecr.aws/';

export interface PullFailure {
  /** Why the task stopped. */
  readonly stoppedReason: string;
  /** What the container says; on Fargate the task says it alone. */
  readonly container: { readonly name: string; readonly reason: string } | undefined;
}

/** Why the images of the task cannot be had; undefined if they can. */
export function pullFailure(scope: Scope, task: TaskRecord): PullFailure | undefined {
  const lost = task.containers.find(({ image }) => PRIVATE_IPV4_HOST.test(image) || image.startsWith(PUBLIC_IPV4_HOST));
  if (!lost) return undefined;
  const subnetId = ipv6OnlySubnet(scope, task);
  if (subnetId === undefined || hasNat64(scope, subnetId)) return undefined;
  if (!task.instance) return { stoppedReason: fargateReason(lost), container: undefined };
  return {
    stoppedReason: 'Task failed to start',
    container: { name: lost.name, reason: cannotPull(lost) },
  };
}

/** Where the puller lives that has no IPv4 address: the task on Fargate, its host otherwise. */
function ipv6OnlySubnet(scope: Scope, { networkInterface, instance }: TaskRecord): string | undefined {
  if (instance) {
    const { ipv6Only } = hostAddresses(scope, instance.ec2InstanceId);
    return ipv6Only ? findHost(scope, instance.ec2InstanceId)?.subnetId : undefined;
  }
  return networkInterface && networkInterface.ipv4 === undefined ? networkInterface.subnetId : undefined;
}

/** Private registries are asked for a token first: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
function fargateReason(container: ContainerRecord): string {
  const [, region, domain] = PRIVATE_IPV4_HOST.exec(container.image) ?? [];
  if (region === undefined || domain === undefined) return cannotPull(container);
  return (
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from ' +
    'Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. ' +
    `RequestError: send request failed caused by: Post "https://api.ecr.${region}.${domain}/": dial tcp: i/o timeout`
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
function cannotPull({ image }: ContainerRecord): string {
  const [host = ''] = image.split('/');
  return (
    `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${image}: ` +
    `failed to do request: Head "https://${host}/v2/": dial tcp: i/o timeout`
  );
}
