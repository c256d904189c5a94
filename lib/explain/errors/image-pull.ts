/** Images, registry logins and secrets that a task needs before it starts. */
import type { KnownError } from '../known-error';
import { lostConnection } from './lost-connection';

const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html';
const ENDPOINTS = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html';
const FARGATE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html';
const ECS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html';
const ROADMAP = 'https://github.com/aws/containers-roadmap/issues';
const checked = '2026-11-21';

const imagesOfTask = {
  what: 'By which host names does the task definition pull?',
  command:
    "aws ecs describe-task-definition --task-definition {taskDefinition} --query 'taskDefinition.containerDefinitions[].image'",
} as const;
const endpointsOfVpc = {
  what: 'Are there interface endpoints of ECR in the VPC, and of which family?',
  command:
    "aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={vpc} --query 'VpcEndpoints[].{service:ServiceName,family:IpAddressType,privateDns:PrivateDnsEnabled,state:State}'",
} as const;
const dualStackImage = {
  what: 'Name the image by the dual-stack host, <account>.dkr-ecr.<region>.on.aws (a hyphen after dkr), in a new revision. The repository stays as it is.',
} as const;
const wayOut = {
  what: 'Make sure that the subnet has a route to ::/0, and the security group lets IPv6 out.',
} as const;

export const imagePullErrors: readonly KnownError[] = [
  {
    id: 'ecr-login-without-ipv6',
    title: 'The task cannot log in to ECR',
    certainty: 'possible',
    signs: [
      [
        [
          'unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue',
          'unable to pull secrets or registry auth',
          'cannot pull registry auth from Amazon ECR',
        ],
        ['ecr registry auth', 'from Amazon ECR', 'api.ecr.'],
        lostConnection,
      ],
      ['api.ecr.{host}amazonaws.com', lostConnection],
    ],
    rules: [
      'image-not-dual-stack',
      'ecr-endpoint-not-dual-stack',
      'subnet-without-ipv6-route',
      'subnet-nat64-incomplete',
      'security-group-blocks-ipv6',
    ],
    cause:
      'Before an image is pulled, the task logs in at the API of ECR. api.ecr.<region>.amazonaws.com has IPv4 addresses only. Tasks without IPv4 log in over the dual-stack API if the image has the dual-stack host name; tasks in dual-stack subnets always log in over IPv4, and need a way out for it.',
    checks: [imagesOfTask, endpointsOfVpc],
    fix: [
      dualStackImage,
      wayOut,
      {
        what: 'In a dual-stack subnet: give the login an IPv4 route (NAT gateway or public address), or move to IPv6-only subnets.',
      },
    ],
    sources: [
      { url: ECR, checked },
      { url: FARGATE, checked },
      { url: `${ROADMAP}/2792`, checked, isThirdParty: true },
      { url: `${ROADMAP}/2287`, checked, isThirdParty: true },
    ],
  },
  {
    id: 'image-pull-without-ipv6',
    title: 'An image is pulled from ECR by its IPv4-only host name',
    certainty: 'sure',
    signs: [
      [
        [
          'CannotPullContainerError',
          'CannotPullECRContainerError',
          'CannotPullImageManifestError',
          'failed to resolve ref',
          'pull image',
        ],
        ['.dkr.ecr.{host}', '.dkr.ecr-fips.{host}'],
        lostConnection,
      ],
    ],
    rules: ['image-not-dual-stack', 'ecr-endpoint-not-dual-stack', 'subnet-without-ipv6-route'],
    cause:
      'The host <account>.dkr.ecr.<region>.amazonaws.com has IPv4 addresses only. A task without IPv4 never reaches it, whatever routes and security groups say.',
    checks: [imagesOfTask, endpointsOfVpc],
    fix: [dualStackImage, wayOut],
    sources: [
      { url: ECR, checked },
      { url: ECS, checked },
      { url: `${ROADMAP}/1340`, checked, isThirdParty: true },
    ],
  },
  {
    id: 'image-pull-timed-out',
    title: 'A registry does not answer',
    certainty: 'possible',
    isGeneral: true,
    signs: [
      [['CannotPullContainerError', 'CannotPullECRContainerError', 'CannotPullImageManifestError'], lostConnection],
    ],
    rules: [
      'image-not-dual-stack',
      'subnet-without-ipv6-route',
      'subnet-nat64-incomplete',
      'security-group-blocks-ipv6',
      'network-acl-blocks-ipv6',
    ],
    cause:
      'No connection to the registry came about. Without IPv4 that is so for every registry that has no IPv6 address, and for all of them where the route to ::/0 or IPv6 egress is missing.',
    checks: [imagesOfTask],
    fix: [
      wayOut,
      {
        what: 'Pull through a cache in ECR by its dual-stack host, or add DNS64 and NAT64 for registries without IPv6.',
      },
    ],
    sources: [
      { url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html', checked },
      { url: `${ROADMAP}/2739`, checked, isThirdParty: true },
    ],
  },
  {
    id: 'dual-stack-host-not-found',
    title: 'The dual-stack host name of ECR is not found',
    certainty: 'possible',
    signs: [['dkr-ecr.', ['no such host', 'could not resolve', 'NXDOMAIN', 'name or service not known']]],
    rules: ['ecr-endpoint-not-dual-stack', 'region-unsupported', 'image-not-dual-stack'],
    cause:
      'The name is misspelt (it ends in .on.aws, not in .amazonaws.com), its partition has no such hosts, or the resolver does not know it. Whether the private DNS of an interface endpoint covers this name AWS does not say.',
    checks: [imagesOfTask, endpointsOfVpc],
    fix: [dualStackImage],
    sources: [
      { url: ECR, checked },
      { url: ENDPOINTS, checked },
    ],
  },
  {
    id: 'secrets-without-ipv6',
    title: 'Secrets or parameters of a task cannot be read',
    certainty: 'possible',
    signs: [
      [
        [
          'unable to retrieve secret from asm',
          'unable to retrieve secrets from ssm',
          'unable to retrieve secrets from asm',
          'failed to fetch secret arn:aws',
          'secretsmanager.{host}.amazonaws.com',
          'ssm.{host}.amazonaws.com',
        ],
        lostConnection,
      ],
    ],
    rules: [
      'subnet-without-ipv6-route',
      'subnet-nat64-incomplete',
      'instance-agent-too-old',
      'security-group-blocks-ipv6',
    ],
    cause:
      'Secrets Manager or Parameter Store was called over an endpoint that cannot be reached. On IPv6-only hosts only newer container agents call the dual-stack endpoints; in dual-stack subnets the call goes over IPv4.',
    checks: [
      {
        what: 'Which agent runs on the host?',
        command:
          "aws ecs describe-container-instances --cluster {cluster} --container-instances {containerInstance} --query 'containerInstances[].versionInfo.agentVersion'",
      },
      endpointsOfVpc,
    ],
    fix: [wayOut, { what: 'On EC2: move to the current ECS-optimized AMI.' }],
    sources: [
      { url: FARGATE, checked },
      { url: `${ROADMAP}/1340`, checked, isThirdParty: true },
    ],
  },
];
