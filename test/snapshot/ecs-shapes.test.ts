import { describe, expect, it } from '@jest/globals';
import { toContainerInstance, toService, toTask } from '../../lib/snapshot/ecs-shapes';

const taskArn = 'arn:aws:ecs:eu-west-2:111122223333:task/prod/0a1b';
const face = (more: object) => ({ containers: [{ networkInterfaces: [more] }] });
const attached = (type: string, details: Record<string, string>) => ({
  attachments: [
    { type: 'elb', details: [] },
    { type, details: Object.entries(details).map(([name, value]) => ({ name, value })) },
  ],
});

describe('toTask', () => {
  it('says what little an empty answer says', () => {
    expect(toTask({ taskArn })).toEqual({
      ...{ arn: taskArn, id: '0a1b', clusterArn: '', taskDefinitionArn: '', lastStatus: '', desiredStatus: '' },
      ...{ ipv4Addresses: [], ipv6Addresses: [], bindings: [], execEnabled: false, tags: {} },
    });
  });

  it.each([
    ['service:api', 'api'],
    ['service:with:colon', 'with:colon'],
    ['family:api', undefined],
    ['my-batch', undefined],
    [undefined, undefined],
  ])('group %s: service %s', (group, serviceName) => expect(toTask({ taskArn, group }).serviceName).toBe(serviceName));

  it.each(['ElasticNetworkInterface', 'eni'])('finds the interface among attachments as %s', (type) => {
    const details = { subnetId: 'subnet-1', networkInterfaceId: 'eni-1', privateIPv4Address: '10.0.0.1' };
    expect(toTask({ taskArn, ...attached(type, details) })).toMatchObject({
      subnetId: 'subnet-1',
      networkInterfaceId: 'eni-1',
      ipv4Addresses: ['10.0.0.1'],
    });
  });

  it('takes each address once, however many containers share the interface', () => {
    const one = { privateIpv4Address: '10.0.0.1', ipv6Address: '2001:db8::1' };
    const containers = [{ networkInterfaces: [one] }, { networkInterfaces: [one] }, {}];
    const details = { networkInterfaceId: 'eni-1', privateIPv4Address: '10.0.0.1' };
    expect(toTask({ taskArn, containers, ...attached('eni', details) })).toMatchObject({
      ipv4Addresses: ['10.0.0.1'],
      ipv6Addresses: ['2001:db8::1'],
    });
    expect(toTask({ taskArn, ...face({ privateIpv4Address: '', ipv6Address: '' }) })).toMatchObject({
      ipv4Addresses: [],
      ipv6Addresses: [],
    });
  });

  const binding = { containerName: 'app', bindIp: '::', containerPort: 80, hostPort: 32768, protocol: 'tcp' };

  it.each([
    ['PROVISIONING', undefined],
    ['PENDING', undefined],
    ['ACTIVATING', undefined],
    ['RUNNING', [binding]],
    ['STOPPING', [binding]],
  ])('knows host ports from RUNNING on: %s', (lastStatus, bindings) => {
    const networkBindings = [{ bindIP: '::', containerPort: 80, hostPort: 32768, protocol: 'tcp' as const }];
    expect(toTask({ taskArn, lastStatus, containers: [{ name: 'app', networkBindings }] }).bindings).toEqual(bindings);
  });

  it('has no host ports with an interface of its own', () => {
    const task = toTask({ taskArn, lastStatus: 'RUNNING', ...attached('eni', { networkInterfaceId: 'eni-1' }) });
    expect(task.bindings).toBeUndefined();
  });

  it('has no launch type that is not known', () => {
    expect(toTask({ taskArn, launchType: 'MANAGED_INSTANCES' }).launchType).toBe('MANAGED_INSTANCES');
    // @ts-expect-error -- AWS adds values before the SDK knows them
    expect(toTask({ taskArn, launchType: 'MOON' }).launchType).toBeUndefined();
  });
});

describe('toTask on Fargate', () => {
  it.each([
    ['Linux', 'linux'],
    ['WINDOWS_SERVER_2022_CORE', 'windows'],
    ['Windows', 'windows'],
    [undefined, undefined],
  ])('platform family %s: %s', (platformFamily, system) =>
    expect(toTask({ taskArn, platformFamily }).operatingSystem).toBe(system),
  );

  it('knows since when its images are there', () => {
    const pullStoppedAt = new Date('2026-11-22T10:00:00Z');
    expect(toTask({ taskArn, pullStoppedAt, platformVersion: '1.4.0' })).toMatchObject({
      pullStoppedAt,
      platformVersion: '1.4.0',
    });
  });
});

describe('toService', () => {
  it('keeps the last of its messages about tasks that could not be registered', () => {
    const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 22, 10, minute));
    const refused = '(service api) failed to register targets in (target-group tg) with (error not valid)';
    const events = [
      { createdAt: at(3), message: '(service api) has reached a steady state.' },
      { createdAt: at(1), message: refused.replace('not valid', 'older') },
      { createdAt: at(2), message: refused },
      { message: refused },
      {},
    ];
    expect(toService({ events }).registrationFailure).toEqual({ at: at(2), message: refused });
    expect(toService({}).registrationFailure).toBeUndefined();
  });

  it('reads load balancers, registries and the network', () => {
    const service = toService({
      serviceArn: 'arn:aws:ecs:eu-west-2:111122223333:service/prod/api',
      loadBalancers: [
        {
          targetGroupArn: 'blue',
          containerName: 'app',
          containerPort: 80,
          advancedConfiguration: { alternateTargetGroupArn: 'green' },
        },
        { loadBalancerName: 'classic' },
      ],
      serviceRegistries: [{ registryArn: 'srv', port: 80 }, { containerName: 'no arn' }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['a', 'b', 'a'], securityGroups: ['sg'] } },
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }],
      propagateTags: 'SERVICE',
      enableExecuteCommand: true,
    });
    expect(service).toMatchObject({
      loadBalancers: [{ targetGroupArn: 'blue', alternateTargetGroupArn: 'green' }, { loadBalancerName: 'classic' }],
      registries: [{ registryArn: 'srv', port: 80 }],
      ...{ subnetIds: ['a', 'b'], securityGroupIds: ['sg'], capacityProviders: ['FARGATE'] },
      ...{ propagateTags: 'SERVICE', execEnabled: true, deploymentController: 'ECS', launchType: undefined },
    });
  });

  it('finds in task sets what services deployed by others keep there', () => {
    const createdAt = new Date('2026-11-22T10:00:00Z');
    const service = toService({
      deploymentController: { type: 'CODE_DEPLOY' },
      taskSets: [
        {
          ...{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: 'api:1', createdAt },
          loadBalancers: [{ targetGroupArn: 'blue' }],
          networkConfiguration: { awsvpcConfiguration: { subnets: ['a'] } },
        },
        { id: 'ecs-svc/2', status: 'ACTIVE', taskDefinition: 'api:2', createdAt },
      ],
    });
    expect(service).toMatchObject({
      deploymentController: 'CODE_DEPLOY',
      deployments: [
        { id: 'ecs-svc/1', status: 'PRIMARY', taskDefinitionArn: 'api:1', createdAt, targetGroupArns: ['blue'] },
        { id: 'ecs-svc/2', status: 'ACTIVE', taskDefinitionArn: 'api:2', createdAt, targetGroupArns: [] },
      ],
      subnetIds: ['a'],
    });
  });
});

describe('Service Connect and VPC Lattice', () => {
  const lattice = (...arns: readonly string[]) =>
    arns.map((targetGroupArn) => ({ targetGroupArn, roleArn: 'role', portName: 'web' }));

  it('are what the current deployment says', () => {
    const deployments = [
      { status: 'ACTIVE', vpcLatticeConfigurations: lattice('old'), serviceConnectConfiguration: { enabled: true } },
      { status: 'PRIMARY', vpcLatticeConfigurations: lattice('one', 'two', 'one') },
    ];
    expect(toService({ deployments })).toMatchObject({ latticeTargetGroupArns: ['one', 'two'], serviceConnect: false });
    const connected = { status: 'PRIMARY', serviceConnectConfiguration: { enabled: true } };
    expect(toService({ deployments: [connected] })).toMatchObject({ latticeTargetGroupArns: [], serviceConnect: true });
    expect(toService({})).toMatchObject({ latticeTargetGroupArns: [], serviceConnect: false });
  });
});

describe('toContainerInstance', () => {
  it('reads attributes, with and without a value', () => {
    const attributes = [{ name: 'ecs.os-type', value: 'windows' }, { name: 'ecs.capability.ipv6-only' }];
    expect(toContainerInstance({ attributes, versionInfo: {} }, 'cluster')).toMatchObject({
      ...{ clusterArn: 'cluster', operatingSystem: 'windows', agentConnected: false },
      attributes: { 'ecs.os-type': 'windows', 'ecs.capability.ipv6-only': '' },
    });
    expect(toContainerInstance({ versionInfo: {} }, 'cluster').agentVersion).toBeUndefined();
  });
});
