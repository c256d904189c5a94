import { expect } from '@jest/globals';
import { instanceAmiNotEcsOptimized } from '../../lib/rules/instance-ami-not-ecs-optimized';
import { aContainerInstance, anImage, anInstance, CONTAINER_INSTANCE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const of = (image: Parameters<typeof anImage>[0], host: Parameters<typeof aContainerInstance>[0] = {}): Contents => ({
  containerInstances: [aContainerInstance(host)],
  images: [anImage(image)],
});
const plain = of({ name: 'al2023-ami-2023.9.20260922.0-kernel-6.1-x86_64' });
const own = of({ name: 'golden-ecs-2026', ownerAlias: undefined });
const fix = (flavour: string) => [`aws ssm get-parameter --region eu-west-2 --name /aws/service/ecs/optimized-ami/amazon-linux-2023${flavour}/recommended/image_id`]; // prettier-ignore

testRule(instanceAmiNotEcsOptimized, {
  valid: [
    { name: 'Amazon Linux 2023', resource: anInstance(), world: of({}) },
    { name: 'with GPU', resource: anInstance(), world: of({ name: 'al2023-ami-ecs-gpu-hvm-2023.0.20260929-kernel-6.1-x86_64-ebs' }) },
    { name: 'Amazon Linux 2', resource: anInstance(), world: of({ name: 'amzn2-ami-ecs-hvm-2.0.20200928-x86_64-ebs' }) },
    { name: 'Amazon Linux 2 with another kernel', resource: anInstance(), world: of({ name: 'amzn2-ami-ecs-kernel-5.10-inf-hvm-2.0.20260929-x86_64-ebs' }) },
    { name: 'Amazon Linux of old', resource: anInstance(), world: of({ name: 'amzn-ami-2018.03.20221018-amazon-ecs-optimized' }) },
    { name: 'allowed by id', resource: anInstance(), world: own, options: { allowImages: ['ami-1'] } },
    { name: 'allowed by id, images unread', resource: anInstance(), world: { containerInstances: [aContainerInstance()], gaps: [aGap({ collection: 'images' })] }, options: { allowImages: ['ami-1'] } },
    { name: 'allowed by name', resource: anInstance(), world: own, options: { allowImages: ['golden-ecs-*'] } },
    { name: 'Bottlerocket, allowed', resource: anInstance(), world: of({ name: 'bottlerocket-aws-ecs-2-x86_64-v1.40.0-1' }), options: { allowImages: ['bottlerocket-aws-ecs-*'] } },
    { name: 'stopping', resource: anInstance({ state: 'stopping' }), world: plain },
    { name: 'draining', resource: anInstance(), world: of({ name: 'al2023-ami-2023.9' }, { status: 'DRAINING' }) },
    { name: 'Windows', resource: anInstance({ operatingSystem: 'windows' }), world: plain },
    { name: 'operated by AWS', resource: anInstance({ operator: 'ecs.amazonaws.com' }), world: plain },
    { name: 'dual-stack', resource: anInstance(), world: plain, posture: 'dual-stack' },
  ],
  invalid: [
    { name: 'another AMI of Amazon', resource: anInstance(), world: plain, reports: { messageId: 'other', severity: 'medium', message: 'i-1 runs al2023-ami-2023.9.20260922.0-kernel-6.1-x86_64 (ami-1), an AMI of Amazon that is not one of the ECS-optimized Linux AMIs.', related: [CONTAINER_INSTANCE_ARN], fix: fix('') } },
    { name: 'one of its own', resource: anInstance(), world: own, reports: { messageId: 'custom', severity: 'info', actual: { ecsOptimized: false, imageId: 'ami-1', name: 'golden-ecs-2026', ownerAlias: undefined } } },
    { name: 'a name that anyone can give', resource: anInstance(), world: of({ ownerAlias: undefined }), reports: { messageId: 'custom' } },
    { name: 'of the marketplace', resource: anInstance(), world: of({ ownerAlias: 'aws-marketplace' }), reports: { messageId: 'custom' } },
    { name: 'without a name', resource: anInstance(), world: of({ ownerAlias: undefined, name: undefined }), reports: { message: expect.stringContaining('an AMI without a name (ami-1)') as unknown as string } },
    { name: 'on arm64', resource: anInstance(), world: of({ name: 'al2023-ami-2023.9' }, { attributes: { 'ecs.cpu-architecture': 'arm64' } }), reports: { fix: fix('/arm64') } },
  ],
  unknown: [
    { name: 'images could not be read', resource: anInstance(), world: { ...plain, images: [], gaps: [aGap({ collection: 'images', call: 'ec2:DescribeImages' })] }, because: 'AccessDenied' },
    { name: 'deregistered', resource: anInstance({ imageId: 'ami-2' }), world: plain, because: 'ami-2 is not there any more' },
    { name: 'no image', resource: anInstance({ imageId: undefined }), world: plain, because: 'no image' },
    { name: 'Bottlerocket', resource: anInstance(), world: of({ name: 'bottlerocket-aws-ecs-2-x86_64-v1.40.0-1' }), because: 'Bottlerocket' },
    { name: 'Amazon gives no name', resource: anInstance(), world: of({ name: undefined }), because: 'no name' },
  ],
  apply: (_, { resource, world }) => ({ resource, world: { ...world, images: [anImage()] } }),
}); // prettier-ignore
