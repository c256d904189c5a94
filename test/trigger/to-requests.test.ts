import { describe, expect, it } from '@jest/globals';
import type { Request } from '../../lib/trigger/request';
import { toRequests } from '../../lib/trigger/to-requests';
import type { TriggerSettings } from '../../lib/trigger/trigger';
import { eventFixture, eventNames } from '../support/event-fixture';

const place = { account: '111122223333', region: 'eu-west-2' };
const ecs = (resource: string): string => `arn:aws:ecs:eu-west-2:111122223333:${resource}`;
const cluster = ecs('cluster/prod');
const task: Request = { kind: 'task', ...place, cluster, id: ecs('task/prod/3f9c1d2e4b5a46978899aabbccddeeff') };
const service: Request = { kind: 'service', ...place, cluster, id: ecs('service/prod/checkout') };
const host: Request = {
  kind: 'container-instance',
  ...place,
  cluster,
  id: ecs('container-instance/prod/9d8c7b6a5f4e4d3c2b1a0f9e8d7c6b5a'),
};
const instance: Request = { kind: 'instance', ...place, id: 'i-0aa11bb22cc33dd44' };
const targetGroup: Request = {
  kind: 'target-group',
  ...place,
  id: 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/checkout/0a1b2c3d4e5f6071',
};
const cloudMapService: Request = {
  kind: 'cloudmap-service',
  ...place,
  id: 'arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-abcdefgh12345678',
};
const everything: Request = { kind: 'account', ...place, id: '111122223333' };

const settings: TriggerSettings = { ownRoleArns: ['arn:aws:iam::111122223333:role/ecs-ipv6-reconcile'] };

/** Every fixture: what it asks to look at, or a word of the reason why nothing. */
const expected: Readonly<Record<string, readonly Request[] | string>> = {
  'ecs-task-running': [task],
  'ecs-task-stopped': [task, service],
  'ecs-task-standalone-stopped': [task],
  'ecs-task-short-arn-without-launch-type': [{ ...task, id: ecs('task/00c0ffee-1111-4222-8333-444455556666') }],
  'ecs-container-instance': [host, instance],
  'ecs-container-instance-anywhere': [host],
  'ecs-service-action': [service],
  'ecs-deployment-without-cluster': [service],
  'ecs-deployment-without-account': [service],
  'ec2-instance-running': [instance],
  'ec2-instance-terminated-odd-blank': [instance],
  'ec2-instance-odd-key': [instance],
  'autoscaling-launch-successful': [instance],
  'autoscaling-launch-successful-empty': 'detail.EC2InstanceId',
  'autoscaling-launch-unsuccessful': 'launch failed',
  'parameter-store-policy': [everything],
  'parameter-store-other': 'not below /ecs-ipv6/',
  'scheduled-without-account': [everything],
  'cloudtrail-register-targets': [targetGroup],
  'cloudtrail-deregister-targets-denied': 'failed (AccessDenied)',
  'cloudtrail-deregister-targets-own': "controller's own",
  'cloudtrail-register-targets-by-ecs': 'made by ECS',
  'cloudtrail-register-instance': [cloudMapService],
  'cloudtrail-update-service': [service],
  'cloudtrail-create-service': [service],
  'cloudtrail-primary-ipv6': [{ kind: 'network-interface', ...place, id: 'eni-0c0ffee0c0ffee002' }],
  'cloudtrail-run-instances': 'event of its own',
};

describe('toRequests', () => {
  it('has an expectation for each fixture', () => {
    expect(Object.keys(expected).sort()).toEqual([...eventNames].sort());
  });

  it.each(Object.entries(expected))('%s', (name, wanted) => {
    const trigger = toRequests(eventFixture(name), settings);
    if (typeof wanted === 'string') expect(trigger).toEqual({ reason: expect.stringContaining(wanted) });
    else expect(trigger).toEqual({ requests: wanted });
  });

  it('takes the calls of a role that is not its own', () => {
    expect(toRequests(eventFixture('cloudtrail-deregister-targets-own'))).toEqual({ requests: [targetGroup] });
  });

  it('knows its own role by the name of the session where the issuer is missing', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/ecs-ipv6-reconcile/session';
    const event = eventFixture('cloudtrail-deregister-targets-own') as { detail: { userIdentity: object } };
    event.detail.userIdentity = { type: 'AssumedRole', arn };
    expect(toRequests(event, settings)).toEqual({ reason: expect.stringContaining("controller's own") });
    event.detail.userIdentity = { type: 'AssumedRole', arn: arn.replace('111122223333', '444455556666') };
    expect(toRequests(event, settings)).toEqual({ requests: [targetGroup] });
  });

  it('follows a policy that lies elsewhere', () => {
    const event = eventFixture('parameter-store-policy');
    expect(toRequests(event, { parameterPath: '/other/' })).toEqual({ reason: expect.stringContaining('/other/') });
  });

  it('takes account and region from the settings where the event is silent', () => {
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
    expect(toRequests(event)).toEqual({ reason: expect.stringContaining('account and region') });
    expect(toRequests(event, place)).toEqual({ requests: [everything] });
  });

  it('takes the service of a registry in China from the right partition', () => {
    const event = eventFixture('cloudtrail-register-instance') as { region: string; detail: Record<string, unknown> };
    event.region = 'cn-north-1';
    const { requests } = toRequests(event) as { requests: Request[] };
    expect(requests[0]?.id).toBe('arn:aws-cn:servicediscovery:cn-north-1:111122223333:service/srv-abcdefgh12345678');
  });

  it.each([
    ['null', null, 'no JSON object'],
    ['a number', 17, 'no JSON object'],
    ['nothing', undefined, 'no JSON object'],
    ['an empty list', [], 'empty batch'],
    ['an empty object', {}, 'no source and detail-type'],
    [
      'another source',
      { source: 'aws.s3', 'detail-type': 'Object Created', detail: {} },
      'no use for "Object Created"',
    ],
    ['a known type of another source', { source: 'mine', 'detail-type': 'ECS Task State Change' }, 'no use for'],
    ['a task without detail', { source: 'aws.ecs', 'detail-type': 'ECS Task State Change' }, 'not as expected'],
    ['a task that is a service', taskNamed(ecs('service/prod/checkout')), 'not the ARN of a task'],
    ['a task of EC2', taskNamed('arn:aws:ec2:eu-west-2:111122223333:task/prod/1'), 'not the ARN of a task'],
    ['text that is no JSON', '{"a":', 'not JSON'],
    [
      'a host without a name',
      {
        source: 'aws.ecs',
        'detail-type': 'ECS Container Instance State Change',
        detail: { containerInstanceArn: 'x' },
      },
      'not the ARN of a container instance',
    ],
    [
      'a service action without resources',
      { source: 'aws.ecs', 'detail-type': 'ECS Service Action' },
      'names no service',
    ],
    [
      'an instance without an id',
      {
        source: 'aws.ec2',
        'detail-type': 'EC2 Instance State-change Notification',
        ...place,
        detail: { 'instance-id': 'web-1' },
      },
      'names no instance',
    ],
    [
      'a launch of something else',
      {
        source: 'aws.autoscaling',
        'detail-type': 'EC2 Instance Launch Successful',
        ...place,
        detail: { EC2InstanceId: 'web-1' },
      },
      'no instance id',
    ],
    [
      'a service action about something else',
      { source: 'aws.ecs', 'detail-type': 'ECS Service Action', resources: ['odd'] },
      'names no service',
    ],
    [
      'an instance that is named nowhere',
      { source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', ...place, detail: {} },
      'names no instance: ""',
    ],
    [
      'an instance of nobody knows where',
      { source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', detail: { 'instance-id': 'i-1' } },
      'which account and region',
    ],
    [
      'a launch of nobody knows where',
      { source: 'aws.autoscaling', 'detail-type': 'EC2 Instance Launch Successful', detail: { EC2InstanceId: 'i-1' } },
      'which account and region',
    ],
    [
      'a parameter of nobody knows where',
      { source: 'aws.ssm', 'detail-type': 'Parameter Store Change', detail: { name: '/ecs-ipv6/policy' } },
      'which account and region',
    ],
    ['one of two that is understood as little', [null, { source: 'x', 'detail-type': 'y' }], 'object; no use for "y"'],
  ])('%s leads to nothing, and says why', (_name, event, word) => {
    expect(toRequests(event)).toEqual({ reason: expect.stringContaining(word) });
  });

  it.each([
    ['elasticloadbalancing.amazonaws.com', 'RegisterTargets', { targetGroupArn: 'checkout' }],
    ['elasticloadbalancing.amazonaws.com', 'RegisterTargets', null],
    ['servicediscovery.amazonaws.com', 'RegisterInstance', { serviceId: 'checkout' }],
    ['servicediscovery.amazonaws.com', 'RegisterInstance', 'srv-1'],
    ['ec2.amazonaws.com', 'AssignIpv6Addresses', { networkInterfaceId: 'web' }],
    ['ec2.amazonaws.com', 'UnassignIpv6Addresses', {}],
    ['ecs.amazonaws.com', 'UpdateService', { cluster: 'prod' }],
    ['ecs.amazonaws.com', 'UpdateService', 'odd'],
    ['ecs.amazonaws.com', 'UpdateService', { cluster: ecs('task/prod/1'), service: 'checkout' }],
  ])('%s %s with odd parameters leads to nothing', (eventSource, eventName, requestParameters) => {
    const detail = { eventVersion: '1.10', eventSource, eventName, requestParameters, awsRegion: place.region };
    const event = { source: 'aws.x', 'detail-type': 'AWS API Call via CloudTrail', ...place, resources: [], detail };
    expect(toRequests(event)).toEqual({ reason: expect.stringContaining('does not name its resource') });
  });

  it.each([
    ['servicediscovery.amazonaws.com RegisterInstance', { serviceId: cloudMapService.id }, cloudMapService],
    ['ecs.amazonaws.com UpdateService', { service: service.id }, service],
    [
      'ecs.amazonaws.com CreateService',
      { serviceName: 'web' },
      { ...service, cluster: ecs('cluster/default'), id: ecs('service/default/web') },
    ],
  ])('a CloudTrail record outside EventBridge: %s %j', (call, requestParameters, request) => {
    const [eventSource, eventName] = call.split(' ');
    const origin = { eventVersion: '1.10', awsRegion: place.region, recipientAccountId: place.account };
    const record = { ...origin, eventSource, eventName, requestParameters };
    expect(toRequests({ Records: [record] })).toEqual({ requests: [request] });
  });

  it('takes account and region from the resources where the event is silent', () => {
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', resources: ['odd', ecs('cluster/prod')] };
    expect(toRequests(event)).toEqual({ requests: [{ kind: 'account', ...place, id: place.account }] });
  });

  it('goes on with what it understands of a batch', () => {
    const good = { source: 'aws.events', 'detail-type': 'Scheduled Event', ...place };
    expect(toRequests([null, good])).toEqual({ requests: [expect.objectContaining({ kind: 'account' })] });
  });

  it('says that an API call has no place before it guesses one', () => {
    const record = {
      eventVersion: '1.0',
      eventSource: 'ecs.amazonaws.com',
      eventName: 'CreateService',
      requestParameters: { serviceName: 'web' },
    };
    expect(toRequests(record)).toEqual({ reason: expect.stringContaining('account and region') });
  });
});

function taskNamed(taskArn: string): unknown {
  return { source: 'aws.ecs', 'detail-type': 'ECS Task State Change', detail: { taskArn } };
}

describe('requests as messages', () => {
  it('come back as they were sent, hops and all', () => {
    const request = { ...instance, hops: 3 };
    expect(toRequests(request)).toEqual({ requests: [request] });
    expect(toRequests(JSON.stringify(request))).toEqual({ requests: [request] });
  });

  it.each([
    ['kind', { ...instance, kind: 'bucket' }],
    ['hops', { ...instance, hops: 9 }],
    ['hops', { ...instance, hops: -1 }],
    ['account', { ...instance, account: '' }],
    ['colour', { ...instance, colour: 'red' }],
  ])('are refused with a wrong %s', (key, message) => {
    expect(toRequests(message)).toEqual({ reason: expect.stringContaining(key) });
  });
});
