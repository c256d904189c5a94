/** An alert as text: what e-mail subscribers read. */
import { shortName } from '../trigger/arn';
import { placeOf, scopeNote, sentenceOf, type Alert } from './alert';

/** Printable ASCII, less than 100 characters: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_SUBJECT = 99;
const UNPRINTABLE = /[^\x20-\x7E]/g;
/** A message may have 256 KiB, attributes included, and a character four bytes. */
const MAX_BODY = 60_000;
const CUT = '...';
/** Changes that a message spells out; the rest is counted. */
const MAX_LISTED = 20;

/** `[critical] instance-without-primary-ipv6 new: instance/i-0abc and 2 more` */
export function subjectOf({ changes, attributes: { severity, state } }: Alert): string {
  const [{ finding }, ...others] = changes;
  const head = `[${severity}] ${finding.rule} ${state}: `;
  const rest = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  const room = Math.max(0, MAX_SUBJECT - head.length - rest.length);
  return `${head}${cutTo(room, shortName(finding.resource))}${rest}`.slice(0, MAX_SUBJECT).replaceAll(UNPRINTABLE, '?');
}

/** With `...` at the end where something is missing. */
export function cutTo(length: number, text: string): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - CUT.length))}${CUT}`;
}

/** What is wrong or over, where, since when, and how to mend it. */
export function bodyOf(alert: Alert): string {
  const { changes, attributes } = alert;
  const [{ finding, id }] = changes;
  const { severity, state } = attributes;
  const head = `${finding.rule}: ${state} in ${placeOf(alert)}${scopeNote(alert)}, severity ${severity}`;
  const listed = changes
    .slice(0, MAX_LISTED)
    .flatMap((change) => [
      `- ${sentenceOf(change)}`,
      `  ${change.finding.resource} (since ${change.firstSeenAt})`,
      ...(state === 'resolved' ? [] : change.finding.fix.map((command) => `  fix: ${command}`)),
    ]);
  const rest = changes.length > MAX_LISTED ? [`... and ${String(changes.length - MAX_LISTED)} more`] : [];
  const foot = ['', `Why: ${finding.source.url}`, `Id: ${id}`];
  return [cutTo(MAX_BODY, [head, '', ...listed, ...rest].join('\n')), ...foot].join('\n');
}
