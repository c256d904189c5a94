import { describe, expect, it } from '@jest/globals';
import { groupAlerts, idsOf, placeOf } from '../../lib/report/alert';
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

  it('makes one message of a hundred violations of one cause', () => {
    expect(groupAlerts(changesOf(100))).toHaveLength(1);
  });
});
