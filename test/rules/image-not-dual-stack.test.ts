import { imageNotDualStack } from '../../lib/rules/image-not-dual-stack';
import type { TaskDefinition } from '../../lib/snapshot/snapshot';
import { aService, aSubnet, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const images = (...all: (string | undefined)[]): TaskDefinition =>
  aTaskDefinition({ containers: all.map((image, index) => ({ name: `c${index}`, image })) });
const used: Contents = { services: [aService()] };
const native: Contents = { ...used, tasks: [aTask()], subnets: [aSubnet()] };
const ecr = '111122223333.dkr.ecr.eu-west-2.amazonaws.com/api:1';
const ecrDual = '111122223333.dkr-ecr.eu-west-2.on.aws/api:1';

const reregister =
  'aws ecs describe-task-definition --region eu-west-2 --task-definition ' +
  'arn:aws:ecs:eu-west-2:111122223333:task-definition/api:3 --include TAGS --output json | ' +
  "jq '.taskDefinition + (if (.tags | length) > 0 then {tags} else {} end) | " +
  'del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, ' +
  `.deregisteredAt) | .containerDefinitions |= map(.image = (({"c0":"${ecrDual}"})[.name] // .image))' ` +
  '> task-definition.json';

testRule(imageNotDualStack, {
  valid: [
    { name: 'dual-stack ECR hosts', resource: images(ecrDual, 'ecr-public.aws.com/nginx/nginx:1', '111122223333.dkr-ecr-fips.us-gov-west-1.on.aws/api'), world: used },
    { name: 'a sidecar without an image', resource: images(undefined), world: used },
    { name: 'not in use', resource: images(ecr, 'nginx') },
    { name: 'Windows', resource: { ...images(ecr), operatingSystem: 'windows' }, world: used },
    { name: 'another registry, allowed', resource: images('nginx', 'index.docker.io/library/nginx', 'ghcr.io/a/b:1'), world: used, options: { allowRegistries: ['docker.io', '*.io'] } },
    { name: 'another registry, and a task got its image without IPv4', resource: images('nginx'), world: native },
  ],
  invalid: [
    { name: 'of a service with tasks, and of a task of none', resource: images(ecr), world: { ...used, tasks: [aTask(), aTask({ id: 'alone', serviceName: undefined })] }, reports: { related: [SERVICE_ARN, aTask({ id: 'alone' }).arn] } },
    { name: 'ECR', resource: images(ecr), world: used, reports: { messageId: 'ipv4', message: `api:3 pulls ${ecr} by a host name that has no IPv6 address.`, desired: { images: { c0: ecrDual } }, actual: { images: { c0: ecr } }, related: [SERVICE_ARN] } },
    { name: 'ECR beside a dual-stack one', resource: images(ecrDual, ecr), world: used, reports: { desired: { images: { c1: ecrDual } } } },
    { name: 'ECR beside one that is not known', resource: images('nginx', ecr), world: used, options: {}, reports: { desired: { images: { c1: ecrDual } } } },
    { name: 'ECR, although a task got its image, through NAT64', resource: images(ecr), world: native, reports: { messageId: 'ipv4' } },
    { name: 'ECR, allowed hosts are for other registries', resource: images(ecr), world: used, options: { allowRegistries: ['*'] }, reports: { messageId: 'ipv4' } },
    { name: 'used by a task of no service', resource: images(ecr), world: { tasks: [aTask({ serviceName: undefined })] }, reports: { related: [aTask().arn] } },
    { name: 'two services use it', resource: images(ecr), world: { services: [aService({ name: 'web' }), aService()] }, reports: {
      fix: [
        reregister,
        'aws ecs register-task-definition --region eu-west-2 --cli-input-json file://task-definition.json',
        'aws ecs update-service --region eu-west-2 --cluster prod --service api --task-definition api',
        'aws ecs update-service --region eu-west-2 --cluster prod --service web --task-definition api',
      ],
    } },
  ],
  unknown: [
    { name: 'another registry', resource: images('nginx', 'ghcr.io/a/b'), world: used, because: 'docker.io and ghcr.io' },
    { name: 'another registry, and a task got its image in a dual-stack subnet', resource: images('nginx'), world: { ...native, subnets: [aSubnet({ ipv6Native: false })] }, because: 'docker.io' },
    { name: 'another registry, and a task on an instance may have found it there', resource: images('nginx'), world: { ...native, tasks: [aTask({ launchType: 'EC2' })] }, because: 'docker.io' },
    { name: 'another registry, and no task runs yet', resource: images('nginx'), world: { ...native, tasks: [aTask({ lastStatus: 'PENDING' })] }, because: 'docker.io' },
    { name: 'ECR in a partition without a documented dual-stack host', resource: images('111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu/api'), world: used, because: 'eusc-de-east-1' },
    { name: 'whether it is in use', resource: images(ecr), world: { gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'whether tasks use it', resource: images(ecr), world: { gaps: [aGap()] }, because: '"tasks"' },
    { name: 'another registry, and a task runs in a subnet that is not known', resource: images('nginx'), world: { ...native, subnets: [] }, because: 'docker.io' },
  ],
  apply: (desired, { resource, world }) => {
    const rewritten = desired['images'] as Record<string, string>;
    return { world, resource: { ...resource, containers: resource.containers.map(({ name, image }) => ({ name, image: rewritten[name] ?? (image === 'nginx' ? undefined : image) })) } };
  },
}); // prettier-ignore
