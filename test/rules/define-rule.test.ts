import { expect, it } from '@jest/globals';
import { minimumAgent } from '../../lib/facts/minimum-agent';
import { instanceAgentTooOld } from '../../lib/rules/instance-agent-too-old';
import { aContainerInstance } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';

it('goes by what AWS states where nobody says otherwise', () => {
  const host = aContainerInstance({ agentVersion: '1.50.0' });
  const snapshot = aSnapshot({ containerInstances: [host] });
  const found = instanceAgentTooOld.run({ key: host.arn, snapshot, options: {}, posture: 'ipv6-only' });
  expect(found).toMatchObject([{ desired: { minimumAgentVersion: minimumAgent.value } }]);
});
