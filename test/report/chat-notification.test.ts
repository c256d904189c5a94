import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { groupAlerts } from '../../lib/report/alert';
import { chatNotification } from '../../lib/report/chat-notification';
import type { FindingStateChange } from '../../lib/report/events';
import { SERVICE_ARN } from '../support/builders';
import { aChange, changesOf } from './a-change';

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html, and nothing that is not there. */
const schema = v.strictObject({
  version: v.literal('1.0'),
  source: v.literal('custom'),
  id: v.optional(v.string()),
  content: v.strictObject({
    textType: v.optional(v.literal('client-markdown')),
    title: v.optional(text(250)),
    description: text(8_000),
    nextSteps: v.optional(v.array(text(350))),
    keywords: v.optional(v.array(text(75))),
  }),
  metadata: v.optional(
    v.strictObject({
      threadId: v.optional(v.string()),
      summary: v.optional(v.string()),
      eventType: v.optional(v.string()),
      relatedResources: v.optional(v.array(v.string())),
      additionalContext: v.optional(v.record(v.string(), v.string())),
      enableCustomActions: v.optional(v.boolean()),
    }),
  ),
});

function notificationOf(changes: readonly FindingStateChange[]) {
  const [alert] = groupAlerts(changes);
  if (!alert) throw new Error('no alert');
  return v.parse(schema, JSON.parse(chatNotification(alert)));
}

describe('chatNotification', () => {
  it('says what is wrong, where, and what to do next', () => {
    expect(notificationOf([aChange({ related: [SERVICE_ARN] })])).toMatchObject({
      id: 'first',
      content: {
        title: expect.stringMatching(/^\[high\] target-orphaned new: /),
        description:
          '111122223333 eu-west-2, cluster prod, scope all\n• It belongs to no task.\n<https://docs.aws.amazon.com/x|Why>',
        nextSteps: ['aws elbv2 deregister-targets'],
        keywords: ['high', 'new', 'target-orphaned'],
      },
      metadata: {
        additionalContext: { severity: 'high', rule: 'target-orphaned', cluster: 'prod', scope: 'all', state: 'new' },
      },
    });
  });

  it('tells of the end in the thread of the beginning, and of nothing to do', () => {
    const [begun, ended] = [notificationOf([aChange()]), notificationOf([aChange({}, { state: 'resolved' })])];
    expect(ended.metadata?.threadId).toBe(begun.metadata?.threadId);
    expect(notificationOf([aChange({ scope: 'other' })]).metadata?.threadId).not.toBe(begun.metadata?.threadId);
    expect(ended.content.nextSteps).toEqual([]);
  });

  it('lets nobody mention a channel by the name of a resource', () => {
    const { content } = notificationOf([aChange({ message: 'service <!channel> & co' })]);
    expect(content.description).toContain('service &lt;!channel&gt; &amp; co');
  });

  it('keeps to the limits, counts what it leaves out, and offers no half commands', () => {
    const { content } = notificationOf(
      changesOf(1_000, { message: '<'.repeat(5_000), fix: ['x'.repeat(351), 'short'] }),
    );
    expect(content.description).toMatch(/\n\.\.\. and 9\d\d more\n/);
    expect(content.nextSteps).toEqual(['short', 'short', 'short', 'short', 'short']);
  });
});
