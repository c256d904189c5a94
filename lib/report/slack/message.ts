/** Alerts as messages of an incoming webhook, as few as there can be: it takes about one a second. */
import { idsOf, placeOf, scopeNote, sentenceOf, type Alert } from '../alert';
import { cutTo, subjectOf } from '../plain-text';
import { listOf } from './lines';
import { codeOf, escapeMarkup } from './markup';

/** https://docs.slack.dev/reference/block-kit/blocks */
const MAX_BLOCKS = 50;
const MAX_HEADER = 150;
const MAX_SECTION = 3_000;
/** Not documented; messages were refused at 13,200: https://github.com/slackapi/bolt-js/issues/2509 */
const MAX_MESSAGE = 12_000;
/** Of the text that notifications show; a message's blocks stand beside it. */
const MAX_TEXT = 1_000;
/** Changes that a message spells out for each alert; the rest is counted. */
const MAX_LISTED = 10;
/** A command that is longer would be cut, and pasted broken. */
const MAX_COMMAND = 600;
/** A scope's or a cluster's name may be anything. */
const MAX_NAME = 300;

export type Block =
  | { readonly type: 'header'; readonly text: { readonly type: 'plain_text'; readonly text: string } }
  | { readonly type: 'section'; readonly text: { readonly type: 'mrkdwn'; readonly text: string } }
  | { readonly type: 'context'; readonly elements: readonly { readonly type: 'mrkdwn'; readonly text: string }[] }
  | { readonly type: 'divider' };

export interface SlackMessage {
  /** Changes that it tells of. */
  readonly ids: readonly string[];
  /** JSON that the webhook takes. */
  readonly payload: { readonly text: string; readonly blocks: readonly Block[] };
}

const MARKS = {
  critical: ':red_circle:',
  high: ':large_orange_circle:',
  medium: ':large_yellow_circle:',
  low: ':large_blue_circle:',
  info: ':white_circle:',
} as const;
const OVER = ':white_check_mark:';

/** The most severe alerts come first. */
export function slackMessages(alerts: readonly Alert[]): readonly SlackMessage[] {
  const messages: Alert[][] = [];
  for (const alert of alerts) {
    const last = messages.at(-1);
    if (last && fits([...last, alert])) last.push(alert);
    else messages.push([alert]);
  }
  return messages.map(toMessage);
}

function fits(alerts: readonly Alert[]): boolean {
  const { text, blocks } = toMessage(alerts).payload;
  return blocks.length <= MAX_BLOCKS && text.length + JSON.stringify(blocks).length <= MAX_MESSAGE;
}

function toMessage(alerts: readonly Alert[]): SlackMessage {
  const header: Block = { type: 'header', text: { type: 'plain_text', text: titleOf(alerts) } };
  const text = escapeMarkup(cutTo(MAX_TEXT, [titleOf(alerts), ...alerts.map(subjectOf)].join('\n')));
  return { ids: alerts.flatMap(idsOf), payload: { text, blocks: [header, ...alerts.flatMap(blocksOf)] } };
}

/** `IPv6 policy: 3 new, 1 resolved` */
function titleOf(alerts: readonly Alert[]): string {
  const counts = new Map<string, number>();
  for (const { changes, attributes } of alerts) {
    counts.set(attributes.state, (counts.get(attributes.state) ?? 0) + changes.length);
  }
  const listed = [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  return cutTo(MAX_HEADER, `IPv6 policy: ${listed}`);
}

function blocksOf(alert: Alert): readonly Block[] {
  const [{ finding, id }] = alert.changes;
  const foot = `<${finding.source.url}|Why> · id ${id}`;
  return [
    { type: 'divider' },
    { type: 'section', text: { type: 'mrkdwn', text: sectionOf(alert) } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: foot }] },
  ];
}

function sectionOf(alert: Alert): string {
  const { changes, attributes } = alert;
  const { severity, state } = attributes;
  const mark = state === 'resolved' ? OVER : MARKS[severity];
  const head = `${mark} *${severity}* ${codeOf(changes[0].finding.rule)} *${state}*`;
  const where = escapeMarkup(`${cutTo(MAX_NAME, placeOf(alert))}${cutTo(MAX_NAME, scopeNote(alert))}`);
  const fix = fixOf(alert);
  const room = MAX_SECTION - head.length - where.length - fix.length - 2;
  return `${head}\n${where}\n${listOf(changes.map(sentenceOf), { room, most: MAX_LISTED })}${fix}`;
}

/** The first command that mends something, whole or not at all. */
function fixOf({ changes, attributes: { state } }: Alert): string {
  const commands = changes.flatMap(({ finding }) => finding.fix).map(escapeMarkup);
  const fitting = commands.find((command) => command.length <= MAX_COMMAND && !command.includes('```'));
  if (state === 'resolved' || fitting === undefined) return '';
  const others = commands.length === 1 ? '' : ` (1 of ${String(commands.length)} commands)`;
  return `\nFix${others}:\n\`\`\`${fitting}\`\`\``;
}
