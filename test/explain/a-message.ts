/** Messages as people meet them: other ids, regions and addresses, and the text around them that programs add. */
import fc from 'fast-check';

const hex = (length: number) =>
  fc
    .array(
      fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16)),
      { minLength: length, maxLength: length },
    )
    .map((digits) => digits.join(''));
const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const byte = fc.integer({ min: 1, max: 254 });
const part = fc.integer({ min: 1, max: 0xffff }).map((value) => value.toString(16));
const name = fc.constantFrom('web', 'checkout-api', 'team_payments', 'a1', 'orders-v2-blue');

export interface Things {
  readonly region: string;
  readonly account: string;
  readonly instance: string;
  readonly other: string;
  readonly task: string;
  readonly cluster: string;
  readonly service: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly nat64: string;
  readonly port: string;
  readonly group: string;
}

/** What differs from one account to the next. */
export const things: fc.Arbitrary<Things> = fc
  .record({
    region: fc.constantFrom(
      'eu-west-2',
      'us-east-1',
      'ap-southeast-4',
      'us-gov-west-1',
      'il-central-1',
      'ap-northeast-3',
    ),
    account: digits(12),
    instance: fc.oneof(hex(17), hex(8)).map((id) => `i-${id}`),
    other: hex(17).map((id) => `i-${id}`),
    task: hex(32),
    cluster: name,
    service: name,
    ipv4: fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.')),
    ipv6: fc.oneof(
      fc.tuple(part, part).map(([first, last]) => `2600:1f18:${first}::${last}`),
      fc.array(part, { minLength: 6, maxLength: 6 }).map((parts) => `2a05:d018:${parts.join(':')}`),
    ),
    nat64: fc.tuple(part, part).map(([high, low]) => `64:ff9b::${high}:${low}`),
    port: fc.integer({ min: 1, max: 65_535 }).map(String),
    suffix: hex(16),
  })
  .map(({ suffix, ...rest }) => ({
    ...rest,
    group: `arn:aws:elasticloadbalancing:${rest.region}:${rest.account}:targetgroup/${rest.service.replaceAll('_', '-')}/${suffix}`,
  }));

/** A line break wherever a narrow window puts it, in the middle of a word, too. */
function wrappedAt(text: string, width: number): string {
  const count = Math.ceil(text.length / width);
  return Array.from({ length: count }, (_, index) => text.slice(index * width, (index + 1) * width)).join('\n');
}

const atSpaces = (text: string, prefix: string): string =>
  text
    .split(' ')
    .map((word, index) => (index % 7 === 6 ? `${word}\n${prefix}` : `${word} `))
    .join('');

const STACK = `
    at throwDefaultError (/var/task/node_modules/@smithy/smithy-client/dist-cjs/index.js:867:20)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;

/** Each keeps the message and changes everything else. */
const surroundings: readonly ((message: string) => string)[] = [
  (message) => message,
  (message) =>
    `An error occurred (${message.split(':')[0] ?? ''}) when calling the RegisterTargets operation: ${message}`,
  (message) => `2026-11-22T09:13:54.120Z\t4c1f-aa\tERROR\t${message}${STACK}`,
  (message) => `[2026-11-22 09:13:54,120] [WARN] worker: ${message}\n[2026-11-22 09:13:55,001] [INFO] next`,
  (message) => JSON.stringify({ detail: { stoppedReason: message, lastStatus: 'STOPPED' } }),
  (message) => JSON.stringify({ Records: [{ body: JSON.stringify({ detail: { stoppedReason: message } }) }] }),
  (message) => JSON.stringify(JSON.stringify(JSON.stringify({ message }))),
  (message) => wrappedAt(message, 37),
  (message) => wrappedAt(`  stoppedReason: ${message}`, 80),
  (message) => `web-1  | ${atSpaces(message, 'web-1  | ')}`,
  (message) => atSpaces(`2026-11-22T09:13:54Z [ERROR] ${message}`, '2026-11-22T09:13:54Z [ERROR] '),
  (message) => `\u001b[31mError:\u001b[0m ${message.replaceAll('"', '&quot;')}`,
  (message) => message.toUpperCase(),
  (message) => message.replaceAll("'", '’').replaceAll('"', '“').replaceAll(' ', '\u00a0'),
  (message) => `> ${atSpaces(message, '> ')}`,
  (message) => `level=error time=2026-11-22T09:13:54Z msg="${message.replaceAll('"', String.raw`\"`)}" module=engine`,
  (message) => `${'filler line that says nothing\n'.repeat(150)}${message}\n${'more of it\n'.repeat(100)}`,
];

/** The message with things of its own, somewhere in a text of its own. */
export function mutations(message: (named: Things) => string): fc.Arbitrary<string> {
  return fc.tuple(things, fc.constantFrom(...surroundings)).map(([named, surround]) => surround(message(named)));
}

export const surroundingCount = surroundings.length;
