/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
import type {
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
  LoadBalancerAttribute,
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation } from '../../kernel/operation';
import { onResource } from './access';
import { required, validationError } from './errors';
import type { LoadBalancer } from './state';
import { loadBalancer } from './state';

export const DELETION_PROTECTION = 'deletion_protection.enabled';
export const CROSS_ZONE = 'load_balancing.cross_zone.enabled';
const DENY_GATEWAY = 'ipv6.deny_all_igw_traffic';
const IDLE_TIMEOUT = 'idle_timeout.timeout_seconds';

const IDLE_SECONDS = { min: 1, max: 4_000 };
const FLAG = /^(true|false)$/;

const APPLICATION: Readonly<Record<string, string>> = {
  [DELETION_PROTECTION]: 'false',
  // cannot be switched off for the load balancer, only for a target group
  [CROSS_ZONE]: 'true',
  [IDLE_TIMEOUT]: '60',
  'routing.http2.enabled': 'true',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
};

const NETWORK: Readonly<Record<string, string>> = { [DELETION_PROTECTION]: 'false', [CROSS_ZONE]: 'false' };

/** The attributes of a new load balancer. */
export function newAttributes({ type, scheme }: Pick<LoadBalancer, 'type' | 'scheme'>): Map<string, string> {
  const own = type === 'application' ? APPLICATION : NETWORK;
  return new Map([...Object.entries(own), [DENY_GATEWAY, String(scheme === 'internal')]]);
}

function checked({ type, attributes }: LoadBalancer, { Key = '', Value = '' }: LoadBalancerAttribute) {
  if (!attributes.has(Key)) throw validationError(`Load balancer attribute key '${Key}' is not recognized`);
  if (!allows(type, Key, Value)) {
    throw validationError(`'${Value}' is not a valid value for load balancer attribute '${Key}'`);
  }
  return [Key, Value] as const;
}

function allows(type: LoadBalancer['type'], key: string, value: string): boolean {
  if (key === IDLE_TIMEOUT) {
    return /^\d+$/.test(value) && Number(value) >= IDLE_SECONDS.min && Number(value) <= IDLE_SECONDS.max;
  }
  return key === CROSS_ZONE && type === 'application' ? value === 'true' : FLAG.test(value);
}

function view({ attributes }: LoadBalancer): LoadBalancerAttribute[] {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}

const describeAttributes = operation<DescribeLoadBalancerAttributesInput, DescribeLoadBalancerAttributesOutput>({
  accepts: ['LoadBalancerArn'],
  run: ({ LoadBalancerArn }, { scope }) => ({
    Attributes: view(loadBalancer(scope, required(LoadBalancerArn, 'LoadBalancerArn'))),
  }),
});

const modifyAttributes = operation<ModifyLoadBalancerAttributesInput, ModifyLoadBalancerAttributesOutput>({
  accepts: ['LoadBalancerArn', 'Attributes'],
  authorize: ({ LoadBalancerArn }, call) => onResource(LoadBalancerArn, call),
  run({ LoadBalancerArn, Attributes }, { scope }) {
    const balancer = loadBalancer(scope, required(LoadBalancerArn, 'LoadBalancerArn'));
    const changes = required(Attributes, 'Attributes').map((each) => checked(balancer, each));
    for (const [key, value] of changes) balancer.attributes.set(key, value);
    return { Attributes: view(balancer) };
  },
});

export const loadBalancerAttributeOperations = {
  DescribeLoadBalancerAttributes: describeAttributes,
  ModifyLoadBalancerAttributes: modifyAttributes,
};
