import { describe, expect, it } from '@jest/globals';
import { InvalidRequestError, toWanted } from '../../lib/snapshot/wanted';
import type { Request } from '../../lib/trigger/request';

const place = { account: '111122223333', region: 'eu-west-2', partition: 'aws' };
const ecs = (resource: string): string => `arn:aws:ecs:eu-west-2:111122223333:${resource}`;

const request = (kind: Request['kind'], id: string, more: Partial<Request> = {}): Request => ({
  kind,
  account: place.account,
  region: place.region,
  id,
  ...more,
});

describe('toWanted', () => {
  it.each([
    [request('task', ecs('task/prod/1')), 'tasks'],
    [request('task', ecs('task/1'), { cluster: 'prod' }), 'tasks'],
    [request('task', ecs('task/1'), { cluster: ecs('cluster/prod') }), 'tasks'],
    [request('task', '1', { cluster: 'prod' }), 'tasks'],
    [request('service', ecs('service/prod/web')), 'services'],
    [request('service', 'web', { cluster: ecs('cluster/prod') }), 'services'],
    [request('container-instance', ecs('container-instance/prod/1')), 'containerInstances'],
  ] as const)('%j belongs to the cluster prod', (asked, collection) => {
    const wanted = toWanted([asked], place)[collection];
    expect([...wanted.values()]).toEqual([ecs('cluster/prod')]);
    for (const arn of wanted.keys()) expect(arn.startsWith('arn:')).toBe(true);
  });

  it('takes a bare name for the resource of that name', () => {
    expect([...toWanted([request('service', 'web', { cluster: 'prod' })], place).services.keys()]).toEqual([
      ecs('service/prod/web'),
    ]);
    expect([...toWanted([request('cluster', 'prod')], place).clusters]).toEqual([ecs('cluster/prod')]);
  });

  it('finds the group of a target and the service of a Cloud Map instance', () => {
    const group = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/1';
    const registry = 'arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-1';
    const asked = [request('target', `${group}#10.0.0.1:80`), request('cloudmap-instance', `${registry}#1`)];
    const { targetGroups, cloudMapServices } = toWanted(asked, place);
    expect([[...targetGroups], [...cloudMapServices]]).toEqual([[group], [registry]]);
  });

  it.each([
    [request('task', 'arn:aws:ecs'), 'no ARN of ecs'],
    [request('task', ecs('service/prod/web')), 'no ARN of a task'],
    [request('task', 'arn:aws:ec2:eu-west-2:111122223333:task/prod/1'), 'no ARN of ecs'],
    [request('task', ecs('task/1')), 'name its cluster'],
    [request('task', '1'), 'its cluster beside its name'],
    [request('task', ecs('task/prod/1').replace('eu-west-2', 'eu-west-3')), 'its ARN names 111122223333 eu-west-3'],
    [request('task', '1', { cluster: ecs('service/prod/web') }), 'is no cluster'],
    [request('cluster', ecs('task/prod/1')), 'is no cluster'],
    [request('target-group', 'web'), 'no ARN of elasticloadbalancing'],
    [request('cloudmap-service', 'srv-1'), 'no ARN of servicediscovery'],
    [request('account', '111122223333', { region: 'eu-west-3' }), 'lies in 111122223333 eu-west-3'],
    [request('account', '444455556666', { account: '444455556666' }), 'lies in 444455556666 eu-west-2'],
    [request('subnet', 'subnet-1'), 'as part of its cluster, service or account'],
  ])('refuses %j', (asked, why) => {
    expect(() => toWanted([request('account', place.account), asked], place)).toThrow(InvalidRequestError);
    expect(() => toWanted([asked], place)).toThrow(why);
  });
});
