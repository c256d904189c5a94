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

/** undefined for text that is no time. */
export function parseTimestamp(value: unknown): Date | undefined {
  const date = typeof value === 'number' ? new Date(value * MILLISECONDS) : parseText(value);
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

function parseText(value: unknown): Date | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return new Date(/^-?\d+(\.\d+)?$/.test(value) ? Number(value) * MILLISECONDS : value);
}
