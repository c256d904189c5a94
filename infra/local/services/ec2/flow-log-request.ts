/** What may be asked of CreateFlowLogs: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html */
import type { CreateFlowLogsRequest, FlowLogsResourceType, LogDestinationType, TrafficType } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { invalidValue, missingParameter } from './ec2-error';
import type { FlowLog } from './flow-log';
import { checkId } from './listing';
import { NETWORK_INTERFACE, requireNetworkInterface } from './network-interface';
import { requireSubnet } from './subnet';
import { requireVpc } from './vpc';

const MAX_RESOURCES = 1_000;
const INTERVALS: readonly number[] = [60, 600];
const DEFAULT_INTERVAL = 600;
const TRAFFIC: readonly string[] = ['ACCEPT', 'ALL', 'REJECT'] satisfies TrafficType[];
const DESTINATIONS: readonly string[] = [
  'cloud-watch-logs',
  'kinesis-data-firehose',
  's3',
] satisfies LogDestinationType[];

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-default */
const DEFAULT_FORMAT = [
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets'],
  ...['bytes', 'start', 'end', 'action', 'log-status'],
]
  .map((field) => `\${${field}}`)
  .join(' ');

/** Everything of a flow log but the resource that it is for. */
export type FlowLogSettings = Omit<FlowLog, 'id' | 'resourceId' | 'createdAt'>;

export function flowLogSettings(request: CreateFlowLogsRequest): FlowLogSettings {
  const { TrafficType: traffic, LogDestinationType: type = 'cloud-watch-logs' } = request;
  const { MaxAggregationInterval: interval = DEFAULT_INTERVAL } = request;
  if (traffic === undefined) throw missingParameter('TrafficType');
  if (!TRAFFIC.includes(traffic)) throw invalidValue(`Invalid value '${traffic}' for TrafficType.`);
  if (!DESTINATIONS.includes(type)) throw invalidValue(`Invalid value '${type}' for LogDestinationType.`);
  if (!INTERVALS.includes(interval)) throw invalidParameter('Invalid Flow Log Max Aggregation Interval');
  checkDestination(type, request);
  return {
    trafficType: traffic,
    destinationType: type,
    destination: request.LogDestination,
    logGroupName: request.LogGroupName,
    permissionArn: request.DeliverLogsPermissionArn,
    format: request.LogFormat ?? DEFAULT_FORMAT,
    intervalSeconds: interval,
  };
}

function checkDestination(type: LogDestinationType, request: CreateFlowLogsRequest): void {
  const { LogDestination: destination, LogGroupName: name, DeliverLogsPermissionArn: role } = request;
  if (type !== 'cloud-watch-logs') {
    if (destination === undefined) throw missingParameter('LogDestination');
    if (name !== undefined) throw invalidParameter(`LogGroupName is not applicable for ${type} delivery`);
    if (role !== undefined) throw invalidParameter(`DeliverLogsPermissionArn is not applicable for ${type} delivery`);
    return;
  }
  if ((destination === undefined) === (name === undefined)) {
    throw invalidParameter('Please provide exactly one of LogGroupName and LogDestination.');
  }
  if (role === undefined) {
    throw invalidParameter("DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.");
  }
}

/** The resources, all of the type that the request names, and all there. */
export function flowLogResources(scope: Scope, { ResourceIds = [], ResourceType }: CreateFlowLogsRequest): string[] {
  if (ResourceIds.length > MAX_RESOURCES) {
    throw invalidParameter(`The maximum number of resources is ${String(MAX_RESOURCES)}.`);
  }
  for (const id of ResourceIds) requireOf(scope, ResourceType, id);
  return [...new Set(ResourceIds)];
}

function requireOf(scope: Scope, type: FlowLogsResourceType | undefined, id: string): void {
  switch (type) {
    case 'VPC':
      requireVpc(scope, id);
      return;
    case 'Subnet':
      requireSubnet(scope, id);
      return;
    case 'NetworkInterface':
      checkId(NETWORK_INTERFACE, id);
      requireNetworkInterface(scope, id);
      return;
    default:
      throw new ApiError('NotImplemented', `Flow logs of ${String(type)} are not simulated by the local account.`, 501);
  }
}

function invalidParameter(message: string): ApiError {
  return new ApiError('InvalidParameter', message);
}
