import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../lib/apply/outcome';
import type { Finding } from '../../lib/evaluate/finding';
import type { Judgement } from '../../lib/evaluate/judgement';
import type { Exemption, LoadedPolicy } from '../../lib/policy/policy';
import { groupAlerts } from '../../lib/report/alert';
import { toStateChange } from '../../lib/report/events';
import { subjectOf } from '../../lib/report/plain-text';
import { recordChanges, type RecordChange } from '../../lib/report/transitions';
import type { RunSettings } from '../../lib/stages';
import type { Breaker, FindingRecord } from '../../lib/state/memory';
import type { Request } from '../../lib/trigger/request';
import {
  aFinding,
  aJudgement,
  aMemory,
  anEvaluation,
  aTargetRemoval,
  ORPHAN_KEY,
  place,
} from '../support/action-builders';
import { ACCOUNT, NOW, REGION, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';
import { recordsOf } from './a-record';

interface Case {
  readonly records?: readonly FindingRecord[];
  readonly outcomes?: readonly Outcome[];
  readonly breakers?: readonly Breaker[];
  readonly findings?: readonly Finding[];
  readonly judgements?: readonly Judgement[];
  readonly contents?: Contents;
  readonly exemptions?: readonly Exemption[];
  readonly policy?: Partial<LoadedPolicy>;
  readonly settings?: Partial<RunSettings>;
  readonly asked?: Request['kind'];
  readonly now?: Date;
}

function changes(one: Case): readonly RecordChange[] {
  const all = recordChanges({
    requests: [{ kind: one.asked ?? 'account', account: ACCOUNT, region: REGION, id: ACCOUNT }],
    memory: {
      ...aMemory([], recordsOf(...(one.records ?? []))),
      breakers: new Map((one.breakers ?? []).map((breaker) => [breaker.key, breaker])),
    },
    evaluation: anEvaluation(one.findings ?? [], one.judgements ?? [aJudgement({ status: 'violation' })]),
    snapshot: aSnapshot({ covered: [ACCOUNT], ...one.contents }),
    policy: { ...aLoadedPolicy({ exemptions: one.exemptions ?? [] }), ...one.policy },
    settings: { dryRun: false, ...one.settings },
    ...{ outcomes: one.outcomes ?? [], startedAt: NOW, now: one.now ?? NOW },
  });
  return all.filter(({ key }) => /^(withheld|exemption|breaker)-/.test(key));
}

const news = (one: Case) => changes(one).map(({ record }) => `${record.finding.rule} ${record.transition.state}`);
const withheld = (code: Outcome['code'], reason = 'because'): Outcome => ({
  ...{ action: aTargetRemoval(), status: 'withheld', code, reason },
});

describe('a withheld action', () => {
  const off = withheld('kill-switch-off', 'the kill switch does not read exactly `on`');
  const known = changes({ outcomes: [off] }).map(({ record }) => record);

  it('is told once while it lasts, with its reason', () => {
    const [first] = known;
    expect(first?.transition.state).toBe('withheld');
    expect(first?.finding.message).toBe(
      'deregister-target of targetgroup/api/0123456789abcdef#2001:db8:0:1::dead:8080, for target-orphaned, is withheld: the kill switch does not read exactly `on`.',
    );
    const later = new Date(NOW.getTime() + 30 * 24 * 3_600_000);
    const told = known.map((record) => ({ ...record, announcedAt: NOW.toISOString() }));
    const again = changes({ records: told, outcomes: [off], now: later });
    expect(again.filter(({ isNews }) => isNews)).toEqual([]);
  });

  it('is as severe as what it would have mended, and lies where that lies', () => {
    const [{ record }] = changes({
      outcomes: [off],
      findings: [aFinding({ severity: 'critical', related: [SERVICE_ARN] })],
    }) as [RecordChange];
    const [alert] = groupAlerts([toStateChange(record, place)]);
    expect(alert?.attributes).toMatchObject({
      severity: 'critical',
      rule: ['withheld-kill-switch-off', 'target-orphaned'],
      cluster: ['prod'],
      state: 'withheld',
    });
    expect(alert && subjectOf(alert)).toMatch(/^\[critical\] withheld-kill-switch-off withheld: targetgroup/);
  });

  it.each<[Outcome['code'], boolean]>([
    ['over-budget', true],
    ['min-healthy', true],
    ['depends-on-gap', true],
    ['first-sighting', false],
    ['lease-held', false],
    ['policy-changed', false],
    ['exempt', false],
    ['held', false],
    ['dry-run', false],
    [undefined, false],
  ])('%s: is told: %s', (code, isTold) => {
    expect(news({ outcomes: [withheld(code)] })).toEqual(isTold ? [`withheld-${String(code)} withheld`] : []);
  });

  const ended = ['withheld-kill-switch-off resolved'];
  it.each<[string, Case, readonly string[]]>([
    ['it was carried out', { outcomes: [{ action: aTargetRemoval(), status: 'applied' }] }, ended],
    ['nothing asks for it any more', {}, ended],
    ['its resource is gone', { contents: { gone: [ORPHAN_KEY] } }, ended],
    ['it is withheld for a reason that is not told', { outcomes: [withheld('first-sighting')] }, []],
    ['it cannot be told', { judgements: [aJudgement({ status: 'unknown' })] }, []],
    ['an event pass saw a part', { asked: 'target-group' }, []],
    ['a person asked, in a lower mode', { settings: { modeCeiling: 'observe' } }, []],
    ['some of the rules ran', { settings: { onlyRules: ['task-without-ipv6'] } }, []],
    ['the policy is broken', { policy: { problems: [{ place: 'p', path: 'x', message: 'bad' }] } }, []],
  ])('when %s', (_, one, expected) => {
    expect(news({ ...one, records: known })).toEqual(expected);
  });

  it('is told again with another reason', () => {
    expect(news({ records: known, outcomes: [withheld('min-healthy')] })).toEqual(['withheld-min-healthy withheld']);
  });
});

describe('an open breaker', () => {
  const owned = (target: string) => aTargetRemoval({ resource: `${TARGET_GROUP_ARN}#${target}:80`, ownedBy: 'task' });
  const stopped = (target: string): Outcome => ({
    ...{ action: owned(target), status: 'withheld', code: 'breaker-open', reason: 'ECS registers it' },
  });
  const breaker: Breaker = {
    ...{ key: `deregister|${TARGET_GROUP_ARN}`, resource: TARGET_GROUP_ARN, kind: 'target-group' },
    ...{ counter: 'deregister', rules: [], since: '', until: '', reason: '' },
  };
  const outcomes = [stopped('a'), stopped('b')];
  const findings = [aFinding({ resource: owned('a').resource, related: [SERVICE_ARN] })];
  const [known] = changes({ outcomes, findings });
  const records = known ? [known.record] : [];

  it('is told once for all that it stops', () => {
    expect(known?.record).toMatchObject({
      finding: {
        ...{ rule: 'breaker-opened-deregister', resource: TARGET_GROUP_ARN, kind: 'target-group', severity: 'high' },
        ...{ related: [SERVICE_ARN], actual: { rules: ['target-orphaned'] } },
        message: 'deregister-target at targetgroup/api/0123456789abcdef is stopped: ECS registers it.',
      },
      transition: { state: 'stopped' },
    });
    expect(news({ outcomes })).toEqual(['breaker-opened-deregister stopped']);
    expect(news({ outcomes, findings, records, breakers: [breaker] })).toEqual([]);
  });

  it('lasts until it is closed, even while nothing asks for the action', () => {
    expect(news({ records, breakers: [breaker] })).toEqual([]);
    expect(news({ records, breakers: [{ ...breaker, resource: 'other' }] })).toEqual([
      'breaker-opened-deregister resolved',
    ]);
    expect(news({ records, asked: 'target-group' })).toEqual([]);
  });
});

describe('an exemption', () => {
  const exemption = (until: string, over: Partial<Exemption> = {}): Exemption => ({
    ...{ rule: 'target-orphaned', resource: 'arn:aws:ecs:*:*:service/prod/legacy-*', reason: 'moves in May' },
    ...{ owner: 'team-x', until },
    ...over,
  });
  const day = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString().slice(0, 10);

  it.each<[number, readonly string[]]>([
    [15, []],
    [14, ['exemption-expiring expiring']],
    [0, ['exemption-expiring expiring']],
    [-1, ['exemption-expired expired']],
    [-400, ['exemption-expired expired']],
  ])('that ends in %i days', (days, expected) => {
    const exemptions = [exemption(day(days))];
    expect(news({ exemptions })).toEqual(expected);
    const records = changes({ exemptions }).map(({ record }) => record);
    expect(news({ exemptions, records })).toEqual([]);
  });

  it('says which, until when and whose it is', () => {
    const [change] = changes({ exemptions: [exemption(day(3), { rule: '*' })] });
    expect(change?.record.finding.message).toBe(
      `The exemption of \`arn:aws:ecs:*:*:service/prod/legacy-*\` from every rule (team-x: moves in May) ends with ${day(3)}: from the next day on it is judged again.`,
    );
    expect(change?.record.finding.fix).toEqual(['ecs-ipv6 policy show --region eu-west-2']);
  });

  it('goes from the warning to the alert, and both end without a word when it is renewed', () => {
    const warned = changes({ exemptions: [exemption(day(3))] }).map(({ record }) => record);
    const later = new Date(NOW.getTime() + 4 * 86_400_000);
    expect(news({ exemptions: [exemption(day(3))], records: warned, now: later }).sort()).toEqual([
      'exemption-expired expired',
      'exemption-expiring resolved',
    ]);
    expect(news({ exemptions: [exemption(day(300))], records: warned })).toEqual(['exemption-expiring resolved']);
  });

  it('is neither told nor ended by a pass over a part of the account', () => {
    const exemptions = [exemption(day(3))];
    expect(news({ exemptions, asked: 'service' })).toEqual([]);
    expect(news({ records: changes({ exemptions }).map(({ record }) => record), asked: 'service' })).toEqual([]);
  });

  it('holds until the later day when it is written twice', () => {
    expect(news({ exemptions: [exemption(day(-3)), exemption(day(300)), exemption(day(-5))] })).toEqual([]);
  });

  it('fits into the state table whatever it names', () => {
    const [one, two] = ['a', 'b'].map((end) => exemption(day(3), { resource: `${'\u{1F600}'.repeat(900)}${end}` }));
    const keys = changes({ exemptions: [one, two].flatMap((each) => each ?? []) }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(Buffer.byteLength(key)).toBeLessThan(1_024);
  });
});
