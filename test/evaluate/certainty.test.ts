import { describe, expect, it } from '@jest/globals';
import type { Rule } from '../../lib/rules/rule';
import type { Deployment } from '../../lib/snapshot/service-resources';
import { aService, aTargetGroup, aTask, NOW, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { aScope } from '../support/policy-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { only, ruleOf, run, world, wrong } from './an-evaluation';

describe('what cannot be told', () => {
  it('is unknown, with the call that failed', () => {
    const evaluation = run([ruleOf([{ gap: aGap() }])]);
    expect(only(evaluation)).toMatchObject({
      status: 'unknown',
      gap: { call: 'ecs:DescribeTasks', reason: 'AccessDenied' },
      message:
        'Not known whether this holds: Service is invented. ecs:DescribeTasks: AccessDenied (User is not authorized)',
      fix: [],
    });
    expect(evaluation.judgements.get(SERVICE_ARN)?.status).toBe('unknown');
  });

  const noSubnet: Contents = { services: [aService()], gaps: [aGap({ collection: 'subnets' })] };

  it('is unknown where the posture is', () => {
    const evaluation = run([ruleOf([wrong])], {}, noSubnet);
    expect(only(evaluation).status).toBe('unknown');
    expect(evaluation.judgements.get(SERVICE_ARN)).toMatchObject({ status: 'unknown', posture: undefined });
  });

  it('is unknown where any of the postures that it may have would find something', () => {
    const rule = ruleOf([wrong], { applies: { postures: ['dual-stack'] } });
    expect(only(run([rule], {}, noSubnet)).status).toBe('unknown');
  });

  it('is compliant where no posture would find anything', () => {
    const evaluation = run([ruleOf([])], {}, noSubnet);
    expect(evaluation.findings).toEqual([]);
    expect(evaluation.judgements.get(SERVICE_ARN)?.status).toBe('compliant');
  });

  it.each([
    ['ipv6-only', ['unknown']],
    ['dual-stack', ['unknown']],
    ['ipv4', []],
  ])('is unknown where one of two postures that a rule is about would find something, as %s', (posture, statuses) => {
    const both = ruleOf([], { applies: { postures: ['ipv6-only', 'dual-stack'] } });
    const rule: Rule = { ...both, under: () => ({ check: (_, asked) => (asked === posture ? [wrong] : []) }) };
    expect(run([rule], {}, noSubnet).findings.map(({ status }) => status)).toEqual(statuses);
  });

  it('is open where the wanted posture does not depend on the actual one', () => {
    expect(only(run([ruleOf([wrong])], { scopes: [aScope({ posture: 'ipv6-only' })] }, noSubnet)).status).toBe('open');
  });

  it('leaves out postures that are less strict than the wanted one', () => {
    const scopes = [
      aScope({ name: 'a', match: { ...aScope().match, services: ['api'] }, posture: 'dual-stack' }),
      aScope({ name: 'b', match: { ...aScope().match, services: ['web'] } }),
    ];
    const contents = { ...noSubnet, services: [aService(), aService({ name: 'web' })], targetGroups: [aTargetGroup()] };
    const rule = ruleOf([wrong], { kind: 'target-group', applies: { postures: ['ipv4'] } });
    expect(run([rule], { scopes }, contents).findings).toEqual([]);
  });

  it('is unknown where it cannot be told what the rule is about', () => {
    const rule = ruleOf([wrong], { applies: { postures: ['ipv6-only'], systems: ['linux'] } });
    const contents = { ...world, gaps: [aGap({ collection: 'taskDefinitions' })] };
    expect(only(run([rule], { scopes: [aScope({ posture: 'ipv6-only' })] }, contents)).status).toBe('unknown');
    const nothing = ruleOf([], { applies: { postures: ['ipv6-only'], systems: ['linux'] } });
    expect(run([nothing], {}, contents).findings).toEqual([]);
  });

  it('is unknown where the scope is, and nothing may be written', () => {
    const scopes = [aScope({ mode: 'enforce', match: { ...aScope().match, tags: { team: 'x' } } })];
    const contents = { targetGroups: [aTargetGroup({ tags: undefined })] };
    const evaluation = run([ruleOf([wrong], { kind: 'target-group' })], { scopes }, contents);
    expect(only(evaluation)).toMatchObject({ status: 'unknown', scope: '' });
    expect(evaluation.judgements.get(TARGET_GROUP_ARN)).toMatchObject({ status: 'unknown', mode: 'observe' });
  });
});

describe('postures', () => {
  it.each([
    ['the wanted one', 'dual-stack', ['ipv6-only'], 0],
    ['the wanted one', 'ipv6-only', ['ipv6-only'], 1],
    ['the wanted one', 'dual-stack', ['dual-stack'], 1],
    ['the actual one where any is wanted', 'any', ['ipv6-only'], 1],
    ['the actual one where any is wanted', 'any', ['dual-stack', 'ipv4'], 0],
  ] as const)('rules apply by %s: %s, rule for %s', (...row) => {
    const [, posture, postures, count] = row;
    expect(run([ruleOf([wrong], { applies: { postures } })], { scopes: [aScope({ posture })] }).findings).toHaveLength(
      count,
    );
  });

  it('the strictest of several scopes', () => {
    const scopes = [
      aScope({ name: 'a', match: { ...aScope().match, services: ['api'] }, posture: 'dual-stack' }),
      aScope({ name: 'b', match: { ...aScope().match, services: ['web'] }, posture: 'any' }),
    ];
    const services = [aService(), aService({ name: 'web' })];
    const contents = { ...world, services, targetGroups: [aTargetGroup()] };
    expect(only(run([ruleOf([wrong], { kind: 'target-group' })], { scopes }, contents)).scope).toBe('a');
  });
});

describe('a rolling deployment', () => {
  const rollout: Deployment = { id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', createdAt: NOW };
  const contents: Contents = { ...world, services: [aService({ deployments: [rollout] })], tasks: [aTask()] };
  const rule = ruleOf([wrong], { kind: 'task' });

  it('excuses the tasks it replaces', () => {
    expect(run([rule], {}, contents).findings).toEqual([]);
    expect(only(run([rule], { scopes: [aScope({ deploymentGraceMinutes: 0 })] }, contents)).status).toBe('open');
  });

  it('may excuse a task whose service could not be read', () => {
    const unread = { ...contents, services: [], gaps: [aGap({ collection: 'services' })] };
    expect(only(run([rule], {}, unread))).toMatchObject({ status: 'unknown', gap: { call: 'ecs:DescribeTasks' } });
  });

  it('leaves what is not known anyway as it is', () => {
    const unread = { ...contents, services: [], gaps: [aGap({ collection: 'services' })] };
    const unknown = ruleOf([{ gap: aGap({ call: 'x:y' }) }], { kind: 'task' });
    expect(only(run([unknown], {}, unread)).gap).toEqual({ call: 'x:y', reason: 'AccessDenied' });
  });
});
