import { describe, expect, it } from '@jest/globals';
import { groupAlerts, type Alert } from '../../lib/report/alert';
import type { FindingStateChange } from '../../lib/report/events';
import { bodyOf, cutTo, subjectOf } from '../../lib/report/plain-text';
import { shortName } from '../../lib/trigger/arn';
import { aFinding } from '../support/action-builders';
import { SERVICE_ARN } from '../support/builders';
import { aChange, changesOf } from './a-change';
import { aRecord } from './a-record';

function alertOf(changes: readonly FindingStateChange[]): Alert {
  const [alert] = groupAlerts(changes);
  if (!alert) throw new Error('no alert');
  return alert;
}

describe('bodyOf', () => {
  it('says what is wrong, where, since when, and how to mend it', () => {
    expect(bodyOf(alertOf([aChange({ related: [SERVICE_ARN] })])).split('\n')).toEqual([
      'target-orphaned: new in 111122223333 eu-west-2, cluster prod, scope all, severity high',
      '',
      '- It belongs to no task.',
      `  ${aFinding().resource} (since ${aRecord().firstSeenAt})`,
      '  fix: aws elbv2 deregister-targets',
      '',
      'Why: https://docs.aws.amazon.com/x',
      'Id: first',
    ]);
  });

  it('offers no fix for what is over', () => {
    expect(bodyOf(alertOf([aChange({}, { state: 'resolved' })]))).not.toContain('fix:');
  });

  it('spells out twenty and counts the rest', () => {
    const body = bodyOf(alertOf(changesOf(23)));
    expect(body).toContain('... and 3 more');
    expect(body.match(/^- /gm)).toHaveLength(20);
  });

  it('is never too long for the topic, and still says why', () => {
    const body = bodyOf(alertOf(changesOf(1_000, { message: '\u{1F600}'.repeat(50_000) })));
    expect(Buffer.byteLength(body)).toBeLessThan(200_000);
    expect(body).toContain('Why: ');
  });
});

describe('subjectOf', () => {
  const resource = 'arn:aws:ec2:eu-west-2:111122223333:instance/i-0abc';

  it('names the only resource', () => {
    expect(subjectOf(alertOf([aChange()]))).toBe(`[high] target-orphaned new: ${shortName(aFinding().resource)}`);
  });

  it('names one resource, and counts the others', () => {
    const changes = [aChange({ resource }, { id: 'a' }), aChange({}, { id: 'b' }), aChange({}, { id: 'c' })];
    expect(subjectOf(alertOf(changes))).toBe('[high] target-orphaned new: instance/i-0abc and 2 more');
  });

  it('cuts a long name, not what comes after it', () => {
    const long = `arn:aws:ecs:eu-west-2:111122223333:service/${'p'.repeat(99)}/web`;
    const changes = [aChange({ resource: long }, { id: 'a' }), aChange({ resource: long }, { id: 'b' })];
    const subject = subjectOf(alertOf(changes));
    expect(subject).toMatch(/^\[high\] target-orphaned new: service\/p+\.\.\. and 1 more$/);
    expect(subject).toHaveLength(99);
  });

  it('keeps to what the topic takes as a subject', () => {
    const subject = subjectOf(alertOf([aChange({ rule: 'r'.repeat(200) })]));
    expect(subject.length).toBeLessThan(100);
    expect(subjectOf(alertOf([aChange({ resource: 'na\u00efve\n\u{1F600}' })]))).toMatch(/ na\?ve\?+$/);
  });
});

describe('cutTo', () => {
  it.each([
    [5, 'abcde', 'abcde'],
    [5, 'abcdef', 'ab...'],
    [1, 'abcdef', '...'],
  ])('to %i', (length, text, expected) => {
    expect(cutTo(length, text)).toBe(expected);
  });
});
