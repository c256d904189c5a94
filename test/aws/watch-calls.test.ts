import { describe, expect, it } from '@jest/globals';
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetNamespaceCommand, ListServicesCommand } from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../infra/local/kernel/api-error';
import { elbv2 } from '../../infra/local/services/elbv2/elbv2';
import { servicediscovery } from '../../infra/local/services/servicediscovery/servicediscovery';
import { withLocalAccount } from '../support/local-account';
import { workloadClients } from '../support/workload-clients';

const services = [elbv2, servicediscovery];

describe('calls over the wire', () => {
  it('are counted by IAM action, until taken', async () => {
    const clients = workloadClients(await withLocalAccount({ services }));
    await clients.elbv2.send(new DescribeTargetGroupsCommand({}));
    await clients.serviceDiscovery.send(new ListServicesCommand({}));
    await clients.serviceDiscovery.send(new ListServicesCommand({}));
    expect(clients.meter.take()).toEqual({
      apiCalls: { 'elasticloadbalancing:DescribeTargetGroups': 1, 'servicediscovery:ListServices': 2 },
      throttled: 0,
    });
    expect(clients.meter.take()).toEqual({ apiCalls: {}, throttled: 0 });
  });

  it('are counted for each attempt, and those refused for their rate apart', async () => {
    const account = await withLocalAccount({ services });
    let refusals = 2;
    account.interceptors.push(() => {
      refusals -= 1;
      if (refusals >= 0) throw new ApiError('RequestLimitExceeded', 'Rate exceeded');
    });
    const clients = workloadClients(account, { maxAttempts: 3 });
    await clients.serviceDiscovery.send(new ListServicesCommand({}));
    expect(clients.meter.take()).toEqual({ apiCalls: { 'servicediscovery:ListServices': 3 }, throttled: 2 });
    expect(account.calls.list()).toHaveLength(3);
  });

  it('are counted when they fail', async () => {
    const clients = workloadClients(await withLocalAccount({ services }));
    await expect(clients.serviceDiscovery.send(new GetNamespaceCommand({ Id: 'ns-nothere' }))).rejects.toThrow();
    expect(clients.meter.take()).toEqual({ apiCalls: { 'servicediscovery:GetNamespace': 1 }, throttled: 0 });
  });

  it('keep to a share of the rates', async () => {
    const clients = workloadClients(await withLocalAccount({ services }), { share: 1 });
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 43 }, () => clients.elbv2.send(new DescribeTargetGroupsCommand({}))));
    // 40 at once, and three more at ten a second
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
  });
});
