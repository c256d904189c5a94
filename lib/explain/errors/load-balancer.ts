/** Load balancers and what IPv6 asks of them. */
import type { KnownError } from '../known-error';

const ALB_TYPE =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html';
const NLB_GROUPS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html';
const checked = '2026-11-21';

const familyOfLoadBalancer = {
  what: 'Which address type has the load balancer?',
  command:
    "aws elbv2 describe-load-balancers --load-balancer-arns {loadBalancer} --query 'LoadBalancers[].{type:IpAddressType,scheme:Scheme,subnets:AvailabilityZones[].SubnetId}'",
} as const;
const makeDualStack = {
  what: 'Make it dual-stack (dualstack-without-public-ipv4 will do for an Application Load Balancer). Clients then get AAAA records, too.',
  command: 'aws elbv2 set-ip-address-type --load-balancer-arn {loadBalancer} --ip-address-type dualstack',
} as const;

export const loadBalancerErrors: readonly KnownError[] = [
  {
    id: 'load-balancer-not-dual-stack',
    title: 'An IPv6 target group is used with a load balancer that is not dual-stack',
    certainty: 'sure',
    signs: [
      ['associate an IPv6 target group with a load balancer', 'ipv4 IP address type'],
      ['unsupported IPv6 configuration', ['lb not dual-stack', 'lb not dualstack']],
    ],
    rules: ['service-load-balancer-not-dual-stack'],
    cause: 'Only a dual-stack load balancer sends to IPv6 targets; this one has the address type ipv4.',
    checks: [familyOfLoadBalancer],
    fix: [makeDualStack],
    sources: [
      { url: ALB_TYPE, checked },
      {
        url: 'https://github.com/zalando-incubator/kube-ingress-aws-controller/issues/752',
        checked,
        isThirdParty: true,
      },
      {
        url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3572',
        checked,
        isThirdParty: true,
      },
    ],
  },
  {
    id: 'load-balancer-subnet-without-ipv6',
    title: 'A dual-stack load balancer is put into subnets without an IPv6 CIDR block',
    certainty: 'sure',
    signs: [['subnets with an associated IPv6 CIDR block']],
    rules: ['service-load-balancer-not-dual-stack', 'vpc-without-ipv6'],
    cause: 'Every subnet of a dual-stack load balancer needs an IPv6 CIDR block; at least one of these has none.',
    checks: [
      {
        what: 'Which of the subnets have one?',
        command:
          "aws ec2 describe-subnets --subnet-ids {subnets} --query 'Subnets[].{id:SubnetId,ipv6:Ipv6CidrBlockAssociationSet[].Ipv6CidrBlock}'",
      },
    ],
    fix: [
      {
        what: 'Give the subnet a block of its VPC, with a route to ::/0, before the load balancer is made dual-stack.',
        command: 'aws ec2 associate-subnet-cidr-block --subnet-id {subnet} --ipv6-cidr-block "$IPV6_CIDR"',
      },
    ],
    sources: [
      { url: ALB_TYPE, checked },
      {
        url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2330',
        checked,
        isThirdParty: true,
      },
    ],
  },
  {
    id: 'internal-load-balancer-ipv4',
    title: 'An internal load balancer is said to need the address type ipv4',
    certainty: 'possible',
    signs: [['Internal load balancers must use', 'ipv4']],
    rules: ['service-load-balancer-not-dual-stack'],
    cause:
      'AWS contradicts itself here: the API reference still says that internal load balancers must use ipv4, while the newer user guide makes an internal dual-stack one in its own example. Which of them holds in your account is not known to us.',
    checks: [familyOfLoadBalancer],
    fix: [
      makeDualStack,
      { what: 'If the call is refused, make a new dual-stack load balancer and move listeners over.' },
    ],
    sources: [{ url: ALB_TYPE, checked }],
  },
  {
    id: 'target-groups-of-both-families',
    title: 'IPv4 and IPv6 target groups stand in one action of a Network Load Balancer',
    certainty: 'sure',
    signs: [
      ['both IPv4 target groups and IPv6 target groups to the same action'],
      ['target groups', 'same IP address type', 'action'],
    ],
    rules: ['service-target-group-not-ipv6'],
    cause:
      'All target groups of one action of a Network Load Balancer must have one family, so traffic cannot be moved from IPv4 to IPv6 by weights there.',
    checks: [
      {
        what: 'Which groups has the listener, and of which family?',
        command:
          "aws elbv2 describe-target-groups --load-balancer-arn {loadBalancer} --query 'TargetGroups[].{name:TargetGroupName,family:IpAddressType}'",
      },
    ],
    fix: [
      {
        what: 'Move with a second listener or load balancer and weighted DNS records, or by an Application Load Balancer, which does weigh groups of both families.',
      },
    ],
    sources: [
      {
        url: 'https://aws.amazon.com/blogs/networking-and-content-delivery/consolidate-dual-stack-architectures-with-listener-rules-for-network-load-balancer/',
        checked,
      },
    ],
  },
  {
    id: 'udp-needs-source-nat-prefix',
    title: 'UDP over IPv6 asks a Network Load Balancer for a source NAT prefix',
    certainty: 'possible',
    signs: [['EnablePrefixForIpv6SourceNat'], ['enable-prefix-for-ipv6-source-nat'], ['source NAT', 'IPv6', 'UDP']],
    rules: ['service-load-balancer-not-dual-stack'],
    cause:
      'A UDP listener of a dual-stack Network Load Balancer needs a prefix for IPv6 source addresses in each of its subnets, and its target groups must be IPv6.',
    checks: [familyOfLoadBalancer],
    fix: [
      {
        what: 'Turn the prefix on together with the subnets.',
        command:
          'aws elbv2 set-subnets --load-balancer-arn {loadBalancer} --subnets {subnets} --enable-prefix-for-ipv6-source-nat on',
      },
    ],
    sources: [{ url: NLB_GROUPS, checked }],
  },
  {
    id: 'internet-gateway-traffic-denied',
    title: 'The load balancer refuses IPv6 traffic that comes by an internet gateway',
    certainty: 'possible',
    signs: [['ipv6.deny_all_igw_traffic'], ['deny_all_igw_traffic', 'IPv6']],
    rules: ['service-load-balancer-not-dual-stack'],
    cause:
      'The attribute ipv6.deny_all_igw_traffic is true, as it is on internal load balancers: IPv6 clients from outside are not let in.',
    checks: [
      {
        what: 'What do the attributes say?',
        command:
          'aws elbv2 describe-load-balancer-attributes --load-balancer-arn {loadBalancer} --query "Attributes[?Key==\'ipv6.deny_all_igw_traffic\']"',
      },
    ],
    fix: [
      {
        what: 'Let it in, if this load balancer is meant to be reached from outside.',
        command:
          'aws elbv2 modify-load-balancer-attributes --load-balancer-arn {loadBalancer} --attributes Key=ipv6.deny_all_igw_traffic,Value=false',
      },
    ],
    sources: [
      {
        url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html',
        checked,
      },
    ],
  },
  {
    id: 'login-provider-over-ipv4',
    title: 'A load balancer without public IPv4 cannot reach a login provider',
    certainty: 'possible',
    signs: [['dualstack-without-public-ipv4', ['authenticate', 'OIDC', 'Cognito', 'IdP', 'HTTP 500', '500 Internal']]],
    rules: ['service-load-balancer-not-dual-stack'],
    cause:
      'Actions that authenticate call the login provider over IPv4. A load balancer of type dualstack-without-public-ipv4 has no public IPv4 address for that, and answers with HTTP 500.',
    checks: [familyOfLoadBalancer],
    fix: [makeDualStack],
    sources: [{ url: ALB_TYPE, checked }],
  },
];
