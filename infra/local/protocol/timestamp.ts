import type { TimestampFormat } from './shape';

const MILLISECONDS = 1000;

export function formatTimestamp(date: Date, format: TimestampFormat): string | number {
  switch (format) {
    case 'date-time':
      return date.toISOString();
    case 'http-date':
      return date.toUTCString();
    case 'epoch-seconds':
      return date.getTime() / MILLISECONDS;
  }
}

const EPOCH_SECONDS = /^-?\d+(\.\d+)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Rounds, as a fraction of a second is rarely exact in binary. */
function fromSeconds(seconds: number): Date {
  return new Date(Math.round(seconds * MILLISECONDS));
}

function parseText(text: string): Date | undefined {
  if (EPOCH_SECONDS.test(text)) return fromSeconds(Number(text));
  return DATE_TIME.test(text) || HTTP_DATE.test(text) ? new Date(text) : undefined;
}

/** A time in any of the three formats, as clients of the query protocols mix them; undefined for anything else. */
export function parseTimestamp(value: unknown): Date | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const date = typeof value === 'number' ? fromSeconds(value) : parseText(value);
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
