/** Brings back the message that was logged, quoted, coloured, escaped or wrapped on its way here. */

const ESC = '\u001b';
const COLOUR = new RegExp(String.raw`${ESC}\[[\d;]*[A-Za-z]`, 'g');

/** `2026-11-22T09:00:01.123Z`, `[2026-11-22 09:00:01,123]`, `Nov 22 09:00:01` */
const STAMP = String.raw`\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]?\d\d:\d\d:\d\d[\d.,:+Z-]*|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d)\]?`;
/** `web-1  |`, as compose prints it, and the bars of quoted mail and of drawn boxes. */
const BAR = String.raw`(?:[\w./-]{1,64}\s*)?[|>│]`;
const LEVEL = String.raw`\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\]?:?`;
/** What a logger puts before every line: it may stand in the middle of a message that was broken into lines. */
const PREFIX = new RegExp(String.raw`^\s*(?:(?:${STAMP}|${BAR})\s*)+(?:${LEVEL}\s)?`, 'gm');

const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&quot;|&#34;|&#x22;/gi, '"'],
  [/&#39;|&#x27;|&apos;/gi, "'"],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  [/&amp;/gi, '&'],
];

/** JSON in JSON doubles its backslashes: however many, they stand for one. */
const ESCAPES: readonly (readonly [RegExp, string | ((match: string, code: string) => string)])[] = [
  [/\\+u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))],
  [/\\+[nrt]/g, '\n'],
  [/\\+(?=["'/\\])/g, ''],
  [/%3A/gi, ':'],
  [/%2F/gi, '/'],
  [/%20/g, ' '],
];

/** The text as its author wrote it, in lines. */
export function plainText(text: string): string {
  let plain = text.replace(COLOUR, '');
  for (const [escape, meaning] of ESCAPES) {
    plain = typeof meaning === 'string' ? plain.replace(escape, meaning) : plain.replace(escape, meaning);
  }
  for (const [entity, meaning] of ENTITIES) plain = plain.replace(entity, meaning);
  return plain.replace(PREFIX, '');
}

/** What neither counts nor lasts: spaces, line breaks, quotes, backslashes, marks of no width. */
const IGNORED = /[\s"'`´‘’“”«»\\\u00ad\u200b-\u200d\ufeff]+/g;

/** Only what tells messages apart, so that wrapping, quoting and case do not count. */
export function squeezed(text: string): string {
  return text.replace(IGNORED, '').toLowerCase();
}
