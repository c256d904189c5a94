import * as schemas from '@aws-sdk/client-ec2';
import type { ServiceDefinition } from '../../kernel/operation';
import { disassociationOperations } from './cidr-disassociation';
import { elasticAddressOperations } from './elastic-address';
import { flowLogOperations } from './flow-log-operations';
import { imageOperations } from './image-operations';
import { instanceOperations } from './instance-operations';
import { instanceTypeOperations } from './instance-type-operations';
import { internetGatewayOperations } from './internet-gateway-operations';
import { launchTemplateOperations } from './launch-template-operations';
import { launchTemplateVersionOperations } from './launch-template-version-operations';
import { natGatewayOperations } from './nat-gateway-operations';
import { networkAclOperations } from './network-acl-operations';
import { networkInterfaceOperations } from './network-interface-operations';
import { prefixListOperations } from './prefix-list-operations';
import { regionOperations } from './region-operations';
import { routeOperations } from './route-operations';
import { securityGroupOperations } from './security-group-operations';
import { subnetOperations } from './subnet-operations';
import { tagOperations } from './tag-operations';
import { vpcEndpointOperations } from './vpc-endpoint-operations';
import { vpcOperations } from './vpc-operations';

export const ec2: ServiceDefinition = {
  signingName: 'ec2',
  iamPrefix: 'ec2',
  schemas,
  // https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
  lateReads: /^(Describe|Get)/,
  client: () => new schemas.EC2Client({ region: 'us-east-1' }),
  operations: {
    ...disassociationOperations,
    ...elasticAddressOperations,
    ...flowLogOperations,
    ...imageOperations,
    ...instanceOperations,
    ...instanceTypeOperations,
    ...internetGatewayOperations,
    ...launchTemplateOperations,
    ...launchTemplateVersionOperations,
    ...natGatewayOperations,
    ...networkAclOperations,
    ...networkInterfaceOperations,
    ...prefixListOperations,
    ...regionOperations,
    ...routeOperations,
    ...securityGroupOperations,
    ...subnetOperations,
    ...tagOperations,
    ...vpcEndpointOperations,
    ...vpcOperations,
  },
};
