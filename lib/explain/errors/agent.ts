/** What the container agent says, on the host and in stopped reasons. */
import type { KnownError } from '../known-error';
import { lostConnection } from './lost-connection';

const AGENT = 'https://github.com/aws/amazon-ecs-agent';
const ECS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html';
const checked = '2026-11-21';

const subnet = {
  what: 'Is the subnet IPv6-only, has it a block, and does it assign addresses?',
  command:
    "aws ec2 describe-subnets --subnet-ids {subnet} --query 'Subnets[].{id:SubnetId,ipv6Only:Ipv6Native,assigns:AssignIpv6AddressOnCreation,blocks:Ipv6CidrBlockAssociationSet}'",
} as const;
const agentVersion = {
  what: 'Which agent runs on the host?',
  command:
    "aws ecs describe-container-instances --cluster {cluster} --container-instances {containerInstance} --query 'containerInstances[].{agent:versionInfo.agentVersion,connected:agentConnected}'",
} as const;
const newAmi = {
  what: 'Move to the current ECS-optimized AMI and replace the host; do not update the agent in place.',
  command:
    "aws ssm get-parameters --names /aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id --query 'Parameters[].Value'",
} as const;

export const agentErrors: readonly KnownError[] = [
  {
    id: 'interface-without-ipv6-gateway',
    title: 'The interface of a task has no IPv6 gateway',
    certainty: 'sure',
    signs: [
      ['task ENI is IPv6-only but has no IPv6 subnet gateway address'],
      ['eni message validation: no subnet gateway ipv6 address in the message'],
      [['no IPv6 subnet gateway address', 'no subnet gateway ipv6 address']],
    ],
    rules: ['instance-agent-too-old', 'service-subnet-not-ipv6-only', 'subnet-without-ipv6-route'],
    cause:
      'ECS tells the agent of an interface with IPv6 addresses only, without the gateway of its subnet, so the agent cannot give the task a default route. An agent that does not know IPv6-only, or a subnet that was just changed, leads to it.',
    checks: [agentVersion, subnet],
    fix: [newAmi, { what: 'If the agent is current, stop the task: the next one gets a new interface.' }],
    sources: [
      { url: AGENT, checked },
      { url: ECS, checked },
    ],
  },
  {
    id: 'container-without-ipv6',
    title: 'A bridge container has no IPv6 address on an IPv6-only host',
    certainty: 'sure',
    signs: [
      ['instance is IPv6-only but no IPv6 address found for container'],
      ['IPv6-only', 'no IPv6 address found for container'],
    ],
    rules: ['instance-agent-too-old', 'instance-ip-compatibility-mismatch', 'network-mode-not-awsvpc'],
    cause:
      'The agent takes the host for IPv6-only, and Docker gave the container of a bridge task no IPv6 address: the bridge has no IPv6, or the agent is older than the corrections for it.',
    checks: [agentVersion],
    fix: [
      newAmi,
      {
        what: 'On a dual-stack host set ECS_INSTANCE_IP_COMPATIBILITY=ipv4 in /etc/ecs/ecs.config; or use network mode awsvpc.',
      },
    ],
    sources: [
      { url: `${AGENT}/pull/4862`, checked },
      { url: `${AGENT}/pull/4916`, checked },
    ],
  },
  {
    id: 'agent-says-it-is-latest',
    title: 'An agent that is too old is not updated',
    certainty: 'possible',
    signs: [
      ['NoUpdateAvailableException'],
      [['no update available for this Amazon ECS container agent', 'theres no update available']],
      ['agent', ['already running the latest', 'is already the latest'], ['ECS', 'container']],
    ],
    rules: ['instance-agent-too-old', 'instance-ami-not-ecs-optimized'],
    cause:
      'ECS knows no newer agent for this host: it is the latest, or there is no way from so old a one. Users were told so of agents that are too old for IPv6-only; only another AMI helped.',
    checks: [agentVersion],
    fix: [newAmi],
    sources: [
      {
        url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerAgent.html',
        checked: '2026-11-22',
      },
      { url: 'https://github.com/aws/containers-roadmap/issues/1340', checked, isThirdParty: true },
    ],
  },
  {
    id: 'agent-cannot-connect',
    title: 'The agent does not reach ECS',
    certainty: 'possible',
    signs: [
      [
        [
          'Failed to connect to ACS',
          'Error creating a websocket client',
          'unable to dial ecs',
          'Error connecting to TCS',
          'DiscoverPollEndpoint',
        ],
        lostConnection,
      ],
      [
        [
          'https://ecs-a-{n}.{host}.amazonaws.com',
          'https://ecs-t-{n}.{host}.amazonaws.com',
          'https://ecs.{host}.amazonaws.com',
        ],
        lostConnection,
      ],
    ],
    rules: [
      'instance-agent-too-old',
      'instance-ip-compatibility-mismatch',
      'subnet-without-ipv6-route',
      'security-group-blocks-ipv6',
    ],
    cause:
      'The agent calls ECS over the IPv4 endpoints, and the host has no IPv4 route. It uses the dual-stack ones only when it takes the host for IPv6-only: it must be new enough, and must not see an IPv4 default route or be told otherwise by ECS_INSTANCE_IP_COMPATIBILITY.',
    checks: [agentVersion, subnet],
    fix: [newAmi, { what: 'Set ECS_INSTANCE_IP_COMPATIBILITY=ipv6 in /etc/ecs/ecs.config on a host without IPv4.' }],
    sources: [
      { url: ECS, checked },
      { url: `${AGENT}/issues/4779`, checked: '2026-11-22', isThirdParty: true },
      { url: 'https://github.com/aws/containers-roadmap/issues/1477', checked: '2026-11-22', isThirdParty: true },
    ],
  },
  {
    id: 'exec-not-connected',
    title: 'ECS Exec does not work in an IPv6-only configuration',
    certainty: 'possible',
    signs: [
      ['TargetNotConnectedException', 'execute command failed due to an internal error'],
      ['TargetNotConnectedException'],
      ['execute command failed due to an internal error'],
    ],
    rules: ['task-exec-enabled', 'service-exec-enabled'],
    cause:
      'AWS does not support ECS Exec for tasks with IPv6 only: its agent in the task does not connect. Elsewhere the same words mean that the agent has no way to Systems Manager, or is not running.',
    checks: [
      {
        what: 'Does the agent of ECS Exec run in the task, and has the task IPv4?',
        command:
          "aws ecs describe-tasks --cluster {cluster} --tasks {task} --query 'tasks[].containers[].{agents:managedAgents,addresses:networkInterfaces}'",
      },
    ],
    fix: [
      {
        what: 'Turn it off for the service, so that nobody counts on it; running tasks keep what they were started with.',
        command: 'aws ecs update-service --cluster {cluster} --service {service} --disable-execute-command',
      },
    ],
    sources: [
      { url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html', checked },
      { url: 'https://github.com/aws/amazon-ssm-agent/issues/536', checked, isThirdParty: true },
    ],
  },
];
