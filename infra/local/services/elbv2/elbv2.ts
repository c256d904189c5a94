import * as schemas from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceDefinition } from '../../kernel/operation';
import { createLoadBalancer } from './create-load-balancer';
import { createTargetGroup } from './create-target-group';
import { listenerOperations } from './listeners';
import { loadBalancerAttributeOperations } from './load-balancer-attributes';
import { loadBalancerOperations } from './load-balancers';
import { ruleOperations } from './rules';
import { setIpAddressType } from './set-ip-address-type';
import { setSecurityGroups, setSubnets } from './set-subnets';
import { tagOperations } from './tags';
import { targetGroupAttributeOperations } from './target-group-attributes';
import { targetGroupOperations } from './target-groups';
import { targetOperations } from './target-operations';

/** Application and Network Load Balancers: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html */
export const elbv2: ServiceDefinition = {
  signingName: 'elasticloadbalancing',
  iamPrefix: 'elasticloadbalancing',
  schemas,
  client: () => new schemas.ElasticLoadBalancingV2Client({ region: 'us-east-1' }),
  operations: {
    CreateLoadBalancer: createLoadBalancer,
    CreateTargetGroup: createTargetGroup,
    SetIpAddressType: setIpAddressType,
    SetSecurityGroups: setSecurityGroups,
    SetSubnets: setSubnets,
    ...listenerOperations,
    ...loadBalancerAttributeOperations,
    ...loadBalancerOperations,
    ...ruleOperations,
    ...tagOperations,
    ...targetGroupAttributeOperations,
    ...targetGroupOperations,
    ...targetOperations,
  },
};
