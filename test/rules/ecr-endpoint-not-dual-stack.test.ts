import { ecrEndpointNotDualStack } from '../../lib/rules/ecr-endpoint-not-dual-stack';
import { aVpcEndpoint } from '../support/network-builders';
import { testRule } from '../support/test-rule';

const old = aVpcEndpoint({ ipAddressType: 'ipv4' });
const storage = aVpcEndpoint({
  id: 'vpce-s3',
  serviceName: 'com.amazonaws.eu-west-2.s3',
  type: 'Gateway',
  ipAddressType: 'ipv4',
  privateDns: false,
});
const modify = (id: string, ...more: string[]): string =>
  ['aws ec2 modify-vpc-endpoint --region eu-west-2 --vpc-endpoint-id', id, '--ip-address-type dualstack', ...more].join(
    ' ',
  );
const RECORDS = '--dns-options DnsRecordIpType=dualstack';

testRule(ecrEndpointNotDualStack, {
  valid: [
    { name: 'dual-stack', resource: aVpcEndpoint(), world: { vpcEndpoints: [storage] } },
    { name: 'AWS has none that are dual-stack', resource: old, facts: { 'ecr-privatelink-dual-stack': 'no' } },
    { name: 'IPv6 alone', resource: aVpcEndpoint({ ipAddressType: 'ipv6' }) },
    { name: 'of something else', resource: { ...old, serviceName: 'com.amazonaws.eu-west-2.logs' } },
    { name: 'of S3 alone', resource: storage },
    { name: 'of another region', resource: { ...old, serviceName: 'com.amazonaws.eu-west-1.ecr.api' } },
    { name: 'by a name of its own only', resource: { ...old, privateDns: false } },
    { name: 'not there yet', resource: { ...old, state: 'pending' } },
    { name: 'wanted dual-stack', resource: old, posture: 'dual-stack' },
  ],
  invalid: [
    { name: 'two of S3 beside it, told in order', resource: old, world: { vpcEndpoints: [{ ...storage, id: 'vpce-s4' }, storage] }, reports: { actual: { ipAddressType: 'ipv4', s3: { 'vpce-s3': 'ipv4', 'vpce-s4': 'ipv4' } }, related: ['arn:aws:ec2:eu-west-2:111122223333:vpc-endpoint/vpce-s3', 'arn:aws:ec2:eu-west-2:111122223333:vpc-endpoint/vpce-s4'] } },
    { name: 'IPv4 only', resource: old, reports: {
      message: 'vpce-1 answers for com.amazonaws.eu-west-2.ecr.dkr in vpc-1 by IPv4 only.',
      desired: { ipAddressType: 'dualstack' }, actual: { ipAddressType: 'ipv4', s3: {} }, related: [], fix: [modify('vpce-1', RECORDS)],
    } },
    { name: 'and so has S3', resource: old, world: { vpcEndpoints: [storage, { ...storage, id: 'vpce-2', vpcId: 'vpc-2' }, { ...storage, id: 'vpce-3', state: 'deleting' }, { ...storage, id: 'vpce-4', ipAddressType: 'dualstack' }] }, reports: {
      message: 'vpce-1 answers for com.amazonaws.eu-west-2.ecr.dkr in vpc-1 by IPv4 only, and so does vpce-s3 for S3.',
      related: ['arn:aws:ec2:eu-west-2:111122223333:vpc-endpoint/vpce-s3'], fix: [modify('vpce-1', RECORDS), modify('vpce-s3')],
    } },
    { name: 'for FIPS', resource: { ...old, serviceName: 'com.amazonaws.eu-west-2.ecr-fips.api' }, reports: { messageId: 'ipv4' } },
    { name: 'in China', resource: { ...old, serviceName: 'cn.com.amazonaws.cn-north-1.ecr.api' }, world: { region: 'cn-north-1' }, reports: { messageId: 'ipv4' } },
  ],
  apply: (_, { resource, world }) => ({ world, resource: { ...resource, ipAddressType: 'dualstack' } }),
}); // prettier-ignore
