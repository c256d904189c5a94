/**
 * An alert in the schema of custom notifications, as Amazon Q Developer in chat applications reads it off a topic:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
import { createHash } from 'node:crypto';
import { idsOf, placeOf, scopeNote, sentenceOf, type Alert } from './alert';
import { cutTo, subjectOf } from './plain-text';
import { listOf } from './slack/lines';
import { escapeMarkup } from './slack/markup';

/** Limits of the schema, in characters; it says no number of steps and keywords. */
const MAX_TITLE = 250;
const MAX_DESCRIPTION = 8_000;
const MAX_STEP = 350;
const MAX_KEYWORD = 75;
const MAX_STEPS = 5;
/** Changes that a notification spells out; the rest is counted. */
const MAX_LISTED = 20;
const THREAD_ID_LENGTH = 32;

/** The message's JSON text. */
export function chatNotification(alert: Alert): string {
  const { attributes } = alert;
  const { severity, rule, cluster, scope, state } = attributes;
  const [id] = idsOf(alert);
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: cutTo(MAX_TITLE, escapeMarkup(subjectOf(alert))),
      description: descriptionOf(alert),
      nextSteps: stepsOf(alert),
      keywords: [severity, state, ...rule].map((word) => cutTo(MAX_KEYWORD, word)),
    },
    metadata: {
      threadId: threadOf(alert),
      summary: cutTo(MAX_TITLE, escapeMarkup(subjectOf(alert))),
      additionalContext: { severity, rule: rule.join(' '), cluster: cluster.join(' '), scope, state },
    },
  });
}

function descriptionOf(alert: Alert): string {
  const { changes } = alert;
  const head = escapeMarkup(`${placeOf(alert)}${scopeNote(alert)}`);
  const foot = `<${changes[0].finding.source.url}|Why>`;
  const room = MAX_DESCRIPTION - head.length - foot.length - 2;
  return [head, listOf(changes.map(sentenceOf), { room, most: MAX_LISTED }), foot].join('\n');
}

/** Commands that are too long to be shown whole would be pasted broken. */
function stepsOf({ changes, attributes: { state } }: Alert): readonly string[] {
  if (state === 'resolved') return [];
  const commands = changes.flatMap(({ finding }) => finding.fix).map(escapeMarkup);
  return commands.filter((command) => command.length <= MAX_STEP).slice(0, MAX_STEPS);
}

/** Where the end of something is told in the thread of its beginning, if the channel keeps threads. */
function threadOf({ attributes: { rule, scope, cluster } }: Alert): string {
  const text = JSON.stringify([rule, scope, cluster]);
  return createHash('sha256').update(text).digest('hex').slice(0, THREAD_ID_LENGTH);
}
