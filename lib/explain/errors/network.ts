/** Packets that find no way. */
import type { KnownError } from '../known-error';
import { lostConnection } from './lost-connection';

const NAT64 = 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html';
const FARGATE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html';
const ECS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html';
const checked = '2026-11-21';

const noAnswer = ['i/o timeout', 'timed out', 'timeout', 'network is unreachable', 'no route to host'] as const;

const subnetFlags = {
  what: 'Does the subnet synthesise addresses (DNS64), and is it IPv6-only?',
  command:
    "aws ec2 describe-subnets --subnet-ids {subnet} --query 'Subnets[].{id:SubnetId,vpc:VpcId,dns64:EnableDns64,ipv6Only:Ipv6Native}'",
} as const;
const routesOfSubnet = {
  what: 'Which IPv6 routes has the subnet? Without a table of its own (an empty answer) it has those of the main table of its VPC.',
  command:
    "aws ec2 describe-route-tables --filters Name=association.subnet-id,Values={subnet} --query 'RouteTables[].Routes[?DestinationIpv6CidrBlock!=null].{to:DestinationIpv6CidrBlock,nat:NatGatewayId,igw:GatewayId,eigw:EgressOnlyInternetGatewayId,state:State}'",
} as const;

export const networkErrors: readonly KnownError[] = [
  {
    id: 'nat64-does-not-answer',
    title: 'A synthesised NAT64 address leads nowhere',
    certainty: 'sure',
    signs: [
      ['[64:ff9b:', noAnswer],
      ['64:ff9b::', noAnswer],
    ],
    rules: ['subnet-nat64-incomplete', 'network-acl-blocks-ipv6', 'security-group-blocks-ipv6'],
    cause:
      'An address in 64:ff9b::/96 is made up by DNS64 for a name that has no IPv6 address. It works only if a route sends 64:ff9b::/96 to a NAT gateway, and security groups and network ACLs let it out. DNS64 is on here, and the rest is missing.',
    checks: [subnetFlags, routesOfSubnet],
    fix: [
      {
        what: 'Send the range to a NAT gateway.',
        command:
          'aws ec2 create-route --route-table-id "$ROUTE_TABLE_ID" --destination-ipv6-cidr-block 64:ff9b::/96 --nat-gateway-id "$NAT_GATEWAY_ID"',
      },
      {
        what: 'Or turn DNS64 off where no IPv4-only name is needed.',
        command: 'aws ec2 modify-subnet-attribute --subnet-id {subnet} --no-enable-dns64',
      },
    ],
    sources: [
      { url: NAT64, checked },
      { url: 'https://github.com/terraform-aws-modules/terraform-aws-vpc/issues/972', checked, isThirdParty: true },
    ],
  },
  {
    id: 'ipv6-destination-unreachable',
    title: 'An IPv6 address does not answer',
    certainty: 'possible',
    isGeneral: true,
    signs: [
      ['dial tcp [{ipv6}]:{n}', ['i/o timeout', 'timed out', 'network is unreachable', 'no route to host']],
      [['ENETUNREACH {ipv6}', 'EHOSTUNREACH {ipv6}', 'ETIMEDOUT {ipv6}']],
    ],
    unless: ['64:ff9b:', '[::1]'],
    rules: ['subnet-without-ipv6-route', 'network-acl-blocks-ipv6', 'security-group-blocks-ipv6', 'vpc-without-ipv6'],
    cause:
      'The name was found with an IPv6 address, and no packet comes back. "Unreachable" at once is a missing route to ::/0; a time-out is mostly a security group without IPv6 egress, a network ACL without IPv6 or ICMPv6, or a gateway that is missing.',
    checks: [
      routesOfSubnet,
      {
        what: 'Does the security group let IPv6 out?',
        command:
          "aws ec2 describe-security-group-rules --filters Name=group-id,Values={securityGroup} --query 'SecurityGroupRules[?IsEgress].{from:FromPort,to:ToPort,ipv6:CidrIpv6}'",
      },
    ],
    fix: [
      {
        what: 'Add the route, to an egress-only internet gateway where nobody outside should open connections.',
        command:
          'aws ec2 create-route --route-table-id "$ROUTE_TABLE_ID" --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id "$GATEWAY_ID"',
      },
    ],
    sources: [{ url: ECS, checked }],
  },
  {
    id: 'ipv4-destination-unreachable',
    title: 'A program without IPv4 calls an IPv4 address',
    certainty: 'possible',
    isGeneral: true,
    signs: [
      ['dial tcp {ipv4}:{n}', ['network is unreachable', 'no route to host']],
      [['ENETUNREACH {ipv4}', 'EHOSTUNREACH {ipv4}']],
    ],
    rules: ['subnet-nat64-incomplete', 'image-not-dual-stack', 'log-endpoint-ipv4-only'],
    cause:
      'The name has no IPv6 address, or the program was given an IPv4-only endpoint, and there is no IPv4 route. "Unreachable" at once, without a time-out, is what a host or task without IPv4 says.',
    checks: [subnetFlags, routesOfSubnet],
    fix: [
      { what: 'Use the dual-stack endpoint; SDKs choose it with AWS_USE_DUALSTACK_ENDPOINT=true.' },
      {
        what: 'For names that have no IPv6 address: DNS64 on the subnet, and a route for 64:ff9b::/96 to a NAT gateway.',
      },
    ],
    sources: [
      { url: NAT64, checked },
      { url: FARGATE, checked },
    ],
  },
  {
    id: 'aws-endpoint-over-ipv4',
    title: 'An AWS API is called over its IPv4 endpoint and does not answer',
    certainty: 'possible',
    isGeneral: true,
    signs: [
      [
        'https://{host}.amazonaws.com',
        [
          'dial tcp {ipv4}:443',
          'connect to the endpoint URL',
          'timeout on endpoint URL',
          'ETIMEDOUT {ipv4}',
          'ENETUNREACH {ipv4}',
        ],
        lostConnection,
      ],
    ],
    rules: ['subnet-nat64-incomplete', 'log-endpoint-ipv4-only'],
    cause:
      'SDKs call <service>.<region>.amazonaws.com unless told otherwise, and most of these names have IPv4 addresses only. A task without IPv4 does not reach them.',
    checks: [subnetFlags, routesOfSubnet],
    fix: [
      { what: 'Set AWS_USE_DUALSTACK_ENDPOINT=true in the environment of the container.' },
      {
        what: 'For services without a dual-stack endpoint: DNS64 on the subnet, and a route for 64:ff9b::/96 to a NAT gateway.',
      },
    ],
    sources: [
      { url: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html', checked },
      { url: NAT64, checked },
    ],
  },
  {
    id: 'no-address-of-the-family',
    title: 'A name has no address of the family that is there',
    certainty: 'possible',
    signs: [['Address family for hostname not supported']],
    rules: ['image-not-dual-stack', 'ecr-endpoint-not-dual-stack', 'subnet-nat64-incomplete'],
    cause:
      'The resolver has an address for the name, but none of the family that this host or task speaks: mostly a name with IPv4 addresses only, asked for where there is IPv6 only.',
    checks: [subnetFlags],
    fix: [
      {
        what: 'Use the dual-stack name of the service: for ECR <account>.dkr-ecr.<region>.on.aws, for APIs <service>.<region>.api.aws.',
      },
      { what: 'Where the other side has no IPv6: DNS64 and NAT64 in the subnet.' },
    ],
    sources: [
      { url: ECS, checked },
      { url: 'https://github.com/aws/containers-roadmap/issues/1340', checked, isThirdParty: true },
    ],
  },
  {
    id: 'ipv6-off-in-kernel',
    title: 'A program asks for an IPv6 socket where IPv6 is turned off',
    certainty: 'possible',
    signs: [
      ['Address family not supported by protocol', ['[::]', 'inet6', 'AF_INET6', 'IPv6']],
      ['EAFNOSUPPORT', '::'],
    ],
    rules: ['instance-ip-compatibility-mismatch', 'network-mode-not-awsvpc'],
    cause:
      'The kernel or the container has no IPv6: in network mode bridge Docker gives containers IPv4 unless the host is IPv6-only, or IPv6 was turned off by sysctl.',
    checks: [
      {
        what: 'Which network mode has the task, and which system controls?',
        command:
          "aws ecs describe-task-definition --task-definition {taskDefinition} --query 'taskDefinition.{mode:networkMode,sysctl:containerDefinitions[].systemControls}'",
      },
    ],
    fix: [
      { what: 'Run the task in network mode awsvpc, or remove net.ipv6.conf.*.disable_ipv6 from its system controls.' },
    ],
    sources: [{ url: ECS, checked }],
  },
];
