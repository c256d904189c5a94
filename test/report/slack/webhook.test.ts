import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSlackWebhook, type SlackWebhook } from '../../../infra/local/webhook/slack-webhook';
import { groupAlerts } from '../../../lib/report/alert';
import { ChannelBusy } from '../../../lib/report/channel';
import type { FindingStateChange } from '../../../lib/report/events';
import { slackChannel } from '../../../lib/report/slack/webhook';
import { SERVICE_ARN } from '../../support/builders';
import { slackText } from '../../support/slack-text';
import { aChange, changesOf } from '../a-change';

let seconds: number;
let slack: SlackWebhook;
let forgotten: number;

beforeEach(async () => {
  seconds = 0;
  forgotten = 0;
  slack = await startSlackWebhook({ seconds: () => seconds });
});
afterEach(() => slack.stop());

const channelTo = (url: string) =>
  slackChannel({
    url: () => Promise.resolve(url),
    forget: () => {
      forgotten++;
    },
    sleep: (milliseconds) => Promise.resolve(void (seconds += milliseconds / 1_000)),
  });

async function tell(changes: readonly FindingStateChange[], url = slack.url): Promise<number> {
  const parcels = channelTo(url).pack(groupAlerts(changes));
  for (const parcel of parcels) await parcel.send();
  return parcels.length;
}

/** Everything that an error says, its causes included. */
async function failureOf(telling: Promise<unknown>): Promise<{ readonly error: unknown; readonly said: string }> {
  const error: unknown = await telling.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const said: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause)
    said.push(one.message, one.stack ?? '', JSON.stringify(one));
  return { error, said: said.join('\n') };
}

describe('slackChannel', () => {
  it('reads like this', async () => {
    const message = 'i-0abc runs 3 bridge-mode tasks and has no primary IPv6 address.';
    const fix = ['aws ec2 modify-network-interface-attribute --network-interface-id eni-0abc --enable-primary-ipv6'];
    const rule = 'instance-without-primary-ipv6';
    await tell([
      aChange({ rule, severity: 'critical', message, fix, related: [SERVICE_ARN], scope: 'payments' }, { id: 'a1' }),
      aChange(
        { rule: 'service-exec-enabled', message: 'web <b> & co: ECS Exec is on.' },
        { id: 'b2', state: 'resolved' },
      ),
    ]);
    expect(slack.taken.map(slackText)).toEqual([
      [
        '# IPv6 policy: 1 new, 1 resolved',
        '----',
        ':red_circle: *critical* `instance-without-primary-ipv6` *new*',
        '111122223333 eu-west-2, cluster prod, scope payments',
        '• i-0abc runs 3 bridge-mode tasks and has no primary IPv6 address.',
        'Fix:',
        '```aws ec2 modify-network-interface-attribute --network-interface-id eni-0abc --enable-primary-ipv6```',
        'Why (https://docs.aws.amazon.com/x) · id a1',
        '----',
        ':white_check_mark: *high* `service-exec-enabled` *resolved*',
        '111122223333 eu-west-2, scope all',
        '• was: web <b> & co: ECS Exec is on.',
        'Why (https://docs.aws.amazon.com/x) · id b2',
      ].join('\n'),
    ]);
  });

  it('makes one message of a hundred violations of one cause, with a count', async () => {
    await tell(changesOf(100, { fix: ['aws one', 'aws two'] }));
    expect(slack.taken).toHaveLength(1);
    const text = slackText(slack.taken[0] ?? '');
    expect(text).toContain('# IPv6 policy: 100 new');
    expect(text).toContain('... and 90 more');
    expect(text).toContain('Fix (1 of 200 commands):');
  });

  it('packs many alerts into few messages, one a second, and Slack takes them all', async () => {
    const changes = Array.from({ length: 200 }, (_, index) =>
      aChange({ rule: `rule-${String(index)}` }, { id: `id ${String(index)}` }),
    );
    const sent = await tell(changes);
    expect(sent).toBeLessThanOrEqual(20);
    expect(slack.refused).toEqual([]);
    expect(slack.taken).toHaveLength(sent);
    const told = slack.taken.map(slackText).join('\n');
    for (const { id } of changes) expect(told).toMatch(new RegExp(`id ${id}$`, 'm'));
  });

  it.each<[string, Parameters<typeof aChange>[0]]>([
    ['markup', { message: '<!channel> &amp; <https://x|y> `*_~', rule: '<a>&`b`', scope: '<s>' }],
    ['long messages', { message: '&'.repeat(20_000) }],
    ['long commands', { fix: [`aws ${'<'.repeat(5_000)}`, `aws ${'&'.repeat(140)}`] }],
    ['commands with code fences', { fix: ['echo ```'] }],
    [
      'long names',
      {
        resource: 'r'.repeat(9_000),
        scope: '&'.repeat(5_000),
        related: Array.from({ length: 300 }, (_, index) =>
          SERVICE_ARN.replace('/prod/', `/${'<'.repeat(100)}${String(index)}/`),
        ),
      },
    ],
    ['many commands', { fix: Array.from({ length: 500 }, () => 'aws x') }],
    ['an empty message', { message: '', scope: '' }],
  ])("keeps to Slack's limits with %s", async (_, finding) => {
    await tell([aChange(finding), ...changesOf(30, finding)]);
    expect(slack.refused).toEqual([]);
    expect(slack.taken.length).toBeGreaterThan(0);
  });

  it('tells how long Slack wants to be left alone', async () => {
    for (let burst = 0; burst < 4; burst++) await tell([aChange()]);
    const { error } = await failureOf(tell([aChange()]));
    expect(error).toBeInstanceOf(ChannelBusy);
    expect(error).toMatchObject({ retryAfterSeconds: 30 });
  });

  it.each([
    ['7', 7],
    ['0.4', 1],
    ['999999', 3_600],
    ['-3', 30],
    ['soon', 30],
    [undefined, 30],
  ])('takes a Retry-After of %s for %d s', async (header, expected) => {
    slack.answerWith({ status: 429, text: '', headers: header === undefined ? {} : { 'retry-after': header } });
    const { error } = await failureOf(tell([aChange()]));
    expect(error).toMatchObject({ retryAfterSeconds: expected });
  });

  it.each([
    [400, 'invalid_blocks'],
    [403, 'invalid_token'],
    [404, 'no_service'],
    [410, 'channel_is_archived'],
  ])('says what Slack says with %i, and reads the secret again next time', async (status, text) => {
    slack.answerWith({ status, text });
    const { error } = await failureOf(tell([aChange()]));
    expect(error).toMatchObject({ message: `Slack refused the message: HTTP ${String(status)} ${text}` });
    expect(forgotten).toBe(1);
  });

  it('keeps the secret when Slack is out of order', async () => {
    slack.answerWith({ status: 503, text: '' });
    expect((await failureOf(tell([aChange()]))).error).toMatchObject({
      message: 'Slack refused the message: HTTP 503',
    });
    expect(forgotten).toBe(0);
  });

  it('follows no redirect', async () => {
    slack.answerWith({ status: 302, text: '', headers: { location: slack.url } });
    expect((await failureOf(tell([aChange()]))).error).toMatchObject({
      message: 'Slack refused the message: HTTP 302',
    });
  });

  it.each<[string, () => string]>([
    [
      'a refusal that repeats it',
      () => (slack.answerWith({ status: 404, text: `Cannot POST ${new URL(slack.url).pathname}` }), slack.url),
    ],
    ['a connection that breaks', () => (slack.answerWith('lost'), slack.url)],
    ['a host that is not there', () => 'https://127.0.0.1:1/services/notARealSecret'],
    ['text that is no URL', () => 'notARealSecret'],
    ['JSON around it', () => '{"url": "https://127.0.0.1/notARealSecret"}'],
    ['a URL without TLS', () => 'http://example.com/notARealSecret'],
  ])('never tells the secret: %s', async (_, urlOf) => {
    const { error, said } = await failureOf(tell([aChange()], urlOf()));
    expect(error).toBeInstanceOf(Error);
    expect(said).not.toContain('notARealSecret');
  });
});
