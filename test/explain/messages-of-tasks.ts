/** What agents, tasks, registries of names and health checks say: F13 to F28, and neighbours. */
import type { KnownMessage } from './known-message';

export const messagesOfTasks: readonly KnownMessage[] = [
  {
    mode: 'F13',
    explained: ['agent-says-it-is-latest'],
    message: () =>
      "NoUpdateAvailableException: There's no update available for this Amazon ECS container agent. This might be because the agent is already running the latest version or because it's so old that there's no update path to the current version.",
  },
  {
    mode: 'F13',
    explained: ['agent-cannot-connect'],
    message: ({ region, ipv4 }) =>
      `Failed to connect to ACS error="websocket client: unable to dial ecs endpoint wss://ecs-a-1.${region}.amazonaws.com: dial tcp ${ipv4}:443: i/o timeout"`,
  },
  {
    mode: 'F15',
    explained: ['log-stream-without-ipv6'],
    message: ({ region, ipv4 }) =>
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post "https://logs.${region}.amazonaws.com/": dial tcp ${ipv4}:443: i/o timeout : exit status 1`,
  },
  {
    mode: 'F15',
    explained: ['log-router-without-ipv6'],
    message: ({ region, port }) =>
      `[2026/11/22 09:13:54] [error] [net] connection #${port} timeout after 10 seconds to: logs.${region}.amazonaws.com:443`,
  },
  {
    mode: 'F15',
    explained: ['secrets-without-ipv6'],
    message: ({ region, account }) =>
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret arn:aws:secretsmanager:${region}:${account}:secret:db-AbCdEf from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded`,
  },
  {
    mode: 'F15',
    explained: ['aws-endpoint-over-ipv4'],
    message: ({ region, ipv4 }) =>
      `RequestError: send request failed caused by: Post "https://sqs.${region}.amazonaws.com/": dial tcp ${ipv4}:443: i/o timeout`,
  },
  {
    mode: 'F15',
    explained: ['ipv4-destination-unreachable'],
    message: ({ ipv4, port }) => `Error: connect ENETUNREACH ${ipv4}:${port} - Local (0.0.0.0:0)`,
  },
  {
    mode: 'F16',
    explained: ['exec-not-connected'],
    message: () =>
      'An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation: The execute command failed due to an internal error. Try again later.',
  },
  {
    mode: 'F17',
    explained: ['interface-without-ipv6-gateway'],
    message: () => 'task ENI is IPv6-only but has no IPv6 subnet gateway address',
  },
  {
    mode: 'F17',
    explained: ['container-without-ipv6'],
    message: ({ service }) => `instance is IPv6-only but no IPv6 address found for container '${service}'`,
  },
  {
    mode: 'F17',
    explained: ['interface-without-ipv6-gateway'],
    message: () => 'eni message validation: no subnet gateway ipv6 address in the message',
  },
  {
    mode: 'F18',
    explained: ['registration-needs-ipv6-attribute'],
    message: () => 'InvalidInput: The attribute AWS_INSTANCE_IPV6 is required for services with an AAAA record',
  },
  {
    mode: 'F18',
    explained: ['instance-id-gives-ipv4-only'],
    message: () => 'InvalidInput: AWS_EC2_INSTANCE_ID can only be specified for services in an HTTP namespace',
  },
  {
    mode: 'F18',
    explained: ['name-without-aaaa'],
    message: ({ service }) => `Error: queryAaaa ENODATA ${service}.prod.local`,
  },
  {
    mode: 'F19',
    explained: ['service-connect-alias-over-ipv6'],
    message: ({ service, port }) =>
      `connect() failed (101: Network is unreachable) while connecting to upstream, client: 10.0.0.1, server: , request: "GET / HTTP/1.1", upstream: "http://[2600:f0f0:0:0:0:0:0:5]:${port}/", host: "${service}"`,
  },
  {
    mode: 'F20',
    explained: ['health-check-timed-out'],
    message: ({ service, task, port, group }) =>
      `(service ${service}) (task ${task}) (port ${port}) is unhealthy in (target-group ${group}) due to (reason Request timed out)`,
  },
  {
    mode: 'F20',
    explained: ['health-check-failed'],
    message: ({ group }) => `Task failed ELB health checks in (target-group ${group})`,
  },
  {
    mode: 'F21',
    explained: ['target-address-not-ipv4', 'service-failed-to-register'],
    message: ({ service, group, ipv6 }) =>
      `(service ${service}) failed to register targets in (target-group ${group}) with (error The IP address '${ipv6}' is not a valid IPv4 address)`,
  },
  {
    mode: 'F22',
    explained: ['metadata-over-ipv6-on-xen'],
    message: () =>
      'An error occurred (UnsupportedOperation) when calling the ModifyInstanceMetadataOptions operation: The HttpProtocolIpv6 metadata option cannot be enabled for Xen-backed instance types.',
  },
  {
    mode: 'F23',
    explained: ['refused-on-ipv6-loopback'],
    message: ({ port }) => `curl: (7) Failed to connect to ::1 port ${port}: Connection refused`,
  },
  {
    mode: 'F23',
    explained: ['refused-on-ipv6-loopback'],
    message: ({ port }) => `dial tcp [::1]:${port}: connect: connection refused`,
  },
  {
    mode: 'F23',
    explained: ['refused-on-ipv6-loopback'],
    message: ({ port }) => `Error: connect ECONNREFUSED ::1:${port}`,
  },
  { mode: 'F25', explained: ['registered-again'], message: () => 'ECS will immediately register it again' },
  {
    mode: 'F27',
    explained: ['internet-gateway-traffic-denied'],
    message: () => 'InvalidConfigurationRequest: Load balancer attribute key ipv6.deny_all_igw_traffic is true',
  },
  {
    mode: 'F27',
    explained: ['udp-needs-source-nat-prefix'],
    message: () =>
      'ValidationError: EnablePrefixForIpv6SourceNat must be on for UDP listeners of a dualstack load balancer',
  },
  {
    mode: 'F27',
    explained: ['login-provider-over-ipv4'],
    message: () => 'elb type dualstack-without-public-ipv4: authenticate-oidc action answers HTTP 500',
  },
  {
    mode: 'F28',
    explained: ['dual-stack-setting'],
    message: () =>
      "InvalidParameterException: 1 validation error detected: Value 'dualStackIPv6' at 'name' failed to satisfy constraint",
  },
  {
    mode: 'contradiction',
    explained: ['internal-load-balancer-ipv4'],
    message: () => 'ValidationError: Internal load balancers must use `ipv4`',
  },
  {
    mode: 'neighbour',
    explained: ['ipv6-off-in-kernel'],
    message: ({ port }) => `nginx: [emerg] socket() [::]:${port} failed (97: Address family not supported by protocol)`,
  },
];
