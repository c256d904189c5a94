import { expect, it } from '@jest/globals';
import { minimumAgent } from '../../lib/facts/minimum-agent';
import { cloudmapInstanceWithIpv4 } from '../../lib/rules/cloudmap-instance-with-ipv4';
import { instanceAgentTooOld } from '../../lib/rules/instance-agent-too-old';
import { aCloudMapInstance, aContainerInstance, aService, aTask, REGISTRY_ARN } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';

it('goes by what AWS states where nobody says otherwise', () => {
  const host = aContainerInstance({ agentVersion: '1.50.0' });
  const snapshot = aSnapshot({ containerInstances: [host] });
  const found = instanceAgentTooOld.under({ snapshot, options: {} }).check(host, 'ipv6-only');
  expect(found).toMatchObject([{ desired: { minimumAgentVersion: minimumAgent.value } }]);
});

it('leaves to ECS what ECS registers where nobody says otherwise', () => {
  const own = aCloudMapInstance({ ipv4: '10.0.0.1' });
  const services = [aService({ registries: [{ registryArn: REGISTRY_ARN }] })];
  const snapshot = aSnapshot({ services, tasks: [aTask()], cloudMapInstances: [own] });
  const found = cloudmapInstanceWithIpv4.under({ snapshot, options: {} }).check(own, 'ipv6-only');
  expect(found).toMatchObject([{ messageId: 'owned', remedy: 'suggest' }]);
});
