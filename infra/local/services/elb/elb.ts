import * as schemas from '@aws-sdk/client-elastic-load-balancing';
import type { ServiceDefinition } from '../../kernel/operation';
import { createLoadBalancer } from './create-load-balancer';
import { instanceOperations } from './instances';
import { loadBalancerOperations } from './load-balancers';

/** Classic Load Balancers: https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/Welcome.html */
export const elb: ServiceDefinition = {
  signingName: 'elasticloadbalancing',
  iamPrefix: 'elasticloadbalancing',
  schemas,
  client: () => new schemas.ElasticLoadBalancingClient({ region: 'us-east-1' }),
  operations: { CreateLoadBalancer: createLoadBalancer, ...loadBalancerOperations, ...instanceOperations },
};
