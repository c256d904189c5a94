/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
  TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation } from '../../kernel/operation';
import { onResource } from './access';
import { required, validationError } from './errors';
import { isHttp } from './health-check';
import type { TargetGroup } from './state';
import { targetGroup } from './state';

interface Attribute {
  readonly initial: string;
  readonly allows: (value: string) => boolean;
}

type Attributes = Readonly<Record<string, Attribute>>;

function choice(initial: string, ...others: readonly string[]): Attribute {
  return { initial, allows: (value) => value === initial || others.includes(value) };
}

function whole(initial: number, min: number, max: number): Attribute {
  return {
    initial: String(initial),
    allows: (value) => /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max,
  };
}

function orOff({ allows }: Attribute, initial: string): Attribute {
  return { initial, allows: (value) => value === 'off' || allows(value) };
}

const FLAG_OFF = choice('false', 'true');
const FLAG_ON = choice('true', 'false');
const MAX_TARGETS = 1_000;
const WEEK_SECONDS = 604_800;
const DAY_SECONDS = 86_400;
const COUNT = whole(1, 1, MAX_TARGETS);
const PERCENTAGE = orOff(whole(1, 1, 100), 'off');

const EVERY_GROUP: Attributes = {
  'deregistration_delay.timeout_seconds': whole(300, 0, 3_600),
  'stickiness.enabled': FLAG_OFF,
  'load_balancing.cross_zone.enabled': choice('use_load_balancer_configuration', 'true', 'false'),
  'target_group_health.dns_failover.minimum_healthy_targets.count': orOff(COUNT, '1'),
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': PERCENTAGE,
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': COUNT,
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': PERCENTAGE,
};

const HTTP_GROUP: Attributes = {
  ...EVERY_GROUP,
  'stickiness.type': choice('lb_cookie', 'app_cookie'),
  'stickiness.lb_cookie.duration_seconds': whole(DAY_SECONDS, 1, WEEK_SECONDS),
  'stickiness.app_cookie.cookie_name': { initial: '', allows: (value) => !/^AWSALB/i.test(value) },
  'stickiness.app_cookie.duration_seconds': whole(DAY_SECONDS, 1, WEEK_SECONDS),
  'slow_start.duration_seconds': { initial: '0', allows: (value) => value === '0' || whole(0, 30, 900).allows(value) },
  'load_balancing.algorithm.type': choice('round_robin', 'least_outstanding_requests', 'weighted_random'),
  'load_balancing.algorithm.anomaly_mitigation': choice('off', 'on'),
};

const NETWORK_GROUP: Attributes = {
  ...EVERY_GROUP,
  'stickiness.type': choice('source_ip'),
  'deregistration_delay.connection_termination.enabled': FLAG_OFF,
  'preserve_client_ip.enabled': FLAG_ON,
  'proxy_protocol_v2.enabled': FLAG_OFF,
  'target_health_state.unhealthy.connection_termination.enabled': FLAG_ON,
  'target_health_state.unhealthy.draining_interval_seconds': whole(0, 0, 360_000),
};

type Group = Pick<TargetGroup, 'protocol' | 'targetType'>;

function attributesFor({ protocol }: Group): Attributes {
  return isHttp(protocol) ? HTTP_GROUP : NETWORK_GROUP;
}

/** Defaults that hang on protocol and target type. */
function special({ protocol, targetType }: Group): Readonly<Record<string, string>> {
  if (isHttp(protocol)) return {};
  const udp = protocol === 'UDP' || protocol === 'TCP_UDP';
  return {
    'deregistration_delay.connection_termination.enabled': String(udp),
    'preserve_client_ip.enabled': String(targetType !== 'ip' || udp),
  };
}

/** The attributes of a new target group. */
export function newAttributes(group: Group): Map<string, string> {
  const initial = Object.entries(attributesFor(group)).map(([key, attribute]) => [key, attribute.initial] as const);
  return new Map([...initial, ...Object.entries(special(group))]);
}

function checkAttribute(group: TargetGroup, { Key = '', Value = '' }: TargetGroupAttribute): readonly [string, string] {
  const attribute = attributesFor(group)[Key];
  if (!attribute) throw validationError(`Target group attribute key '${Key}' is not recognized`);
  if (!attribute.allows(Value))
    throw validationError(`'${Value}' is not a valid value for target group attribute '${Key}'`);
  return [Key, Value];
}

function view({ attributes }: TargetGroup): TargetGroupAttribute[] {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}

const describeTargetGroupAttributes = operation<
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput
>({
  accepts: ['TargetGroupArn'],
  run: ({ TargetGroupArn }, { scope }) => ({
    Attributes: view(targetGroup(scope, required(TargetGroupArn, 'TargetGroupArn'))),
  }),
});

const modifyTargetGroupAttributes = operation<ModifyTargetGroupAttributesInput, ModifyTargetGroupAttributesOutput>({
  accepts: ['TargetGroupArn', 'Attributes'],
  authorize: ({ TargetGroupArn }, call) => onResource(TargetGroupArn, call),
  run({ TargetGroupArn, Attributes }, { scope }) {
    const group = targetGroup(scope, required(TargetGroupArn, 'TargetGroupArn'));
    const changes = required(Attributes, 'Attributes').map((each) => checkAttribute(group, each));
    for (const [key, value] of changes) group.attributes.set(key, value);
    return { Attributes: view(group) };
  },
});

export const targetGroupAttributeOperations = {
  DescribeTargetGroupAttributes: describeTargetGroupAttributes,
  ModifyTargetGroupAttributes: modifyTargetGroupAttributes,
};
