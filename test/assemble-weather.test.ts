/** The assembled controller when Parameter Store or the state table fails in the middle of things. */
import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { assembleController } from '../lib/assemble';
import { parameterPort } from '../lib/aws/parameters';
import { createReads } from '../lib/aws/reads';
import { writePorts } from '../lib/aws/write-ports';
import { createPolicyLoader } from '../lib/policy/load-policy';
import { parameterSource } from '../lib/policy/policy-source';
import { rules } from '../lib/rules/registry';
import { createCollect } from '../lib/snapshot/collect';
import { createMemoryStore } from '../lib/state/memory-store';
import { findingPartition, toRecord } from '../lib/state/records';
import { aDefinition, aSite, describeTasks } from './infra/local/services/ecs/a-site';
import { aRequest, clusterArn } from './snapshot/a-collector';
import { place } from './support/action-builders';
import { MINUTE } from './support/adjustable-clock';
import { clientSettings } from './support/local-account';
import { workloadClients } from './support/workload-clients';

const POLICY = 'version: 1\nmode: observe\nscopes: [{ name: all, posture: ipv6-only }]\n';

/** A task without IPv6, which is a violation only because the policy says so. */
async function aControlledSite() {
  const site = await aSite();
  await aDefinition(site);
  const awsvpcConfiguration = { subnets: [site.ipv4A.id] };
  await site.ecs.send(
    new RunTaskCommand({
      ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration },
    }),
  );
  await site.clock.advance(MINUTE);
  const now = () => site.clock.now();
  const ssm = new SSMClient(clientSettings(site.account));
  await ssm.send(new PutParameterCommand({ Name: '/ecs-ipv6/policy', Value: POLICY, Type: 'String' }));
  const clients = workloadClients(site.account);
  const store = createMemoryStore({ now });
  const source = parameterSource(parameterPort(ssm), '/ecs-ipv6');
  const controller = assembleController({
    ...{ now, store, meter: clients.meter, writes: writePorts(clients) },
    collect: createCollect({ reads: createReads(clients), place: { ...place, partition: 'aws' }, now }),
    policy: createPolicyLoader({ source, store, rules }),
    sleep: (milliseconds) => site.clock.advance(milliseconds),
  });
  const [{ taskArn = '' } = {}] = await describeTasks(site);
  return {
    ...site,
    lookAtTask: () => controller.reconcile([aRequest('task', taskArn, { cluster: clusterArn })], { dryRun: false }),
    remembered: async () =>
      (await store.list(findingPartition(place)))
        .map(toRecord)
        .map(({ value }) => [value.finding.rule, value.transition.state]),
  };
}

describe('a policy that is throttled', () => {
  it('ends nothing that was found by it', async () => {
    const { account, clock, lookAtTask, remembered } = await aControlledSite();
    await lookAtTask();
    expect(await remembered()).toEqual([['task-without-ipv6', 'new']]);
    await clock.advance(MINUTE);
    account.weather.calls({ match: 'ssm:*', fault: 'throttle' });
    const { report } = await lookAtTask();
    expect(report.gaps).toMatchObject([{ reason: 'Throttled' }]);
    expect(await remembered()).toEqual([['task-without-ipv6', 'new']]);
  });
});
