/** Logs that do not arrive. */
import type { KnownError } from '../known-error';
import { lostConnection } from './lost-connection';

const FARGATE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html';
const ROADMAP = 'https://github.com/aws/containers-roadmap/issues/1340';
const checked = '2026-11-21';

const logConfiguration = {
  what: 'Which driver, and which endpoint, do the containers name?',
  command:
    "aws ecs describe-task-definition --task-definition {taskDefinition} --query 'taskDefinition.containerDefinitions[].{name:name,log:logConfiguration}'",
} as const;

export const loggingErrors: readonly KnownError[] = [
  {
    id: 'log-stream-without-ipv6',
    title: 'A container does not start because CloudWatch Logs cannot be reached',
    certainty: 'possible',
    signs: [
      [
        [
          'failed to create Cloudwatch log stream',
          'failed to create Cloudwatch log group',
          'failed to validate logger args',
          'failed to initialize logging driver',
          'https://logs.{host}.amazonaws.com',
        ],
        lostConnection,
      ],
    ],
    rules: [
      'log-endpoint-ipv4-only',
      'subnet-without-ipv6-route',
      'security-group-blocks-ipv6',
      'instance-agent-too-old',
    ],
    cause:
      'The log driver awslogs creates its stream before the container starts. logs.<region>.amazonaws.com is called over IPv4; the agent chooses the dual-stack endpoint only where awslogs-endpoint is not set and a region is. An option that names an IPv4-only endpoint, or FIPS mode, keeps it on IPv4.',
    checks: [logConfiguration],
    fix: [
      { what: 'Remove the option awslogs-endpoint, or set it to https://logs.<region>.api.aws; keep awslogs-region.' },
      { what: 'Make sure that the subnet has a route to ::/0, and the security group lets IPv6 out.' },
    ],
    sources: [
      { url: FARGATE, checked },
      { url: ROADMAP, checked, isThirdParty: true },
    ],
  },
  {
    id: 'log-router-without-ipv6',
    title: 'The log router does not reach its destination',
    certainty: 'possible',
    signs: [
      ['timeout after {n} seconds to: {host}.amazonaws.com'],
      [
        ['fluent-bit', 'fluentbit', 'fluent bit', 'cloudwatch_logs', 'firehose', 'firelens'],
        '.amazonaws.com',
        lostConnection,
      ],
    ],
    rules: ['log-endpoint-ipv4-only', 'subnet-nat64-incomplete'],
    cause:
      'Fluent Bit (FireLens) calls its outputs by itself, and by their IPv4-only names unless the output names another endpoint. Users report that it does not work reliably over IPv6.',
    checks: [logConfiguration],
    fix: [
      { what: 'Set the option endpoint of the output to the dual-stack name, such as logs.<region>.api.aws.' },
      { what: 'Or add DNS64 and NAT64 to the subnet.' },
    ],
    sources: [{ url: ROADMAP, checked, isThirdParty: true }],
  },
];
