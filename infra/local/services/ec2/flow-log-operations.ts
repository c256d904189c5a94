import type {
  CreateFlowLogsRequest,
  CreateFlowLogsResult,
  DeleteFlowLogsRequest,
  DeleteFlowLogsResult,
  DescribeFlowLogsRequest,
  DescribeFlowLogsResult,
  FlowLog as FlowLogShape,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { notFound } from './ec2-error';
import type { FlowLog } from './flow-log';
import { allFlowLogs, dropFlowLog, findFlowLog, FLOW_LOG, keepFlowLog } from './flow-log';
import type { FlowLogSettings } from './flow-log-request';
import { flowLogResources, flowLogSettings } from './flow-log-request';
import { once } from './idempotency';
import type { Listing } from './listing';
import { list } from './listing';
import { resourceId } from './resource-id';
import { dropTags, writeTags } from './tag';
import { tagList, tagsFor } from './tag-shape';

/** Nothing is delivered anywhere, so nothing can fail. */
const DELIVERED = 'SUCCESS';
const ACTIVE = 'ACTIVE';

const FLOW_LOGS: Listing<FlowLog> = {
  all: allFlowLogs,
  id: ({ id }) => id,
  kind: FLOW_LOG,
  taggable: true,
  pageSize: { min: 1, max: 1_000 },
  filters: {
    'flow-log-id': ({ id }) => id,
    'resource-id': ({ resourceId: id }) => id,
    'traffic-type': ({ trafficType }) => trafficType,
    'log-destination-type': ({ destinationType }) => destinationType,
    'log-group-name': ({ logGroupName }) => logGroupName,
    'deliver-log-status': () => DELIVERED,
  },
};

const createOnce = once<CreateFlowLogsResult>();

const createFlowLogs = operation<CreateFlowLogsRequest, CreateFlowLogsResult>({
  accepts: [
    ...['ResourceIds', 'ResourceType', 'TrafficType', 'LogDestinationType', 'LogDestination', 'LogGroupName'],
    ...['DeliverLogsPermissionArn', 'LogFormat', 'MaxAggregationInterval', 'TagSpecifications', 'ClientToken'],
  ],
  run(input, { scope }) {
    const tags = tagsFor('vpc-flow-log', input.TagSpecifications);
    const settings = flowLogSettings(input);
    const resources = flowLogResources(scope, input);
    return createOnce(scope, input, () => {
      const outcomes = resources.map((id) => create(scope, id, settings));
      const made = outcomes.filter((outcome) => 'id' in outcome);
      for (const { id } of made) writeTags(scope, id, tags);
      return {
        FlowLogIds: made.map(({ id }) => id),
        Unsuccessful: outcomes.filter((outcome) => 'Error' in outcome),
        ClientToken: input.ClientToken,
      };
    });
  },
});

function create(scope: Scope, id: string, settings: FlowLogSettings): FlowLog | Required<UnsuccessfulItem> {
  const sameTarget = (each: FlowLog): boolean =>
    each.destination === settings.destination && each.logGroupName === settings.logGroupName;
  if (allFlowLogs(scope).some((each) => each.resourceId === id && sameTarget(each))) {
    const message = 'Error. There is an existing Flow Log with the same configuration and log destination.';
    return unsuccessful(id, new ApiError('FlowLogAlreadyExists', message));
  }
  const flowLog = {
    ...{ id: resourceId(scope, 'fl'), resourceId: id, createdAt: scope.clock.now() },
    ...settings,
  };
  keepFlowLog(scope, flowLog);
  return flowLog;
}

function unsuccessful(ResourceId: string, { code, message }: ApiError): Required<UnsuccessfulItem> {
  return { ResourceId, Error: { Code: code, Message: message } };
}

const describeFlowLogs = operation<DescribeFlowLogsRequest, DescribeFlowLogsResult>({
  accepts: ['FlowLogIds', 'Filter', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, FLOW_LOGS, {
      ids: input.FlowLogIds,
      filters: input.Filter,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { FlowLogs: items.map((flowLog) => flowLogShape(scope, flowLog)), NextToken: token };
  },
});

function flowLogShape(scope: Scope, flowLog: FlowLog): FlowLogShape {
  return {
    FlowLogId: flowLog.id,
    FlowLogStatus: ACTIVE,
    ResourceId: flowLog.resourceId,
    TrafficType: flowLog.trafficType,
    CreationTime: flowLog.createdAt,
    DeliverLogsStatus: DELIVERED,
    DeliverLogsPermissionArn: flowLog.permissionArn,
    LogDestinationType: flowLog.destinationType,
    LogDestination: flowLog.destination,
    LogGroupName: flowLog.logGroupName,
    LogFormat: flowLog.format,
    MaxAggregationInterval: flowLog.intervalSeconds,
    Tags: tagList(scope, flowLog.id),
  };
}

const deleteFlowLogs = operation<DeleteFlowLogsRequest, DeleteFlowLogsResult>({
  accepts: ['FlowLogIds'],
  run({ FlowLogIds = [] }, { scope }) {
    const unknown = FlowLogIds.filter((id) => !findFlowLog(scope, id));
    for (const id of FlowLogIds) {
      dropFlowLog(scope, id);
      dropTags(scope, id);
    }
    return { Unsuccessful: unknown.map((id) => unsuccessful(id, notFound(FLOW_LOG, [id]))) };
  },
});

export const flowLogOperations: Operations = {
  CreateFlowLogs: createFlowLogs,
  DeleteFlowLogs: deleteFlowLogs,
  DescribeFlowLogs: describeFlowLogs,
};
