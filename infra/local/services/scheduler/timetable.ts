/** When a schedule runs: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
import { parseSchedule, type Schedule } from '../eventbridge/schedule-expression';
import { invalid } from './scheduler-error';

export type Timetable = Schedule;

/** One run, at a given second. */
function parseAt(text: string): Timetable | undefined {
  const [, moment] = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(text) ?? [];
  const at = new Date(`${moment ?? ''}Z`);
  if (Number.isNaN(at.getTime())) return undefined;
  return { next: (_, after) => (at > after ? at : undefined) };
}

/** @throws ApiError ValidationException for what is no expression, or not in UTC: other zones are not simulated */
export function timetableOf(expression: string, timezone: string): Timetable {
  if (timezone !== 'UTC') throw invalid(`The time zone ${timezone} is not simulated: only UTC is.`);
  const timetable = parseAt(expression) ?? parseSchedule(expression);
  if (timetable) return timetable;
  throw invalid(`Invalid Schedule Expression ${expression}.`);
}
