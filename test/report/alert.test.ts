import { describe, expect, it } from '@jest/globals';
import { groupAlerts, idsOf, placeOf, scopeNote, sentenceOf } from '../../lib/report/alert';
import { SERVICE_ARN } from '../support/builders';
import { aChange, changesOf } from './a-change';

const inCluster = (name: string): string => SERVICE_ARN.replace('/prod/', `/${name}/`);

describe('groupAlerts', () => {
  it('says what subscribers filter on', () => {
    const [alert] = groupAlerts([aChange({ related: [SERVICE_ARN] })]);
    expect(alert?.attributes).toEqual({
      ...{ severity: 'high', rule: ['target-orphaned'], cluster: ['prod'], scope: 'all', state: 'new' },
    });
  });

  it('leaves no attribute empty: the topic refuses those', () => {
    const [alert] = groupAlerts([aChange({ scope: '', related: [], resource: '111122223333' })]);
    expect(alert?.attributes).toMatchObject({ scope: 'none', cluster: ['none'] });
    expect(alert && placeOf(alert)).toBe('111122223333 eu-west-2');
  });

  it('names every cluster that it touches, also the cluster itself', () => {
    const cluster = 'arn:aws:ecs:eu-west-2:111122223333:cluster/staging';
    const [alert] = groupAlerts([aChange({ resource: cluster, related: [inCluster('web'), inCluster('billing')] })]);
    expect(alert?.attributes.cluster).toEqual(['billing', 'staging', 'web']);
    expect(alert && placeOf(alert)).toBe('111122223333 eu-west-2, clusters billing, staging, web');
  });

  it('names a hundred clusters at most', () => {
    const related = Array.from({ length: 300 }, (_, index) => inCluster(`c${String(index)}`));
    expect(groupAlerts([aChange({ related })])[0]?.attributes.cluster).toHaveLength(100);
  });

  it('makes one message for each state, rule, severity, scope and cluster, the most severe first', () => {
    const alerts = groupAlerts([
      aChange({}, { id: 'b' }),
      aChange({ severity: 'critical' }),
      aChange({ scope: 'other' }),
      aChange({}, { state: 'worse' }),
      aChange({ related: [inCluster('other')] }),
      aChange({}, { id: 'a' }),
    ]);
    expect(alerts).toHaveLength(5);
    expect(alerts[0]?.attributes.severity).toBe('critical');
    expect(alerts.map(idsOf)).toContainEqual(['a', 'b']);
  });

  it('tells of what is wrong before what is done about it, and last of what is over', () => {
    const states = ['resolved', 'reminder', 'withheld', 'new', 'expired', 'worse', 'expiring', 'stopped'] as const;
    const alerts = groupAlerts(states.map((state) => aChange({}, { state, id: state })));
    expect(alerts.map(({ attributes: { state } }) => state).join(' ')).toBe(
      'new worse stopped withheld expired expiring reminder resolved',
    );
  });

  it('makes one message of a hundred violations of one cause', () => {
    expect(groupAlerts(changesOf(100))).toHaveLength(1);
  });
});

it('says of a finding that is over that it was, and of one that lasts since when', () => {
  const sentence = (state: 'new' | 'resolved' | 'reminder'): string =>
    sentenceOf(aChange({ message: 'It is broken.' }, { state, firstSeenAt: '2026-11-20T08:00:00.000Z' }));
  expect((['new', 'resolved', 'reminder'] as const).map(sentence)).toEqual([
    'It is broken.',
    'was: It is broken.',
    'It is broken. (since 2026-11-20)',
  ]);
});

it('says no scope where there is none', () => {
  const notes = ['payments', ''].map((scope) => groupAlerts([aChange({ scope })]).map(scopeNote));
  expect(notes).toEqual([[', scope payments'], ['']]);
});
