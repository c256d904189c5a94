import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import { groupAlerts } from '../../lib/report/alert';
import { toStateChange, type FindingStateChange } from '../../lib/report/events';
import { shortName } from '../../lib/trigger/arn';
import { aFinding, place } from '../support/action-builders';
import { SERVICE_ARN } from '../support/builders';
import { aRecord } from './a-record';

const change = (finding: Partial<Finding> = {}, over: Partial<FindingStateChange> = {}): FindingStateChange => ({
  ...toStateChange(aRecord({ finding: aFinding({ related: [SERVICE_ARN], ...finding }) }), place),
  ...over,
});

describe('groupAlerts', () => {
  it('says what is wrong, where, since when, and how to mend it', () => {
    const [alert] = groupAlerts([change()]);
    expect(alert?.subject).toBe(`[high] target-orphaned new: ${shortName(aFinding().resource)}`);
    expect(alert?.attributes).toEqual({
      ...{ severity: 'high', rule: 'target-orphaned', cluster: 'prod', scope: 'all', state: 'new' },
    });
    expect(alert?.body.split('\n')).toEqual([
      'target-orphaned: new in 111122223333 eu-west-2, cluster prod, scope all, severity high',
      '',
      '- It belongs to no task.',
      `  ${aFinding().resource} (since ${aRecord().firstSeenAt})`,
      '  fix: aws elbv2 deregister-targets',
      '',
      'Why: https://docs.aws.amazon.com/x',
    ]);
  });

  it('offers no fix for what is over', () => {
    expect(groupAlerts([change({}, { state: 'resolved' })])[0]?.body).not.toContain('fix:');
  });

  it('leaves no attribute empty: the topic refuses those', () => {
    const [alert] = groupAlerts([change({ scope: '', related: [], resource: '111122223333' })]);
    expect(alert?.attributes).toMatchObject({ scope: 'none', cluster: 'none' });
  });

  it('makes one message for each state, rule, severity, scope and cluster, the most severe first', () => {
    const alerts = groupAlerts([
      change({}, { id: 'b' }),
      change({ severity: 'critical' }),
      change({ scope: 'other' }),
      change({}, { state: 'worse' }),
      change({}, { id: 'a' }),
    ]);
    expect(alerts).toHaveLength(4);
    expect(alerts[0]?.attributes.severity).toBe('critical');
    expect(alerts[1]?.ids).toEqual(['a', 'b']);
  });

  it('spells out twenty and counts the rest', () => {
    const many = Array.from({ length: 23 }, (_, index) => change({}, { id: String(index) }));
    const [alert] = groupAlerts(many);
    expect(alert?.body).toContain('... and 3 more');
    expect(alert?.body.match(/^- /gm)).toHaveLength(20);
  });

  it('names one resource in the subject, and counts the others', () => {
    const resource = 'arn:aws:ec2:eu-west-2:111122223333:instance/i-0abc';
    const [alert] = groupAlerts([change({ resource }, { id: 'a' }), change({}, { id: 'b' }), change({}, { id: 'c' })]);
    expect(alert?.subject).toBe('[high] target-orphaned new: instance/i-0abc and 2 more');
  });

  it('cuts a long name, not what comes after it', () => {
    const resource = `arn:aws:ecs:eu-west-2:111122223333:service/${'p'.repeat(99)}/web`;
    const [alert] = groupAlerts([change({ resource }, { id: 'a' }), change({ resource }, { id: 'b' })]);
    expect(alert?.subject).toMatch(/^\[high\] target-orphaned new: service\/p+\.\.\. and 1 more$/);
    expect(alert?.subject).toHaveLength(99);
  });

  it('keeps the subject below the 100 characters of the topic', () => {
    expect(groupAlerts([change({ rule: 'r'.repeat(200) })])[0]?.subject.length).toBeLessThan(100);
  });
});
