import { describe, expect, it, test } from '@jest/globals';
import type { CreateFlowLogsCommandInput } from '@aws-sdk/client-ec2';
import { anEc2Network, codeOf } from './an-ec2-account';

const ROLE = 'arn:aws:iam::111122223333:role/flow-logs';
const BUCKET = 'arn:aws:s3:::flow-logs';

/** All traffic into a log group, unless told otherwise. */
function toLogGroup(ResourceIds: string[]): CreateFlowLogsCommandInput {
  return {
    ...{ ResourceIds, ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: 'flows', DeliverLogsPermissionArn: ROLE },
  };
}

describe('flow logs', () => {
  it('are on for a VPC, found by its id, until they are deleted', async () => {
    const { ec2, vpcId } = await anEc2Network();
    const { FlowLogIds = [], Unsuccessful } = await ec2.createFlowLogs(toLogGroup([vpcId]));
    expect(Unsuccessful).toEqual([]);
    const Filter = [{ Name: 'resource-id', Values: [vpcId] }];
    expect((await ec2.describeFlowLogs({ Filter })).FlowLogs).toMatchObject([
      {
        ...{ FlowLogId: FlowLogIds[0], ResourceId: vpcId, FlowLogStatus: 'ACTIVE', DeliverLogsStatus: 'SUCCESS' },
        ...{ TrafficType: 'ALL', LogGroupName: 'flows', LogDestinationType: 'cloud-watch-logs' },
        MaxAggregationInterval: 600,
      },
    ]);
    const deleted = await ec2.deleteFlowLogs({ FlowLogIds: [...FlowLogIds, 'fl-0'] });
    expect(deleted.Unsuccessful).toMatchObject([{ ResourceId: 'fl-0' }]);
    expect((await ec2.describeFlowLogs({ Filter })).FlowLogs).toEqual([]);
  });

  it('of two subnets are two, and each is made once', async () => {
    const { ec2, dual, native } = await anEc2Network();
    const subnets = { ...toLogGroup([dual]), ResourceType: 'Subnet' as const };
    await ec2.createFlowLogs(subnets);
    const again = await ec2.createFlowLogs({ ...subnets, ResourceIds: [dual, native] });
    expect(again.FlowLogIds).toHaveLength(1);
    expect(again.Unsuccessful).toMatchObject([{ ResourceId: dual, Error: { Code: 'FlowLogAlreadyExists' } }]);
    const toBucket = { LogGroupName: undefined, DeliverLogsPermissionArn: undefined, LogDestination: BUCKET };
    await ec2.createFlowLogs({ ...subnets, ...toBucket, LogDestinationType: 's3' });
    const Filter = [{ Name: 'log-destination-type', Values: ['s3'] }];
    expect((await ec2.describeFlowLogs({ Filter })).FlowLogs).toMatchObject([
      { ResourceId: dual, LogDestination: BUCKET },
    ]);
    expect((await ec2.describeFlowLogs({})).FlowLogs).toHaveLength(3);
  });

  test.each<[Partial<CreateFlowLogsCommandInput>, string]>([
    [{ TrafficType: undefined }, 'MissingParameter'],
    [{ LogGroupName: undefined }, 'InvalidParameter'],
    [{ DeliverLogsPermissionArn: undefined }, 'InvalidParameter'],
    [{ LogDestinationType: 's3', LogDestination: BUCKET }, 'InvalidParameter'],
    [{ LogDestinationType: 's3' }, 'MissingParameter'],
    [{ MaxAggregationInterval: 90 }, 'InvalidParameter'],
    [{ ResourceIds: ['vpc-0'] }, 'InvalidVpcID.NotFound'],
    [{ ResourceIds: ['subnet-0'], ResourceType: 'Subnet' }, 'InvalidSubnetID.NotFound'],
    [{ ResourceType: 'TransitGateway' }, 'NotImplemented'],
  ])('with %j are refused', async (overrides, code) => {
    const { ec2, vpcId } = await anEc2Network();
    expect(await codeOf(ec2.createFlowLogs({ ...toLogGroup([vpcId]), ...overrides }))).toBe(code);
    expect((await ec2.describeFlowLogs({})).FlowLogs).toEqual([]);
  });

  it('carry tags, and come in pages', async () => {
    const { ec2, dual, native } = await anEc2Network();
    const TagSpecifications = [{ ResourceType: 'vpc-flow-log' as const, Tags: [{ Key: 'team', Value: 'x' }] }];
    const request = { ...toLogGroup([dual, native]), ResourceType: 'Subnet' as const, TagSpecifications };
    const { FlowLogIds } = await ec2.createFlowLogs(request);
    expect(FlowLogIds).toHaveLength(2);
    const first = await ec2.describeFlowLogs({ MaxResults: 1, Filter: [{ Name: 'tag:team', Values: ['x'] }] });
    const second = await ec2.describeFlowLogs({
      ...{ MaxResults: 1, Filter: [{ Name: 'tag:team', Values: ['x'] }] },
      NextToken: first.NextToken,
    });
    const shown = [...(first.FlowLogs ?? []), ...(second.FlowLogs ?? [])].map(({ FlowLogId }) => FlowLogId);
    expect([shown, second.NextToken]).toEqual([FlowLogIds, undefined]);
  });
});
