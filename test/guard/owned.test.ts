/** What ECS registered for tasks that run, where the policy says `ecsManaged: allow`, and where it does not. */
import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import { aCloudMapRemoval, aTargetRemoval, ORPHAN_ADDRESS } from '../support/action-builders';
import { aService, aTask, REGISTRY_ARN } from '../support/builders';
import { input, registrars, rollout, type Case } from './guard-input';

const allow = { ecsManaged: 'allow' } as const;
/** Has the address of the target, and the name of the Cloud Map instance. */
const tasks = [aTask({ id: 'gone', ipv6Addresses: [ORPHAN_ADDRESS] })];
const owned: Case = { contents: { tasks }, target: { state: 'healthy' } };
const entry: Case = { ...owned, actions: [aCloudMapRemoval()] };
const services = [aService({ registries: [{ registryArn: REGISTRY_ARN }] })];

describe('what ECS registered for a task', () => {
  it.each<[string, Case]>([
    ['a healthy target, although healthy orphans are only reported', { ...owned, settings: allow }],
    ['a Cloud Map instance', { ...entry, settings: allow }],
  ])('may be removed if the policy lets it: %s', (_, one) => {
    expect(guard(input(one)).allowed).toHaveLength(1);
  });

  it.each<[string, Case, RegExp]>([
    ['the policy does not let it', owned, /task \S+ owns it/],
    ['nor in Cloud Map', entry, /task \S+ owns it/],
    ['it is draining', { ...owned, target: { state: 'draining' }, settings: allow }, /draining already/],
    ['a deployment is in progress', { ...owned, service: { deployments: [rollout] }, settings: allow }, /in progress/],
    ['two services have the group', { ...owned, ...merged(registrars({ primary: new Map() })), settings: allow }, /0 ECS services/],
    ['the task is of no service', { ...owned, contents: { tasks: [aTask({ ipv6Addresses: [ORPHAN_ADDRESS], serviceName: undefined })] }, settings: allow }, /owns it/],
    ['the name is not the task\'s', { ...entry, contents: { services, tasks: [aTask({ ipv6Addresses: ['2001:db8:0:1::a'] })] }, settings: allow }, /owns it/],
  ])('stays where %s', (_, one, reason) => {
    expect(guard(input(one))).toMatchObject({
      allowed: [],
      withheld: [{ code: 'not-orphan-for-sure', reason: expect.stringMatching(reason) }],
    });
  }); // prettier-ignore
});

function merged({ contents }: Case): Case {
  return { contents: { tasks, ...contents } };
}

it('the kind of action does not matter to the kill switch', () => {
  const off = { ...owned, actions: [aTargetRemoval()], settings: allow, policy: { enforcementOn: false } };
  expect(guard(input(off)).withheld).toMatchObject([{ code: 'kill-switch-off' }]);
});
