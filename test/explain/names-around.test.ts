import { expect, it } from '@jest/globals';
import { namedThings, withNames } from '../../lib/explain/named-things';
import { namesAroundService, namesAroundTask } from '../../lib/explain/names-around';
import { aBridgeTask, anInstance, aService, aTargetGroup, aTask, CONTAINER_INSTANCE_ARN } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';
import { bridge, healthy } from './a-checklist';

it('names what a service stands on', () => {
  const snapshot = aSnapshot({ ...healthy, targetGroups: [aTargetGroup({ loadBalancerArns: ['arn:lb'] })] });
  expect(namesAroundService(snapshot, aService())).toEqual({
    region: 'eu-west-2',
    cluster: ['prod'],
    service: ['api'],
    taskDefinition: ['arn:aws:ecs:eu-west-2:111122223333:task-definition/api:3'],
    targetGroup: [aTargetGroup().arn],
    loadBalancer: ['arn:lb'],
    securityGroup: ['sg-1'],
    subnet: ['subnet-1'],
    vpc: ['vpc-1'],
  });
});

it('names no more than there is', () => {
  const bare = aService({ subnetIds: [], securityGroupIds: [], taskDefinitionArn: undefined });
  expect(namesAroundService(aSnapshot({}), bare)).toEqual({
    region: 'eu-west-2',
    cluster: ['prod'],
    service: ['api'],
    targetGroup: [aTargetGroup().arn],
  });
  expect(namesAroundService(aSnapshot({}), undefined)).toEqual({ region: 'eu-west-2' });
});

it('names the host of a task, and of a task with an interface of its own, its subnet', () => {
  const { id, vpcId = '', subnetId = '' } = anInstance();
  const onHost = aBridgeTask({ serviceName: 'api' });
  expect(namesAroundTask(aSnapshot(bridge), onHost)).toMatchObject({
    instance: [id],
    containerInstance: [CONTAINER_INSTANCE_ARN.split('/').at(-1)],
    networkInterface: [anInstance().interfaces[0]?.id],
    subnet: [subnetId],
    vpc: [vpcId],
    task: [onHost.id],
  });
  const own = aTask({ serviceName: undefined, subnetId: 'subnet-9' });
  expect(namesAroundTask(aSnapshot(healthy), own)).toMatchObject({ subnet: ['subnet-9'], cluster: ['prod'] });
  expect(namesAroundTask(aSnapshot(healthy), aTask({ subnetId: undefined }))).not.toHaveProperty('instance');
});

it('gives way to what a text names', () => {
  const around = { region: 'eu-west-2', instance: ['i-0aaaaaaaaaaaaaaa0'], vpc: ['vpc-1'] };
  const named = withNames(namedThings('i-0123456789abcdef0 in us-east-1'), around);
  expect(named).toMatchObject({ region: 'us-east-1', instance: ['i-0123456789abcdef0'], vpc: ['vpc-1'], subnet: [] });
});
