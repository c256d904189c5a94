import { instanceAgentTooOld } from '../../lib/rules/instance-agent-too-old';
import { aContainerInstance, anInstance, CONTAINER_INSTANCE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const agent = (agentVersion: string | undefined, over: Parameters<typeof aContainerInstance>[0] = {}) =>
  aContainerInstance({ agentVersion, ...over });
const host: Contents = { instances: [anInstance()] };
const [primary] = anInstance().interfaces;
const withIpv4: Contents = { instances: [anInstance({ interfaces: primary ? [{ ...primary, ipv4Addresses: ['10.0.0.1'] }] : [] })] }; // prettier-ignore
const onAnother: Contents = { instances: [anInstance({ interfaces: primary ? [primary, { ...primary, id: 'eni-2', deviceIndex: 1, ipv4Addresses: ['10.0.0.1'] }] : [] })] }; // prettier-ignore
const update = `aws ecs update-container-agent --region eu-west-2 --cluster prod --container-instance ${CONTAINER_INSTANCE_ARN}`; // prettier-ignore
const image = (flavour: string): string => `aws ssm get-parameter --region eu-west-2 --name /aws/service/ecs/optimized-ami/amazon-linux-2023${flavour}/recommended/image_id`; // prettier-ignore

testRule(instanceAgentTooOld, {
  valid: [
    { name: 'exactly the minimum', resource: agent('1.99.1'), world: host },
    { name: 'newer by number, not by letter', resource: agent('1.100.0'), world: host },
    { name: 'newer patch', resource: agent('1.99.2'), world: host },
    { name: 'newer major version', resource: agent('2.0.0'), world: host },
    { name: 'written with a v and a suffix', resource: agent('v1.105.1-dev'), world: host },
    { name: 'Windows', resource: agent('1.50.0', { operatingSystem: 'windows' }), world: host },
    { name: 'Windows, as EC2 says', resource: agent('1.50.0'), world: { instances: [anInstance({ operatingSystem: 'windows' })] } },
    { name: 'outside EC2', resource: agent('1.50.0', { ec2InstanceId: undefined }) },
    { name: 'draining', resource: agent('1.50.0', { status: 'DRAINING' }), world: host },
    { name: 'operated by AWS, as in ECS Managed Instances', resource: agent('1.50.0'), world: { instances: [anInstance({ operator: 'ecs.amazonaws.com' })] } },
    { name: 'new enough, instance unread', resource: agent('1.99.1'), world: { gaps: [aGap({ collection: 'instances' })] } },
  ],
  invalid: [
    { name: 'one patch too old', resource: agent('1.99.0'), world: host, reports: { messageId: 'old', message: 'i-1 runs container agent 1.99.0; IPv6-only needs 1.99.1 or newer.', actual: { agentVersion: '1.99.0' }, related: [anInstance().arn], fix: [image('')] } },
    { name: 'fewer digits', resource: agent('1.99'), world: host, reports: { actual: { agentVersion: '1.99' } } },
    { name: 'older by number, not by letter', resource: agent('1.9.9'), world: host, reports: { messageId: 'old' } },
    { name: 'registering, and names its agent', resource: agent('1.98.0', { status: 'REGISTERING' }), world: host, reports: { messageId: 'old' } },
    { name: 'with IPv4 the agent can update itself', resource: agent('1.91.2'), world: withIpv4, reports: { fix: [update] } },
    { name: 'with IPv4 on one of two interfaces, too', resource: agent('1.91.2'), world: onAnother, reports: { fix: [update] } },
    { name: 'on arm64', resource: agent('1.91.2', { attributes: { 'ecs.cpu-architecture': 'arm64' } }), world: host, reports: { fix: [image('/arm64')] } },
    { name: 'an instance that is gone from EC2', resource: agent('1.91.2'), reports: { related: [] } },
  ],
  unknown: [
    { name: 'registering', resource: agent(undefined, { status: 'REGISTERING' }), world: host, because: 'registering' },
    { name: 'no version', resource: agent('latest'), world: host, because: 'unreadable version' },
    { name: 'too old, instance unread: it may be operated by AWS', resource: agent('1.50.0'), world: { gaps: [aGap({ collection: 'instances', resources: ['i-1'] })] }, because: 'instances' },
  ],
  apply: ({ minimumAgentVersion }, { resource, world }) => ({
    world,
    resource: { ...resource, agentVersion: String(minimumAgentVersion) },
  }),
}); // prettier-ignore
