import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import type { Action } from '../../lib/plan/action';
import { aMemory, aSighting, aTargetRemoval } from '../support/action-builders';
import { aTarget, aTargetGroup, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { input, orphan, type Case } from './guard-input';

describe('a run', () => {
  const addresses = ['2001:db8:0:1::1', '2001:db8:0:1::2', '2001:db8:0:1::3'];
  const targets = addresses.map((targetId) => orphan({ targetId }));
  const actions = targets.map(({ key, targetId }) => aTargetRemoval({ resource: key, targetId }));
  const memory = aMemory(targets.map(({ key }) => aSighting(key, 60)));
  const many: Case = { actions, contents: { targets: [aTarget(), ...targets] }, memory, settings: { perRun: 2 } };

  it('removes at most perRun, whatever their kind', () => {
    const verdict = guard(input(many));
    expect(verdict.allowed).toEqual(actions.slice(0, 2));
    expect(verdict.withheld).toMatchObject([
      {
        action: actions[2],
        status: 'withheld',
        code: 'over-budget',
        reason: expect.stringContaining('perRun allows 2'),
      },
    ]);
  });

  it('does not count what is withheld for another reason', () => {
    const sightings = aMemory(targets.slice(1).map(({ key }) => aSighting(key, 60)));
    const verdict = guard(input({ ...many, memory: sightings }));
    expect(verdict.allowed).toEqual(actions.slice(1));
    expect(verdict.withheld).toMatchObject([{ action: actions[0], code: 'first-sighting' }]);
  });

  it('does not count what its group can not spare', () => {
    const idle = orphan({ targetGroupArn: 'idle' });
    const waiting = aTargetRemoval({ resource: idle.key, targetGroupArn: 'idle' });
    const contents: Case['contents'] = {
      targetGroups: [aTargetGroup(), aTargetGroup({ arn: 'idle' })],
      targets: [idle, aTarget(), ...targets],
      registrars: { primary: new Map([TARGET_GROUP_ARN, 'idle'].map((arn) => [arn, [SERVICE_ARN]])) },
    };
    const sightings = aMemory([idle, ...targets].map(({ key }) => aSighting(key, 60)));
    const verdict = guard(input({ ...many, actions: [waiting, ...actions], contents, memory: sightings }));
    expect(verdict.allowed).toEqual(actions.slice(0, 2));
    expect(verdict.withheld).toMatchObject([
      { action: waiting, code: 'min-healthy', reason: expect.stringContaining('no healthy target') },
      { action: actions[2], code: 'over-budget' },
    ]);
  });

  it('removes nothing with perRun 0', () => {
    expect(guard(input({ ...many, settings: { perRun: 0 } })).allowed).toEqual([]);
  });

  it('plans on a dry run exactly what it would do', () => {
    const verdict = guard(input({ ...many, dryRun: true }));
    expect(verdict.allowed).toEqual([]);
    expect(verdict.withheld[0]?.reason).toBe('dry run: nothing was written');
    expect(verdict.withheld.map(({ status, code }) => [status, code])).toEqual([
      ['planned', 'dry-run'],
      ['planned', 'dry-run'],
      ['withheld', 'over-budget'],
    ]);
  });
});

describe('tags', () => {
  const tag: Action = {
    ...{ kind: 'tag', resource: SERVICE_ARN, resourceKind: 'service', rules: ['image-not-dual-stack'] },
    ...{ scope: 'all', mode: 'tag', from: {}, to: { 'ecs-ipv6:status': 'violation' } },
  };
  const untag: Action = { ...tag, kind: 'untag', to: {} };
  const propagating: Case = { actions: [tag], service: { propagateTags: 'SERVICE' } };

  it('need neither the kill switch nor a sighting', () => {
    const verdict = guard(input({ actions: [tag], policy: { enforcementOn: false }, memory: aMemory() }));
    expect(verdict.allowed).toEqual([tag]);
  });

  it('stay off a service that copies its tags to new tasks', () => {
    expect(guard(input(propagating))).toMatchObject({
      allowed: [],
      withheld: [{ code: 'propagates-tags', reason: expect.stringContaining('copies its tags') }],
    });
  });

  it('are written to what is no service', () => {
    const group: Action = { ...tag, resource: TARGET_GROUP_ARN, resourceKind: 'target-group' };
    expect(guard(input({ ...propagating, actions: [group] })).allowed).toEqual([group]);
  });

  it('are allowed there when the policy says so, and may always be taken away', () => {
    const policy = aLoadedPolicy({ tags: { prefix: 'ecs-ipv6', propagating: true } });
    expect(guard(input({ ...propagating, policy })).allowed).toEqual([tag]);
    expect(guard(input({ ...propagating, actions: [untag] })).allowed).toEqual([untag]);
  });
});
