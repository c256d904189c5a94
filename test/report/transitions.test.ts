import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { Judgement } from '../../lib/evaluate/judgement';
import type { LoadedPolicy } from '../../lib/policy/policy';
import { recordChanges, type RecordChange } from '../../lib/report/transitions';
import type { RunSettings } from '../../lib/stages';
import type { FindingRecord } from '../../lib/state/memory';
import type { Request } from '../../lib/trigger/request';
import { aFinding, aJudgement, aMemory, anEvaluation, ORPHAN_KEY } from '../support/action-builders';
import { ACCOUNT, CLUSTER_ARN, NOW, REGION, TARGET_GROUP_ARN } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';
import { aRecord, hoursAgo, recordsOf } from './a-record';

interface Case {
  readonly records?: readonly FindingRecord[];
  readonly findings?: readonly Finding[];
  readonly judgements?: readonly Judgement[];
  readonly contents?: Contents;
  readonly settings?: RunSettings;
  readonly policy?: Partial<LoadedPolicy>;
  readonly now?: Date;
  /** What was asked for; everything if absent. */
  readonly asked?: Request['kind'];
}

function changes(one: Case): readonly RecordChange[] {
  return recordChanges({
    requests: [{ kind: one.asked ?? 'account', account: ACCOUNT, region: REGION, id: ACCOUNT }],
    memory: aMemory([], recordsOf(...(one.records ?? []))),
    evaluation: anEvaluation(one.findings ?? [], one.judgements ?? []),
    snapshot: aSnapshot(one.contents),
    policy: { ...aLoadedPolicy(), ...one.policy },
    settings: one.settings ?? { dryRun: false },
    ...{ outcomes: [], startedAt: NOW },
    now: one.now ?? NOW,
  });
}

const news = (one: Case): readonly string[] =>
  changes(one).flatMap(({ record, isNews }) => (isNews ? [record.transition.state] : []));
const told = (hours: number, over: Partial<FindingRecord['transition']> = {}): FindingRecord => {
  const at = hoursAgo(hours);
  return aRecord({ announcedAt: at, transition: { id: 'first', state: 'new', at, alertedAt: at, ...over } });
};
const compliant = [aJudgement({ status: 'compliant' })];
const resolved = aRecord({ announcedAt: undefined, transition: { id: 'end', state: 'resolved', at: hoursAgo(1) } });
const inCluster = aRecord({
  finding: aFinding({ rule: 'task-without-ipv6', resource: 'task', kind: 'task' }),
  parents: [CLUSTER_ARN],
});

const vpcFinding = aFinding({ rule: 'flow-logs-off', resource: 'vpc', kind: 'vpc' });
const vpcJudged = [aJudgement({ resource: 'vpc', kind: 'vpc', status: 'compliant' })];
const knownVpc = aRecord({ finding: vpcFinding, parents: [] });

const hostFinding = aFinding({ rule: 'target-blocks-registration', resource: 'host', kind: 'instance' });
const hostJudged = aJudgement({ resource: 'host', kind: 'instance', status: 'compliant' });
const knownHost = aRecord({ finding: hostFinding, parents: [] });

const states: Readonly<Record<string, readonly [Case, readonly string[]]>> = {
  'of a VPC, by a sweep': [{ findings: [vpcFinding] }, ['new']],
  'of a VPC, seen from one service': [{ findings: [vpcFinding], asked: 'service' }, []],
  'of a VPC, not found by a sweep': [{ records: [knownVpc], judgements: vpcJudged }, ['resolved']],
  'of a VPC, not found from one service': [{ records: [knownVpc], judgements: vpcJudged, asked: 'service' }, []],
  'of a VPC, by a function that sees events alone': [
    { records: [knownVpc], contents: { covered: [ACCOUNT], hasSurroundings: false } },
    [],
  ],
  'of a host, which only sweeps ask about, in a pass that could not ask': [
    {
      records: [knownHost],
      judgements: [{ ...hostJudged, unasked: ['target-blocks-registration'] }],
      asked: 'instance',
    },
    [],
  ],
  'of a host, which only sweeps ask about, in a pass with surroundings': [
    { records: [knownHost], judgements: [hostJudged], asked: 'instance' },
    ['resolved'],
  ],
  'of a host, which only sweeps ask about: it is gone': [
    { records: [knownHost], contents: { gone: ['host'], hasSurroundings: false }, asked: 'instance' },
    ['resolved'],
  ],
  'never seen': [{ findings: [aFinding()] }, ['new']],
  'seen before': [{ records: [aRecord()], findings: [aFinding()] }, []],
  'back after its end': [{ records: [resolved], findings: [aFinding()] }, ['new']],
  worse: [{ records: [aRecord()], findings: [aFinding({ severity: 'critical' })] }, ['worse']],
  better: [{ records: [aRecord()], findings: [aFinding({ severity: 'low' })] }, []],
  'exempt from the beginning': [{ findings: [aFinding({ status: 'exempt' })] }, []],
  'unknown from the beginning': [{ findings: [aFinding({ status: 'unknown' })] }, []],
  'a day since people were told': [{ records: [told(24)], findings: [aFinding()] }, ['reminder']],
  'not quite a day': [{ records: [told(23.99)], findings: [aFinding()] }, []],
  'open for a day, and nobody was told': [
    { records: [{ ...told(30), announcedAt: undefined }], findings: [aFinding()] },
    [],
  ],
  'a reminder on its way': [
    {
      records: [told(25, { id: 'r', state: 'reminder', at: hoursAgo(0.01), alertedAt: undefined })],
      findings: [aFinding()],
    },
    [],
  ],
  'worse on its way, a day after the first alert': [
    {
      records: [told(25, { id: 'w', state: 'worse', at: hoursAgo(0.01), alertedAt: undefined })],
      findings: [aFinding()],
    },
    [],
  ],
  'judged and not found': [{ records: [aRecord()], judgements: compliant }, ['resolved']],
  'exempt now': [
    { records: [aRecord()], findings: [aFinding({ status: 'exempt' })], judgements: compliant },
    ['resolved'],
  ],
  'gone, as asked': [{ records: [aRecord()], contents: { gone: [ORPHAN_KEY] } }, ['resolved']],
  'its group was listed without it': [
    { records: [aRecord()], contents: { covered: [TARGET_GROUP_ARN] } },
    ['resolved'],
  ],
  'the whole account was listed without it': [{ records: [aRecord()], contents: { covered: [ACCOUNT] } }, ['resolved']],
  'its cluster was listed without it': [{ records: [inCluster], contents: { covered: [CLUSTER_ARN] } }, ['resolved']],
  'one of its two clusters was listed': [
    { records: [{ ...inCluster, parents: [CLUSTER_ARN, `${CLUSTER_ARN}2`] }], contents: { covered: [CLUSTER_ARN] } },
    [],
  ],
  'nobody looked': [{ records: [aRecord()] }, []],
  'nobody knows where it belongs': [
    { records: [aRecord({ parents: [] })], contents: { covered: [TARGET_GROUP_ARN] } },
    [],
  ],
  'another group was listed': [{ records: [aRecord()], contents: { covered: [`${TARGET_GROUP_ARN}2`] } }, []],
  'it can not be told any more': [
    {
      records: [aRecord()],
      findings: [aFinding({ status: 'unknown' })],
      judgements: [aJudgement({ status: 'unknown' })],
    },
    [],
  ],
  'a run of other rules': [
    { records: [aRecord()], judgements: compliant, settings: { dryRun: false, onlyRules: ['task-without-ipv6'] } },
    [],
  ],
  'a run of this rule': [
    { records: [aRecord()], judgements: compliant, settings: { dryRun: false, onlyRules: ['target-orphaned'] } },
    ['resolved'],
  ],
  'over, and told so': [{ records: [resolved], judgements: compliant }, []],
};

describe('recordChanges', () => {
  it.each(Object.entries(states))('%s', (_, [one, expected]) => {
    expect(news(one)).toEqual(expected);
  });

  it.each(Object.entries(states))('%s: has no news the second time', (_, [one]) => {
    const after = changes(one).map(({ record }) => record);
    const kept = (one.records ?? []).filter(
      ({ finding }) => !after.some((record) => record.finding.rule === finding.rule),
    );
    expect(changes({ ...one, records: [...kept, ...after] })).toEqual([]);
  });

  it('remembers what is needed to end it', () => {
    const [change] = changes({ findings: [aFinding()] });
    const at = NOW.toISOString();
    expect(change).toMatchObject({ key: `target-orphaned|${ORPHAN_KEY}`, expected: undefined, isNews: true });
    expect(change?.record).toMatchObject({ firstSeenAt: at, lastSeenAt: at, parents: [TARGET_GROUP_ARN] });
  });

  it('keeps since when it is open, and writes on top of what it read', () => {
    const [change] = changes({ records: [aRecord()], findings: [aFinding({ severity: 'critical' })] });
    expect(change).toMatchObject({ expected: 3, record: { firstSeenAt: hoursAgo(2), lastSeenAt: NOW.toISOString() } });
  });

  it('notes quietly what changed without being news, and once an hour that it is still there', () => {
    expect(changes({ records: [aRecord()], findings: [aFinding({ message: 'other' })] })).toMatchObject([
      { isNews: false },
    ]);
    expect(changes({ records: [aRecord({ lastSeenAt: hoursAgo(1) })], findings: [aFinding()] })).toMatchObject([
      { isNews: false, record: { transition: { id: 'first' } } },
    ]);
  });

  it('gives racing runs one id, and the next change another', () => {
    const idOf = (one: Case) => changes(one).map(({ record }) => record.transition.id);
    const first = idOf({ findings: [aFinding()] });
    expect(idOf({ findings: [aFinding()], now: new Date(NOW.getTime() + 5) })).toEqual(first);
    expect(idOf({ records: [resolved], findings: [aFinding()] })).not.toEqual(first);
  });

  it('reminds after the hours that the policy says', () => {
    const { policy } = aLoadedPolicy({ alerts: { minSeverity: 'medium', digestMinutes: 5, remindAfterHours: 2 } });
    expect(news({ records: [aRecord()], findings: [aFinding()], policy: { policy } })).toEqual(['reminder']);
  });

  it('tells of a broken policy, and of its mending', () => {
    const problems = [
      { place: '/ecs-ipv6/policy', line: 3, path: 'mode', message: 'must be one of observe, tag, enforce' },
      { place: '/ecs-ipv6/policy', path: 'x', message: 'unknown key' },
    ];
    const [broken] = changes({ policy: { problems } });
    expect(broken?.record.finding).toMatchObject({ rule: 'policy-broken', resource: ACCOUNT, severity: 'high' });
    expect(broken?.record.finding.fix).toEqual([
      expect.stringMatching(/^aws ssm get-parameter --region eu-west-2 --name \S+ .*> policy.yaml$/),
      'ecs-ipv6 policy validate policy.yaml',
      expect.stringMatching(
        /^aws ssm put-parameter --region eu-west-2 --name \S+ --overwrite --value file:\/\/policy.yaml$/,
      ),
    ]);
    expect(broken?.record.finding.message).toContain(
      '/ecs-ipv6/policy:3 mode must be one of observe, tag, enforce (and 1 more)',
    );
    const records = broken ? [broken.record] : [];
    expect(changes({ records, policy: { problems } })).toEqual([]);
    expect(news({ records })).toEqual(['resolved']);
  });

  const unread = { place: '/ecs-ipv6/policy', call: 'ssm:GetParameters', reason: 'Throttled', message: 'slow down' };

  it('neither begins nor ends a broken policy while none can be read', () => {
    expect(changes({ policy: { unread } })).toEqual([]);
    const [broken] = changes({ policy: { problems: [{ place: '/ecs-ipv6/policy', path: 'x', message: 'bad' }] } });
    expect(changes({ records: broken ? [broken.record] : [], policy: { unread } })).toEqual([]);
  });

  it('ends what is gone, and nothing else, by a policy that is perhaps not the written one', () => {
    const last: Partial<LoadedPolicy> = { unread, origin: 'last-valid' };
    const records = [aRecord()];
    expect(news({ records, judgements: compliant, policy: last })).toEqual([]);
    expect(news({ records, contents: { covered: [TARGET_GROUP_ARN, ACCOUNT] }, policy: last })).toEqual([]);
    expect(news({ records, contents: { gone: [ORPHAN_KEY] }, policy: last })).toEqual(['resolved']);
  });

  it('tells of what is new by the last valid policy, and not by the built-in one in the place of another', () => {
    const findings = [aFinding()];
    expect(news({ findings, policy: { unread, origin: 'last-valid' } })).toEqual(['new']);
    expect(news({ findings, policy: { unread, origin: 'built-in' } })).toEqual([]);
    expect(news({ findings, policy: { origin: 'built-in' } })).toEqual(['new']);
  });
});
