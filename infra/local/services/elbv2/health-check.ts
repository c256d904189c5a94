/** Health check settings: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
import type { Matcher, ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { validationError } from './errors';
import type { HealthCheck, TargetGroup } from './state';

const INTERVAL_SECONDS = { min: 5, max: 300 };
const TIMEOUT_SECONDS = { min: 2, max: 120 };
const THRESHOLD = { min: 2, max: 10 };
const PATH_LENGTH = { min: 1, max: 1024 };
const PORT = { min: 1, max: 65_535 };
const CHECK_PROTOCOLS: readonly string[] = ['HTTP', 'HTTPS', 'TCP'] satisfies ProtocolEnum[];

export interface HealthCheckRequest {
  readonly HealthCheckProtocol?: ProtocolEnum | undefined;
  readonly HealthCheckPort?: string | undefined;
  readonly HealthCheckEnabled?: boolean | undefined;
  readonly HealthCheckPath?: string | undefined;
  readonly HealthCheckIntervalSeconds?: number | undefined;
  readonly HealthCheckTimeoutSeconds?: number | undefined;
  readonly HealthyThresholdCount?: number | undefined;
  readonly UnhealthyThresholdCount?: number | undefined;
  readonly Matcher?: Matcher | undefined;
}

type Group = Pick<TargetGroup, 'targetType' | 'protocol' | 'protocolVersion'>;

export function isHttp(protocol: ProtocolEnum): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

/** Seconds without an answer that mean failure, when nothing else is said. */
function defaultTimeout(group: Group, protocol: ProtocolEnum): number {
  if (isHttp(group.protocol)) return 5;
  return protocol === 'HTTP' ? 6 : 10;
}

function defaultPath({ protocolVersion }: Group): string {
  return protocolVersion === 'GRPC' ? '/AWS.ALB/healthcheck' : '/';
}

function defaultMatcher({ protocol, protocolVersion }: Group): HealthCheck['matcher'] {
  if (protocolVersion === 'GRPC') return { GrpcCode: '12' };
  return { HttpCode: isHttp(protocol) ? '200' : '200-399' };
}

function defaults(group: Group, asked: ProtocolEnum | undefined): HealthCheck {
  const protocol = asked ?? (isHttp(group.protocol) || group.targetType === 'alb' ? 'HTTP' : 'TCP');
  return {
    protocol,
    port: 'traffic-port',
    path: isHttp(protocol) ? defaultPath(group) : undefined,
    intervalSeconds: 30,
    timeoutSeconds: defaultTimeout(group, protocol),
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    matcher: isHttp(protocol) ? defaultMatcher(group) : undefined,
  };
}

/** The settings of a new target group. */
export function newHealthCheck(group: Group, request: HealthCheckRequest): HealthCheck {
  return checked(group, request, defaults(group, request.HealthCheckProtocol));
}

/** The settings after a change; what the request leaves out stays. */
export function changedHealthCheck(group: TargetGroup, request: HealthCheckRequest): HealthCheck {
  const { HealthCheckProtocol: protocol } = request;
  const kept = !protocol || protocol === group.healthCheck.protocol ? group.healthCheck : defaults(group, protocol);
  return checked(group, request, kept);
}

function checked(group: Group, request: HealthCheckRequest, base: HealthCheck): HealthCheck {
  if (request.HealthCheckEnabled === false) {
    throw validationError(`Health check enabled must be true for target groups with target type '${group.targetType}'`);
  }
  const check: HealthCheck = {
    protocol: base.protocol,
    port: request.HealthCheckPort ?? base.port,
    path: request.HealthCheckPath ?? base.path,
    intervalSeconds: request.HealthCheckIntervalSeconds ?? base.intervalSeconds,
    timeoutSeconds: request.HealthCheckTimeoutSeconds ?? base.timeoutSeconds,
    healthyThreshold: request.HealthyThresholdCount ?? base.healthyThreshold,
    unhealthyThreshold: request.UnhealthyThresholdCount ?? base.unhealthyThreshold,
    matcher: request.Matcher ?? base.matcher,
  };
  checkProtocol(group, check);
  checkNumbers(check);
  return check;
}

function checkProtocol(group: Group, check: HealthCheck): void {
  const { protocol, port } = check;
  if (!CHECK_PROTOCOLS.includes(protocol) || (isHttp(group.protocol) && protocol === 'TCP')) {
    throw validationError(
      `Health check protocol '${protocol}' is not supported for target groups of protocol '${group.protocol}'`,
    );
  }
  if (port !== 'traffic-port' && !(/^\d+$/.test(port) && within(Number(port), PORT))) {
    throw validationError(`Health check port '${port}' is not valid`);
  }
  checkHttp(check);
}

function checkHttp({ protocol, path, matcher }: HealthCheck): void {
  if (!isHttp(protocol) && (path !== undefined || matcher)) {
    throw validationError('Health check path and matcher are not supported for TCP health checks');
  }
  if (path !== undefined && (!path.startsWith('/') || !within(path.length, PATH_LENGTH))) {
    throw validationError(`Health check path '${path}' is not valid`);
  }
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function within(value: number, { min, max }: Range): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function demandWithin(name: string, value: number, range: Range): void {
  if (!within(value, range)) throw validationError(`${name} '${value}' must be from ${range.min} to ${range.max}`);
}

function checkNumbers(check: HealthCheck): void {
  demandWithin('Health check interval', check.intervalSeconds, INTERVAL_SECONDS);
  demandWithin('Health check timeout', check.timeoutSeconds, TIMEOUT_SECONDS);
  demandWithin('Healthy threshold count', check.healthyThreshold, THRESHOLD);
  demandWithin('Unhealthy threshold count', check.unhealthyThreshold, THRESHOLD);
  if (check.timeoutSeconds >= check.intervalSeconds) {
    throw validationError(
      `Health check timeout '${check.timeoutSeconds}' must be smaller than the interval '${check.intervalSeconds}'`,
    );
  }
}
