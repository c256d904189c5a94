import { ecrEndpointServices, ecrPrivateLinkDualStack } from '../facts/ecr-endpoints';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { dualStackEndpoint } from './fix/dual-stack-endpoint';
import { ipv4S3Endpoints, isEcrEndpoint } from './network/endpoints';
import { listed } from './wording/counted';

/** What answers for ECR's name in a VPC with IPv4 addresses only keeps IPv6-only tasks from their images. */
export const ecrEndpointNotDualStack = defineRule({
  meta: {
    id: 'ecr-endpoint-not-dual-stack',
    title: 'Endpoint of ECR in the VPC of IPv6-only tasks has IPv4 only',
    kind: 'vpc-endpoint',
    severity: 'medium',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of an endpoint.',
    source: { url: ecrPrivateLinkDualStack.url, checked: ecrPrivateLinkDualStack.checked },
    facts: [ecrPrivateLinkDualStack, ecrEndpointServices],
    reads: ['ec2:DescribeSubnets', 'ec2:DescribeVpcEndpoints'],
    messages: { ipv4: '{{id}} answers for {{service}} in {{vpc}} by IPv4 only{{others}}.' },
  },
  defaults: {},
  check({ resource: endpoint, snapshot, fact }) {
    const { id, vpcId, serviceName, ipAddressType } = endpoint;
    if (fact(ecrPrivateLinkDualStack) === 'no' || ipAddressType !== 'ipv4') return [];
    if (!isEcrEndpoint(endpoint, snapshot.region, fact(ecrEndpointServices))) return [];
    const storage = ipv4S3Endpoints(snapshot, vpcId);
    const named = listed(storage.map((one) => one.id));
    return [
      {
        messageId: 'ipv4',
        values: { id, vpc: vpcId, service: serviceName, others: named && `, and so does ${named} for S3` },
        desired: { ipAddressType: 'dualstack' },
        actual: { ipAddressType, s3: Object.fromEntries(storage.map((one) => [one.id, one.ipAddressType])) },
        related: storage.map((one) => ec2Arn(snapshot, 'vpc-endpoint', one.id)),
        fix: [endpoint, ...storage].map((one) => dualStackEndpoint(snapshot, one)),
      },
    ];
  },
});
