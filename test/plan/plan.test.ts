import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { Judgement } from '../../lib/evaluate/judgement';
import { plan } from '../../lib/plan/plan';
import type { Tags } from '../../lib/snapshot/snapshot';
import {
  aCloudMapRemoval,
  aFinding,
  aJudgement,
  anEvaluation,
  aTargetRemoval,
  ORPHAN_ADDRESS,
  ORPHAN_KEY,
  STRAY_KEY,
} from '../support/action-builders';
import {
  aCloudMapInstance,
  aCloudMapService,
  anInstance,
  aService,
  aTarget,
  aTargetGroup,
  NOW,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

interface Case {
  readonly findings: readonly Finding[];
  readonly judgements: readonly Judgement[];
  readonly contents: Contents;
  readonly isPartial?: boolean;
  readonly prefix?: string;
}

function planned({ findings, judgements, contents, isPartial, prefix = 'ecs-ipv6' }: Case) {
  const evaluation = anEvaluation(findings, judgements);
  const policy = aPolicy({ tags: { prefix, propagating: false } });
  return plan({ evaluation, snapshot: aSnapshot(contents), policy, now: NOW, isPartial });
}

const serviceFinding = (over: Partial<Finding> = {}) =>
  aFinding({ rule: 'image-not-dual-stack', resource: SERVICE_ARN, kind: 'service', remedy: 'suggest', ...over });
const serviceJudgement = (over: Partial<Judgement> = {}) =>
  aJudgement({ resource: SERVICE_ARN, kind: 'service', mode: 'tag', ...over });
const tagsOf = (rules: string, since = '2026-11-30'): Tags => ({
  'ecs-ipv6:status': 'violation',
  'ecs-ipv6:rules': rules,
  'ecs-ipv6:since': since,
});
const service = (tags: Tags): Contents => ({ services: [aService({ tags })] });
const violating = (tags: Tags, over: Partial<Judgement> = {}): Case => ({
  findings: [serviceFinding()],
  judgements: [serviceJudgement(over)],
  contents: service(tags),
});
const judgedAs = (status: Judgement['status'], tags: Tags): Case => ({
  findings: [],
  judgements: [serviceJudgement({ status })],
  contents: service(tags),
});

describe('tags', () => {
  it('are written to what violates a rule', () => {
    expect(planned(violating({ team: 'x' }))).toEqual([
      {
        ...{ kind: 'tag', resource: SERVICE_ARN, resourceKind: 'service', rules: ['image-not-dual-stack'] },
        ...{ scope: 'all', mode: 'tag', from: {}, to: tagsOf('image-not-dual-stack') },
      },
    ]);
  });

  it('are not written again, and keep the day since when', () => {
    expect(planned(violating(tagsOf('image-not-dual-stack', '2026-01-01')))).toEqual([]);
    const before = tagsOf('other-rule', '2026-01-01');
    expect(planned(violating(before))).toMatchObject([
      { kind: 'tag', from: before, to: tagsOf('image-not-dual-stack', '2026-01-01') },
    ]);
  });

  it('are taken away from what complies, ours alone', () => {
    const before = tagsOf('image-not-dual-stack');
    expect(planned(judgedAs('compliant', { ...before, team: 'x' }))).toMatchObject([
      { kind: 'untag', resource: SERVICE_ARN, from: before, to: {} },
    ]);
    expect(planned(judgedAs('compliant', { team: 'x' }))).toEqual([]);
  });

  it('stay while a verdict is unknown', () => {
    expect(planned(judgedAs('unknown', tagsOf('image-not-dual-stack')))).toEqual([]);
  });

  it('are left alone in observe', () => {
    expect(planned(violating({}, { mode: 'observe' }))).toEqual([]);
  });

  it('are left alone by a run of some of the rules, which does not know what the others say', () => {
    expect(planned({ ...judgedAs('compliant', tagsOf('other-rule')), isPartial: true })).toEqual([]);
  });

  it('carry the prefix of the policy', () => {
    expect(planned({ ...violating({}), prefix: 'net' })).toMatchObject([{ to: { 'net:status': 'violation' } }]);
  });

  it('are not written where they were not read', () => {
    const judgements = [aJudgement({ resource: TARGET_GROUP_ARN, kind: 'target-group', mode: 'tag' })];
    const contents = { targetGroups: [aTargetGroup({ tags: undefined })] };
    const findings = [aFinding({ rule: 'service-target-group-not-ipv6', resource: TARGET_GROUP_ARN })];
    expect(planned({ findings, judgements, contents })).toEqual([]);
  });

  it('are not written to kinds that carry none', () => {
    const judgements = [aJudgement({ resource: 'subnet-1', kind: 'subnet', mode: 'tag' })];
    const findings = [aFinding({ rule: 'subnet-without-ipv6-route', resource: 'subnet-1', kind: 'subnet' })];
    expect(planned({ findings, judgements, contents: {} })).toEqual([]);
  });

  it('are not written to what is not in the snapshot', () => {
    expect(planned({ ...violating({}), contents: {} })).toEqual([]);
  });

  it('name the open rules of the resource alone, in order', () => {
    const findings = [
      serviceFinding({ rule: 'b' }),
      serviceFinding({ rule: 'a' }),
      serviceFinding({ rule: 'c', status: 'exempt' }),
      serviceFinding({ rule: 'd', resource: 'other' }),
    ];
    expect(planned({ ...violating({}), findings })).toMatchObject([{ rules: ['a', 'b'], to: tagsOf('a b') }]);
  });

  it('come by resource, in whatever order these were judged', () => {
    const services = ['b', 'c', 'a'].map((name) => aService({ name }));
    const judgements = services.map(({ arn }) => serviceJudgement({ resource: arn, key: arn }));
    const findings = services.map(({ arn }) => serviceFinding({ resource: arn }));
    const resources = planned({ findings, judgements, contents: { services } }).map(({ resource }) => resource);
    expect(resources).toEqual(services.map(({ arn }) => arn).sort());
  });

  it('of a Cloud Map service stay when its instances could not be listed', () => {
    const registry = aCloudMapService({ tags: tagsOf('cloudmap-instance-orphaned') });
    const judgement = { resource: registry.arn, kind: 'cloudmap-service', mode: 'tag', status: 'compliant' } as const;
    const one: Case = {
      findings: [],
      judgements: [aJudgement(judgement)],
      contents: { cloudMapServices: [registry] },
    };
    expect(planned(one)).toEqual([]);
    expect(planned({ ...one, contents: { ...one.contents, covered: [registry.arn] } })).toMatchObject([
      { kind: 'untag', resource: registry.arn },
    ]);
  });

  it('find an instance by its id', () => {
    const { arn, id } = anInstance();
    const contents = { instances: [anInstance()] };
    const judgements = [aJudgement({ resource: arn, kind: 'instance', key: id, mode: 'tag' })];
    const findings = [aFinding({ rule: 'instance-agent-too-old', resource: arn, kind: 'instance', remedy: 'none' })];
    expect(planned({ findings, judgements, contents })).toMatchObject([{ kind: 'tag', resource: arn }]);
  });
});

describe('tags of a group', () => {
  const group = (status: Judgement['status']) =>
    aJudgement({ resource: TARGET_GROUP_ARN, kind: 'target-group', mode: 'tag', status });
  const contents = (tags: Tags, covered: readonly string[] = [TARGET_GROUP_ARN]): Contents => ({
    ...{ targetGroups: [aTargetGroup({ tags })], targets: [aTarget({ targetId: ORPHAN_ADDRESS })], covered },
  });
  const member = (over: Partial<Judgement> = {}) => aJudgement({ mode: 'tag', ...over });

  it('tell what is wrong with its targets', () => {
    const one = { findings: [aFinding()], judgements: [group('compliant'), member()], contents: contents({}) };
    expect(planned(one)).toMatchObject([
      { kind: 'tag', resource: TARGET_GROUP_ARN, resourceKind: 'target-group', to: tagsOf('target-orphaned') },
    ]);
  });

  it('tell what is wrong with one target, whatever is not known of another', () => {
    const judgements = [group('compliant'), member(), member({ resource: `${ORPHAN_KEY}1`, status: 'unknown' })];
    expect(planned({ findings: [aFinding()], judgements, contents: contents({}) })).toMatchObject([
      { kind: 'tag', resource: TARGET_GROUP_ARN, to: tagsOf('target-orphaned') },
    ]);
  });

  it('stay while a target is unknown, and go when all comply', () => {
    const tags = tagsOf('target-orphaned');
    const unknown = [group('compliant'), member({ status: 'unknown' })];
    expect(planned({ findings: [], judgements: unknown, contents: contents(tags) })).toEqual([]);
    const compliant = [group('compliant'), member({ status: 'compliant' })];
    expect(planned({ findings: [], judgements: compliant, contents: contents(tags) })).toMatchObject([
      { kind: 'untag' },
    ]);
  });

  it('stay when its targets could not be listed', () => {
    const one = { findings: [], judgements: [group('compliant')], contents: contents(tagsOf('target-orphaned'), []) };
    expect(planned(one)).toEqual([]);
  });

  it('wait until every scope that shares the group allows them', () => {
    const judgements = [group('compliant'), member({ mode: 'observe' })];
    expect(planned({ findings: [aFinding()], judgements, contents: contents({}) })).toEqual([]);
  });
});

describe('removals', () => {
  const target = aTarget({ targetId: ORPHAN_ADDRESS, state: 'unhealthy' });
  const base: Case = { findings: [aFinding()], judgements: [aJudgement()], contents: { targets: [target] } };

  it('name id and port of the target', () => {
    expect(planned(base)).toEqual([aTargetRemoval()]);
  });

  it('happen in a run of some of the rules too', () => {
    expect(planned({ ...base, isPartial: true })).toEqual([aTargetRemoval()]);
  });

  it.each<[string, Partial<Finding>, Partial<Judgement>]>([
    ['in observe', {}, { mode: 'observe' }],
    ['in tag', {}, { mode: 'tag' }],
    ['of what is only suggested', { remedy: 'suggest' }, {}],
    ['without a remedy', { remedy: 'none' }, {}],
    ['of what is exempt', { status: 'exempt' }, {}],
    ['of what is unknown', { status: 'unknown' }, { status: 'unknown' }],
  ])('never come %s', (_, finding, judgement) => {
    expect(planned({ ...base, findings: [aFinding(finding)], judgements: [aJudgement(judgement)] })).toEqual([]);
  });

  it('never come for what no scope judges', () => {
    expect(planned({ ...base, judgements: [] })).toEqual([]);
  });

  it.each<[string, Case]>([
    ['the target is not in the snapshot', { ...base, contents: {} }],
    [
      'the registry is not in the snapshot',
      {
        findings: [aFinding({ resource: STRAY_KEY, kind: 'cloudmap-instance' })],
        judgements: [aJudgement({ resource: STRAY_KEY, kind: 'cloudmap-instance' })],
        contents: { cloudMapInstances: [aCloudMapInstance({ instanceId: 'gone' })] },
      },
    ],
    [
      'no action removes its kind',
      {
        findings: [serviceFinding({ remedy: 'auto' })],
        judgements: [serviceJudgement({ mode: 'enforce' })],
        contents: service(tagsOf('image-not-dual-stack')),
      },
    ],
  ])('never come where %s', (_, one) => {
    expect(planned(one)).toEqual([]);
  });

  it('never come without a port: AWS would take the default one', () => {
    const contents = { targets: [{ ...target, port: undefined }] };
    expect(planned({ ...base, contents })).toEqual([]);
  });

  it('name service and instance of Cloud Map, and come after the tags', () => {
    const kind = 'cloudmap-instance';
    const findings = [
      aFinding({ rule: 'cloudmap-instance-orphaned', resource: STRAY_KEY, kind }),
      aFinding({ resource: ORPHAN_KEY }),
    ];
    const registry = aCloudMapService();
    const stray = aCloudMapInstance({ instanceId: 'gone' });
    const judgements = [
      aJudgement({ resource: STRAY_KEY, kind }),
      aJudgement(),
      aJudgement({ resource: registry.arn, kind: 'cloudmap-service', status: 'compliant' }),
    ];
    const contents = { cloudMapServices: [registry], cloudMapInstances: [stray], targets: [target] };
    const actions = planned({ findings, judgements, contents });
    expect(actions.map((action) => action.kind)).toEqual(['tag', 'deregister-cloudmap-instance', 'deregister-target']);
    expect(actions[1]).toEqual(aCloudMapRemoval({ from: stray.attributes }));
  });
});
