import { describe, expect, it } from '@jest/globals';
import { aSite } from '../infra/local/services/ecs/a-site';
import { aCollector, aRequest, last } from './a-collector';
import { aRegisteredService } from './a-workload';

describe('a target group or Cloud Map service by itself', () => {
  it('comes with the services that use it and their tasks as context', async () => {
    const site = await aSite();
    const { targetGroupArn, registryArn } = await aRegisteredService(site, 1);
    const requests = [aRequest('target', `${targetGroupArn}#x:80`), aRequest('cloudmap-service', registryArn)];
    const snapshot = await aCollector(site).collect(requests);
    expect([...snapshot.judged.keys()].sort()).toEqual([
      'cloudmap-instance',
      'cloudmap-service',
      'target',
      'target-group',
    ]);
    expect(last(snapshot.services.keys())).toEqual(['web']);
    expect(snapshot.tasks.size).toBe(1);
  });

  it('is gone when it does not exist', async () => {
    const site = await aSite();
    const group = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/gone/0123456789abcdef';
    const registry = 'arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-aaaaaaaaaaaaaaaa';
    const requests = [aRequest('target-group', group), aRequest('cloudmap-service', registry)];
    const snapshot = await aCollector(site).collect(requests);
    expect([...snapshot.gone].sort()).toEqual([group, registry].sort());
    expect(snapshot.covered.size).toBe(0);
  });
});
