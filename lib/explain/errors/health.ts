/** Registered, and not healthy. */
import type { KnownError } from '../known-error';

const HEALTH = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html';
const EVENTS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-unhealthy-event-messages.html';
const checked = '2026-11-22';

const health = {
  what: 'What does the load balancer say of each target?',
  command:
    "aws elbv2 describe-target-health --target-group-arn {targetGroup} --query 'TargetHealthDescriptions[].{id:Target.Id,port:Target.Port,state:TargetHealth.State,reason:TargetHealth.Reason}'",
} as const;
const rulesOfGroups = {
  what: 'Do the security groups of tasks and load balancer have IPv6 rules for the port, in both directions?',
  command:
    "aws ec2 describe-security-group-rules --filters Name=group-id,Values={securityGroup} --query 'SecurityGroupRules[].{egress:IsEgress,from:FromPort,to:ToPort,ipv6:CidrIpv6,group:ReferencedGroupInfo.GroupId}'",
} as const;
const openTheWay = {
  what: 'Let the group of the load balancer in by reference, which holds for both families; a rule for an IPv4 range does nothing for IPv6.',
  command:
    'aws ec2 authorize-security-group-ingress --group-id {securityGroup} --protocol tcp --port "$PORT" --source-group "$LOAD_BALANCER_SECURITY_GROUP"',
} as const;

export const healthErrors: readonly KnownError[] = [
  {
    id: 'health-check-timed-out',
    title: 'The load balancer gets no answer from the target over IPv6',
    certainty: 'possible',
    signs: [
      ['is unhealthy in', 'target-group', ['Request timed out', 'Target.Timeout']],
      ['Target.Timeout', ['unhealthy', 'TargetHealth', 'Request timed out']],
    ],
    rules: [
      'security-group-blocks-ipv6',
      'network-acl-blocks-ipv6',
      'subnet-without-ipv6-route',
      'target-family-mismatch',
    ],
    cause:
      'Health checks are sent and nothing comes back. After a move to IPv6 it is mostly a security group or network ACL that was written for IPv4 ranges, an ACL without ICMPv6, or a program that listens on IPv4 only.',
    checks: [health, rulesOfGroups],
    fix: [openTheWay, { what: 'Have the program listen on [::] besides 0.0.0.0.' }],
    sources: [
      { url: EVENTS, checked },
      { url: HEALTH, checked },
      { url: 'https://github.com/kubernetes/kops/pull/15986', checked, isThirdParty: true },
    ],
  },
  {
    id: 'health-check-failed',
    title: 'ECS replaces a task because its target is not healthy',
    certainty: 'possible',
    isGeneral: true,
    signs: [
      ['Task failed ELB health checks'],
      ['is unhealthy in', 'target-group', 'Health checks failed'],
      ['Target.FailedHealthChecks'],
    ],
    // somebody answered, with a status that was not wanted: the network works
    unless: ['Health checks failed with these codes', 'Target.ResponseCodeMismatch'],
    rules: [
      'security-group-blocks-ipv6',
      'network-acl-blocks-ipv6',
      'service-target-group-not-ipv6',
      'target-family-mismatch',
      'service-connect-loopback',
    ],
    cause:
      'The target refused the connection, or did not answer well, until the load balancer gave up. Any fault of the program looks like this, too. What is particular to IPv6: a program that listens on 0.0.0.0 only refuses every connection to its IPv6 address.',
    checks: [health, rulesOfGroups],
    fix: [{ what: 'Have the program listen on [::] besides 0.0.0.0.' }, openTheWay],
    sources: [
      { url: EVENTS, checked },
      { url: HEALTH, checked },
    ],
  },
  {
    id: 'refused-on-ipv6-loopback',
    title: 'A program listens on IPv4 only, and localhost means ::1',
    certainty: 'sure',
    signs: [
      ['connect to ::1 port {n}', 'refused'],
      ['ECONNREFUSED ::1:{n}'],
      ['[::1]:{n}', 'connection refused'],
      ['localhost/0:0:0:0:0:0:0:1:{n}', 'refused'],
    ],
    rules: ['service-connect-loopback'],
    cause:
      'Where a host or task has IPv6, localhost is looked up as ::1 first. The program was bound to 0.0.0.0 or 127.0.0.1, so nobody listens there. A health check of the container fails that way, and in IPv6-only tasks the proxy of Service Connect forwards to ::1.',
    checks: [
      {
        what: 'How does the container check its health?',
        command:
          "aws ecs describe-task-definition --task-definition {taskDefinition} --query 'taskDefinition.containerDefinitions[].{name:name,check:healthCheck.command}'",
      },
    ],
    fix: [
      { what: 'Have the program listen on [::] besides 0.0.0.0; until then check 127.0.0.1 instead of localhost.' },
    ],
    sources: [
      {
        url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html',
        checked: '2026-11-21',
      },
      { url: 'https://github.com/webdevops/Dockerfile/issues/443', checked: '2026-11-21', isThirdParty: true },
    ],
  },
];
