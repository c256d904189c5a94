import { expect, test } from '@jest/globals';
import { formatTimestamp, parseTimestamp } from '../../../../infra/local/protocol/timestamp';

const time = new Date('2026-11-21T08:09:10.123Z');

test.each([
  ['date-time', '2026-11-21T08:09:10.123Z'],
  ['http-date', 'Sat, 21 Nov 2026 08:09:10 GMT'],
  ['epoch-seconds', 1795248550.123],
] as const)('%s', (format, text) => {
  expect(formatTimestamp(time, format)).toBe(text);
  const lossy = format === 'http-date';
  expect(parseTimestamp(text)).toEqual(lossy ? new Date('2026-11-21T08:09:10Z') : time);
});

test.each([
  ['2026-11-21T08:09:10Z', '2026-11-21T08:09:10.000Z'],
  ['2026-11-21T10:09:10+02:00', '2026-11-21T08:09:10.000Z'],
  ['1795248550', '2026-11-21T08:09:10.000Z'],
  [0, '1970-01-01T00:00:00.000Z'],
  // 1.001 * 1000 is a little less than 1001
  [1.001, '1970-01-01T00:00:01.001Z'],
])('%s is read', (text, iso) => {
  expect(parseTimestamp(text)?.toISOString()).toBe(iso);
});

test.each(['', 'yesterday', 'part 1', '2026-11-21', '2026-13-01T00:00:00Z', true, null, Number.NaN])(
  '%p is no time',
  (value) => {
    expect(parseTimestamp(value)).toBeUndefined();
  },
);
