/** What targets, load balancers, networks and registries say: F1 to F12. */
import type { KnownMessage } from './known-message';

const ECR_REASON =
  'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.';

export const messagesOfNetwork: readonly KnownMessage[] = [
  {
    mode: 'F1',
    explained: ['target-without-primary-ipv6'],
    message: ({ instance, other }) =>
      `InvalidTarget: The following targets cannot be used with this IPv6 target group because of missing primary IPv6 addresses: ${instance}, ${other}`,
  },
  {
    mode: 'F1',
    explained: ['target-without-primary-ipv6'],
    message: ({ instance }) =>
      `The following targets cannot be used with this IPv6 target group because of missing primary IPv6 address: '${instance}'`,
  },
  {
    mode: 'F2',
    explained: ['targets-not-supported'],
    message: ({ instance, other }) => `InvalidTarget: Targets {${instance}, ${other}} are not supported`,
  },
  { mode: 'F3', explained: ['primary-ipv6-is-for-ever'], message: () => 'EnablePrimaryIpv6: you cannot disable it' },
  {
    mode: 'F4',
    explained: ['ipv6-addresses-and-prefixes'],
    message: () =>
      'InvalidParameterValue: You can and can only specify one of ipv6-addresses or ipv6-addresses-count ipv6-prefix and ipv6-prefix-count.',
  },
  {
    mode: 'F5',
    explained: ['property-not-in-template-language'],
    message: ({ service }) =>
      `Properties validation failed for resource ${service} with message: #: extraneous key [EnablePrimaryIpv6] is not permitted`,
  },
  {
    mode: 'F5',
    explained: ['property-not-in-template-language'],
    message: () =>
      'Error: Unsupported argument\n on main.tf line 12: An argument named "enable_primary_ipv6" is not expected here.',
  },
  {
    mode: 'F7',
    explained: ['load-balancer-not-dual-stack'],
    message: () =>
      "InvalidConfigurationRequest: You cannot associate an IPv6 target group with a load balancer that has an 'ipv4' IP address type",
  },
  {
    mode: 'F7',
    explained: ['load-balancer-not-dual-stack'],
    message: () => 'unsupported IPv6 configuration, lb not dual-stack',
  },
  {
    mode: 'F7',
    explained: ['load-balancer-subnet-without-ipv6'],
    message: () => 'ValidationError: You must specify subnets with an associated IPv6 CIDR block.',
  },
  {
    mode: 'F8',
    explained: ['target-address-not-ipv4'],
    message: ({ ipv6 }) => `ValidationError: The IP address '${ipv6}' is not a valid IPv4 address`,
  },
  {
    mode: 'F8',
    explained: ['target-address-not-ipv6'],
    message: ({ ipv4 }) => `ValidationError: The IP address '${ipv4}' is not a valid IPv6 address`,
  },
  {
    mode: 'F9',
    explained: ['target-groups-of-both-families'],
    message: () => "you can't add both IPv4 target groups and IPv6 target groups to the same action",
  },
  {
    mode: 'F10',
    explained: ['nat64-does-not-answer'],
    message: ({ nat64, port }) => `dial tcp [${nat64}]:${port}: i/o timeout`,
  },
  {
    mode: 'F10',
    explained: ['nat64-does-not-answer', 'ecr-login-without-ipv6'],
    message: ({ region, nat64 }) =>
      `${ECR_REASON} RequestError: send request failed caused by: Post "https://api.ecr.${region}.amazonaws.com/": dial tcp [${nat64}]:443: i/o timeout`,
  },
  {
    mode: 'F10',
    explained: ['ipv6-destination-unreachable'],
    message: ({ ipv6, port }) => `dial tcp [${ipv6}]:${port}: connect: network is unreachable`,
  },
  {
    mode: 'F11',
    explained: ['ecr-login-without-ipv6'],
    message: ({ region, ipv4 }) =>
      `${ECR_REASON} RequestError: send request failed caused by: Post "https://api.ecr.${region}.amazonaws.com/": dial tcp ${ipv4}:443: i/o timeout`,
  },
  {
    mode: 'F11',
    explained: ['ecr-login-without-ipv6'],
    message: ({ region, ipv4 }) =>
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.${region}.amazonaws.com/": dial tcp ${ipv4}:443: i/o timeout`,
  },
  {
    mode: 'F11',
    explained: ['no-address-of-the-family'],
    message: ({ account, region }) =>
      `curl: (7) getaddrinfo ${account}.dkr.ecr.${region}.amazonaws.com: Address family for hostname not supported`,
  },
  {
    mode: 'F11',
    explained: ['image-pull-without-ipv6', 'image-pull-timed-out'],
    message: ({ account, region, service, ipv4 }) =>
      `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${account}.dkr.ecr.${region}.amazonaws.com/${service}:latest: failed to do request: Head "https://${account}.dkr.ecr.${region}.amazonaws.com/v2/${service}/manifests/latest": dial tcp ${ipv4}:443: i/o timeout`,
  },
  {
    mode: 'F11',
    explained: ['image-pull-timed-out', 'ipv6-destination-unreachable'],
    message: ({ ipv6 }) =>
      `CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: Get "https://registry.example.com/v2/": dial tcp [${ipv6}]:443: i/o timeout`,
  },
  {
    mode: 'F12',
    explained: ['dual-stack-host-not-found'],
    message: ({ account, region }) =>
      `Get "https://${account}.dkr-ecr.${region}.on.aws/v2/": dial tcp: lookup ${account}.dkr-ecr.${region}.on.aws: no such host`,
  },
];
