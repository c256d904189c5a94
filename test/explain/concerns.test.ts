import { expect, it } from '@jest/globals';
import { concernsOf } from '../../lib/explain/concerns';
import { aCluster, aLaunchTemplate, anAutoScalingGroup, aService } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';
import { ofService } from './a-checklist';

it.each([
  ['the launch template of hosts that it waits for', ['p'], ['lt-1']],
  ['no launch template of another provider', ['other'], []],
])('a service has %s on its way', (_, capacityProviders, templates) => {
  const snapshot = aSnapshot({
    clusters: [aCluster({ capacityProviders: ['p'] })],
    capacityProviders: [{ name: 'p', autoScalingGroup: 'hosts' }],
    autoScalingGroups: [anAutoScalingGroup()],
    launchTemplates: [aLaunchTemplate()],
    services: [aService({ subnetIds: [], launchType: undefined, capacityProviders })],
  });
  expect([...(concernsOf(snapshot, ofService).get('launch-template') ?? [])]).toEqual(templates);
});
