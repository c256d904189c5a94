import {
  ProtocolEnum,
  TargetTypeEnum,
  type CreateTargetGroupInput,
  type CreateTargetGroupOutput,
  type TargetGroupIpAddressTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { findVpc } from '../ec2/vpc';
import { onNew } from './access';
import { checkKnown, required, validationError } from './errors';
import { isHttp, newHealthCheck } from './health-check';
import { checkName, newArn } from './names';
import type { TargetGroup } from './state';
import { elbv2State } from './state';
import { checkTags, setTags } from './tags';
import { newAttributes } from './target-group-attributes';
import { targetGroupView } from './target-groups';

const MAX_PORT = 65_535;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version */
const PROTOCOL_VERSIONS: readonly string[] = ['HTTP1', 'HTTP2', 'GRPC'];
const PROTOCOLS: readonly string[] = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP'] satisfies ProtocolEnum[];
const ADDRESS_TYPES: readonly string[] = ['ipv4', 'ipv6'] satisfies TargetGroupIpAddressTypeEnum[];

function notSimulated(what: string): ApiError {
  return new ApiError('NotImplemented', `${what} are not simulated by the local account.`, 501);
}

function targetTypeOf({ TargetType = 'instance' }: CreateTargetGroupInput): TargetGroup['targetType'] {
  if (TargetType === 'instance' || TargetType === 'ip' || TargetType === 'alb') return TargetType;
  checkKnown(TargetType, 'targetType', TargetTypeEnum);
  throw notSimulated(`Target groups of type ${TargetType}`);
}

function protocolOf({ Protocol }: CreateTargetGroupInput, targetType: TargetGroup['targetType']): ProtocolEnum {
  if (!Protocol) throw validationError('A protocol must be specified');
  checkKnown(Protocol, 'protocol', ProtocolEnum);
  if (!PROTOCOLS.includes(Protocol)) throw notSimulated(`Target groups of protocol ${Protocol}`);
  if (targetType === 'alb' && Protocol !== 'TCP') {
    throw validationError(`Protocol '${Protocol}' is not supported with the target type 'alb'`);
  }
  return Protocol;
}

function versionOf({ ProtocolVersion }: CreateTargetGroupInput, protocol: ProtocolEnum): string | undefined {
  if (!isHttp(protocol)) {
    if (ProtocolVersion) throw validationError(`Protocol version is not supported with protocol '${protocol}'`);
    return undefined;
  }
  const version = ProtocolVersion ?? 'HTTP1';
  if (!PROTOCOL_VERSIONS.includes(version)) throw validationError(`Protocol version '${version}' is not valid`);
  return version;
}

function portOf({ Port }: CreateTargetGroupInput): number {
  if (Port === undefined) throw validationError('A port must be specified');
  if (Port < 1 || Port > MAX_PORT) throw validationError(`Port '${Port}' must be from 1 to ${MAX_PORT}`);
  return Port;
}

function vpcIdOf(scope: Scope, { VpcId }: CreateTargetGroupInput): string {
  if (!VpcId) throw validationError('A VPC ID must be specified');
  if (!findVpc(scope, VpcId)) throw validationError(`The VPC ID '${VpcId}' is not found`);
  return VpcId;
}

function addressTypeOf(
  { IpAddressType = 'ipv4' }: CreateTargetGroupInput,
  targetType: TargetGroup['targetType'],
): TargetGroupIpAddressTypeEnum {
  if (!ADDRESS_TYPES.includes(IpAddressType)) throw validationError(`IP address type '${IpAddressType}' is not valid`);
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type
  if (targetType === 'alb' && IpAddressType === 'ipv6') {
    throw validationError("The IP address type 'ipv6' is not supported with the target type 'alb'");
  }
  return IpAddressType;
}

function newTargetGroup(scope: Scope, request: CreateTargetGroupInput): TargetGroup {
  const name = required(request.Name, 'Name');
  checkName('target group', name);
  const targetType = targetTypeOf(request);
  const protocol = protocolOf(request, targetType);
  const protocolVersion = versionOf(request, protocol);
  return {
    arn: newArn(scope, `targetgroup/${name}`),
    name,
    targetType,
    protocol,
    protocolVersion,
    port: portOf(request),
    vpcId: vpcIdOf(scope, request),
    ipAddressType: addressTypeOf(request, targetType),
    healthCheck: newHealthCheck({ targetType, protocol, protocolVersion }, request),
    attributes: newAttributes({ targetType, protocol }),
    targets: new Map(),
  };
}

const COMPARED = ['targetType', 'protocol', 'protocolVersion', 'port', 'vpcId', 'ipAddressType'] as const;

/** Creating the same target group twice is one creation; another of the same name is refused. */
function twinOf(scope: Scope, wanted: TargetGroup): TargetGroup | undefined {
  const twin = [...elbv2State(scope).targetGroups.values()].find(({ name }) => name === wanted.name);
  if (!twin) return undefined;
  const sameCheck = JSON.stringify(twin.healthCheck) === JSON.stringify(wanted.healthCheck);
  if (sameCheck && COMPARED.every((key) => twin[key] === wanted[key])) return twin;
  throw new ApiError(
    'DuplicateTargetGroupName',
    `A target group with the same name '${wanted.name}' exists, but with different settings`,
  );
}

export const createTargetGroup = operation<CreateTargetGroupInput, CreateTargetGroupOutput>({
  accepts: [
    ...['Name', 'Protocol', 'ProtocolVersion', 'Port', 'VpcId', 'TargetType', 'IpAddressType', 'Tags', 'Matcher'],
    ...['HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckEnabled', 'HealthCheckPath'],
    ...['HealthCheckIntervalSeconds', 'HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount'],
  ],
  authorize: ({ Name, Tags }, call) => onNew(`targetgroup/${Name ?? ''}`, call, Tags),
  run(request, { scope }) {
    checkTags(request.Tags);
    const wanted = newTargetGroup(scope, request);
    const twin = twinOf(scope, wanted);
    if (twin) return { TargetGroups: [targetGroupView(scope, twin)] };
    elbv2State(scope).targetGroups.set(wanted.arn, wanted);
    setTags(scope, wanted.arn, request.Tags);
    return { TargetGroups: [targetGroupView(scope, wanted)] };
  },
});
