import type {
  CreateTargetGroupRequest,
  DeleteTargetGroupRequest,
  GetTargetGroupRequest,
  HealthCheckConfig,
  ListTargetGroupsRequest,
  TargetGroupConfig,
  TargetGroupSummary,
  UpdateTargetGroupRequest,
} from '@aws-sdk/client-vpc-lattice';
import { operation, type Call } from '../../kernel/operation';
import { page } from '../../kernel/page';
import type { Scope } from '../../kernel/scope';
import { findVpc } from '../ec2/vpc';
import { conflict, invalid } from './lattice-error';
import { lattice, requireTargetGroup, targetGroupArn, type LatticeTargetGroup } from './state';
import { withTags } from './tags';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListTargetGroups.html */
export const MAX_PAGE = 100;
/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateTargetGroup.html */
const NAME = /^(?!tg-)(?![-])(?!.*[-]$)(?!.*[-]{2})[a-z0-9-]{3,128}$/;
const ID_DIGITS = 17;
const DEFAULT_PORTS = { HTTP: 80, HTTPS: 443, TCP: 443 } as const;
/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html */
const DEFAULT_HEALTH_CHECK: HealthCheckConfig = {
  enabled: true,
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  path: '/',
  healthCheckIntervalSeconds: 30,
  healthCheckTimeoutSeconds: 5,
  healthyThresholdCount: 5,
  unhealthyThresholdCount: 2,
  matcher: { httpCode: '200' },
};

export const onTargetGroup =
  (action: string) =>
  ({ targetGroupIdentifier }: { readonly targetGroupIdentifier?: string | undefined }, { scope }: Call) => [
    { action: `vpc-lattice:${action}`, resource: requireTargetGroup(scope, targetGroupIdentifier).arn },
  ];

function configOf(group: LatticeTargetGroup): TargetGroupConfig {
  return {
    port: group.port,
    protocol: group.protocol,
    protocolVersion: group.protocolVersion,
    ipAddressType: group.ipAddressType,
    vpcIdentifier: group.vpcId,
    healthCheck: group.healthCheck,
  };
}

const identityOf = ({ id, arn, name, type }: LatticeTargetGroup) => ({ id, arn, name, type });

const summaryOf = (group: LatticeTargetGroup): TargetGroupSummary => ({
  ...identityOf(group),
  createdAt: group.createdAt,
  port: group.port,
  protocol: group.protocol,
  ipAddressType: group.ipAddressType,
  vpcIdentifier: group.vpcId,
  lastUpdatedAt: group.updatedAt,
  status: 'ACTIVE',
  serviceArns: [],
});

/** What a configuration may say depends on the type: https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetGroupConfig.html */
function checkConfig(scope: Scope, { type, config = {} }: Partial<CreateTargetGroupRequest>): void {
  if (config.ipAddressType !== undefined && type !== 'IP')
    throw invalid('IP address type is only supported for type IP');
  if (type === 'LAMBDA') checkOfFunctions(config);
  else checkOfAddresses(scope, config);
}

function checkOfFunctions({ port, protocol, vpcIdentifier }: Partial<TargetGroupConfig>): void {
  if (port !== undefined || protocol !== undefined || vpcIdentifier !== undefined)
    throw invalid('Port, protocol and VPC are not supported for type LAMBDA');
}

function checkOfAddresses(scope: Scope, { protocol, vpcIdentifier }: Partial<TargetGroupConfig>): void {
  if (vpcIdentifier === undefined || protocol === undefined) throw invalid('VPC and protocol are required');
  if (!findVpc(scope, vpcIdentifier)) throw invalid(`VPC ${vpcIdentifier} not found`);
}

type Network = Pick<
  LatticeTargetGroup,
  'port' | 'protocol' | 'protocolVersion' | 'vpcId' | 'ipAddressType' | 'healthCheck'
>;

function networkOf({ type, config = {} }: CreateTargetGroupRequest): Network {
  const { protocol, healthCheck, ipAddressType = 'IPV4' } = config;
  if (type === 'LAMBDA' || protocol === undefined) {
    const none = { port: undefined, protocol: undefined, protocolVersion: undefined };
    return { ...none, vpcId: undefined, ipAddressType: undefined, healthCheck: undefined };
  }
  return {
    port: config.port ?? DEFAULT_PORTS[protocol],
    protocol,
    protocolVersion: config.protocolVersion ?? 'HTTP1',
    vpcId: config.vpcIdentifier,
    ipAddressType: type === 'IP' ? ipAddressType : undefined,
    healthCheck: type === 'ALB' ? undefined : { ...DEFAULT_HEALTH_CHECK, ...healthCheck },
  };
}

function checkName(scope: Scope, name = ''): void {
  if (!NAME.test(name)) throw invalid(`Target group name ${name} is not valid`);
  const same = [...lattice(scope).targetGroups.values()].find((each) => each.name === name);
  if (same) throw conflict(`Target group with name ${name} already exists`, same.id);
}

const createTargetGroup = operation({
  accepts: ['name', 'type', 'config', 'clientToken', 'tags'],
  run(request: CreateTargetGroupRequest, { scope }) {
    checkConfig(scope, request);
    checkName(scope, request.name);
    const id = `tg-${scope.ids.hex(ID_DIGITS)}`;
    const now = scope.clock.now();
    const state = lattice(scope);
    const group: LatticeTargetGroup = {
      id,
      arn: targetGroupArn(scope, id),
      name: request.name ?? '',
      type: request.type ?? 'IP',
      ...networkOf(request),
      createdAt: now,
      updatedAt: now,
      serial: ++state.serial,
      tags: withTags(new Map(), request.tags),
      targets: new Map(),
    };
    state.targetGroups.set(id, group);
    return { ...identityOf(group), config: configOf(group), status: 'ACTIVE' };
  },
});

const getTargetGroup = operation({
  accepts: ['targetGroupIdentifier'],
  authorize: onTargetGroup('GetTargetGroup'),
  run({ targetGroupIdentifier }: GetTargetGroupRequest, { scope }) {
    const group = requireTargetGroup(scope, targetGroupIdentifier);
    const { createdAt, updatedAt: lastUpdatedAt } = group;
    const config = configOf(group);
    return { ...identityOf(group), config, createdAt, lastUpdatedAt, status: 'ACTIVE', serviceArns: [] };
  },
});

const listTargetGroups = operation({
  accepts: ['maxResults', 'nextToken', 'vpcIdentifier', 'targetGroupType'],
  run({ maxResults = MAX_PAGE, nextToken, vpcIdentifier, targetGroupType }: ListTargetGroupsRequest, { scope }) {
    const wanted = [...lattice(scope).targetGroups.values()]
      .filter(({ vpcId }) => vpcIdentifier === undefined || vpcId === vpcIdentifier)
      .filter(({ type }) => targetGroupType === undefined || type === targetGroupType);
    const { items, token } = page(wanted, {
      ...{ token: nextToken, size: maxResults, invalidToken: invalid('The token is not valid') },
      position: ({ serial }) => serial,
    });
    return { items: items.map(summaryOf), nextToken: token };
  },
});

const updateTargetGroup = operation({
  accepts: ['targetGroupIdentifier', 'healthCheck'],
  authorize: onTargetGroup('UpdateTargetGroup'),
  run({ targetGroupIdentifier, healthCheck }: UpdateTargetGroupRequest, { scope }) {
    const group = requireTargetGroup(scope, targetGroupIdentifier);
    if (!group.healthCheck) throw invalid(`Health checks are not supported for type ${group.type}`);
    group.healthCheck = { ...group.healthCheck, ...healthCheck };
    group.updatedAt = scope.clock.now();
    return { ...identityOf(group), config: configOf(group), status: 'ACTIVE' };
  },
});

const deleteTargetGroup = operation({
  accepts: ['targetGroupIdentifier'],
  authorize: onTargetGroup('DeleteTargetGroup'),
  run({ targetGroupIdentifier }: DeleteTargetGroupRequest, { scope }) {
    const { id, arn, targets } = requireTargetGroup(scope, targetGroupIdentifier);
    if (targets.size > 0) throw conflict(`Target group ${id} has registered targets`, id);
    lattice(scope).targetGroups.delete(id);
    return { id, arn, status: 'DELETE_IN_PROGRESS' };
  },
});

export const targetGroupOperations = {
  CreateTargetGroup: createTargetGroup,
  DeleteTargetGroup: deleteTargetGroup,
  GetTargetGroup: getTargetGroup,
  ListTargetGroups: listTargetGroups,
  UpdateTargetGroup: updateTargetGroup,
};
