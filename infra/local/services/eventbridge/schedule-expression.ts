/** When something runs again and again: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
import { parseCron } from './cron-expression';

export interface Schedule {
  /** The first run after this time; `since` is when the schedule began. undefined if there is none any more. */
  next(since: Date, after: Date): Date | undefined;
}

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(5 minutes)` or `cron(0 18 ? * MON-FRI *)`; undefined if it is neither. */
export function parseSchedule(text: string): Schedule | undefined {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'rate') return parseRate(content);
  const cron = kind === 'cron' ? parseCron(content) : undefined;
  return cron && { next: (_, after) => cron.next(after) };
}

/** The unit is singular for one and plural for more. */
function parseRate(text: string): Schedule | undefined {
  const [, count = '', unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') return undefined;
  if ((count === '1') === (plural === 's')) return undefined;
  const interval = Number(count) * UNIT_MS[unit];
  return {
    next(since, after) {
      const runs = Math.floor((after.getTime() - since.getTime()) / interval) + 1;
      return new Date(since.getTime() + runs * interval);
    },
  };
}
