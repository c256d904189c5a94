/** `cron(0 18 ? * MON-FRI *)`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */

interface Field {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const MINUTES: Field = { low: 0, high: 59 };
const HOURS: Field = { low: 0, high: 23 };
const DAYS_OF_MONTH: Field = { low: 1, high: 31 };
const MONTHS_OF_YEAR: Field = { low: 1, high: 12, names: MONTHS };
const DAYS_OF_WEEK: Field = { low: 1, high: 7, names: DAYS };
const YEARS: Field = { low: FIRST_YEAR, high: LAST_YEAR };

type Includes = (value: number) => boolean;

/** Whether the cron runs on this day (UTC). */
type RunsOn = (day: Date) => boolean;

export interface Cron {
  /** The first minute after this time, undefined if there is none any more. */
  next(after: Date): Date | undefined;
}

/** @param text the six fields. undefined if it is no cron expression. */
export function parseCron(text: string): Cron | undefined {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year, ...rest] = text.trim().split(/\s+/);
  if (year === undefined || rest.length > 0) return undefined;
  const isMinute = parseField(minutes, MINUTES);
  const isHour = parseField(hours, HOURS);
  const isMonth = parseField(month, MONTHS_OF_YEAR);
  const isYear = parseField(year, YEARS);
  const isDay = parseDay(dayOfMonth, dayOfWeek);
  if (!isMinute || !isHour || !isMonth || !isYear || !isDay) return undefined;
  const runsOn: RunsOn = (day) => isYear(day.getUTCFullYear()) && isMonth(day.getUTCMonth() + 1) && isDay(day);
  return { next: (after) => nextMinute(after, { runsOn, isHour, isMinute }) };
}

/** `*`, `5`, `1,15`, `MON-FRI`, `0/10`, `10-30/5` */
function parseField(text: string | undefined, field: Field): Includes | undefined {
  const parts = (text ?? '').split(',').map((part) => parsePart(part, field));
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? (value) => known.some((includes) => includes(value)) : undefined;
}

function parsePart(text: string, field: Field): Includes | undefined {
  const [, range = '', stepText] = /^([^/]+)(?:\/(\d+))?$/.exec(text) ?? [];
  const step = stepText === undefined ? undefined : Number(stepText);
  if (step === 0) return undefined;
  const [first, last] = rangeOf(range, field, step !== undefined);
  if (first === undefined || last === undefined || first > last) return undefined;
  return (value) => value >= first && value <= last && (value - first) % (step ?? 1) === 0;
}

function rangeOf(text: string, field: Field, isOpen: boolean): readonly [number | undefined, number | undefined] {
  if (text === '*') return [field.low, field.high];
  const [from = '', to, ...rest] = text.split('-');
  if (rest.length > 0) return [undefined, undefined];
  const first = valueOf(from, field);
  if (to !== undefined) return [first, valueOf(to, field)];
  return [first, isOpen ? field.high : first];
}

function valueOf(text: string, { low, high, names = [] }: Field): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  const value = index >= 0 ? index + low : /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : undefined;
}

/** One of the two is `?`: the other says which days. */
function parseDay(ofMonth: string | undefined, ofWeek: string | undefined): RunsOn | undefined {
  if (ofMonth === '?' && ofWeek !== '?') return parseDayOfWeek(ofWeek ?? '');
  return ofWeek === '?' ? parseDayOfMonth(ofMonth ?? '') : undefined;
}

function lastDayOf(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

function parseDayOfMonth(text: string): RunsOn | undefined {
  if (text === 'L') return (day) => day.getUTCDate() === lastDayOf(day);
  const weekday = /^(\d+)W$/.exec(text)?.[1];
  if (weekday !== undefined) {
    const wanted = valueOf(weekday, DAYS_OF_MONTH);
    return wanted === undefined ? undefined : (day) => day.getUTCDate() === nearestWeekday(day, wanted);
  }
  const includes = parseField(text, DAYS_OF_MONTH);
  return includes && ((day) => includes(day.getUTCDate()));
}

/** The Monday to Friday of the same month that is closest. */
function nearestWeekday(day: Date, wanted: number): number {
  const last = lastDayOf(day);
  const date = Math.min(wanted, last);
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (weekday === 6) return date > 1 ? date - 1 : date + 2;
  if (weekday === 0) return date < last ? date + 1 : date - 2;
  return date;
}

const DAYS_IN_WEEK = 7;

function parseDayOfWeek(text: string): RunsOn | undefined {
  const [, name, suffix, nth] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  const wanted = name === undefined ? undefined : valueOf(name, DAYS_OF_WEEK);
  if (wanted !== undefined && (suffix !== undefined || nth !== undefined)) {
    return (day) => {
      const date = day.getUTCDate();
      const isLast = date + DAYS_IN_WEEK > lastDayOf(day);
      const fits = suffix === undefined ? Math.ceil(date / DAYS_IN_WEEK) === Number(nth) : isLast;
      return day.getUTCDay() + 1 === wanted && fits;
    };
  }
  if (text === 'L') return (day) => day.getUTCDay() + 1 === DAYS_IN_WEEK;
  const includes = parseField(text, DAYS_OF_WEEK);
  return includes && ((day) => includes(day.getUTCDay() + 1));
}

interface Fields {
  readonly runsOn: RunsOn;
  readonly isHour: Includes;
  readonly isMinute: Includes;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function nextMinute(after: Date, { runsOn, isHour, isMinute }: Fields): Date | undefined {
  const end = Date.UTC(LAST_YEAR + 1, 0, 1);
  let time = (Math.floor(after.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  while (time < end) {
    const moment = new Date(time);
    if (!runsOn(moment)) time = (Math.floor(time / DAY_MS) + 1) * DAY_MS;
    else if (isHour(moment.getUTCHours()) && isMinute(moment.getUTCMinutes())) return moment;
    else time += MINUTE_MS;
  }
  return undefined;
}
