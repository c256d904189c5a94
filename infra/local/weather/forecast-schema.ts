/** The weather file as people write it. */
import * as v from 'valibot';
import { callFaults, errorStatuses, moments } from './call-rule';
import { eventFaults } from './event-rule';
import { partialActions } from './partial-failure';

const MAX_SECONDS = 7 * 24 * 3_600;

const text = v.pipe(v.string('must be text'), v.minLength(1, 'is empty'));
const whole = (min: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${String(min)}`),
  );
const seconds = v.pipe(whole(1), v.maxValue(MAX_SECONDS, `must be at most ${String(MAX_SECONDS)}`));
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  v.picklist(values, `must be one of ${values.join(', ')}`);

const selection = {
  nth: v.optional(
    v.lazy((written) =>
      Array.isArray(written) ? v.pipe(v.array(whole(1)), v.minLength(1, 'must name a number')) : whole(1),
    ),
  ),
  probability: v.optional(
    v.pipe(v.number('must be a number'), v.minValue(0, 'must be at least 0'), v.maxValue(1, 'must be at most 1')),
  ),
  times: v.optional(whole(1)),
};

const call = v.strictObject({
  match: v.pipe(text, v.regex(/^([^:]+:[^:]+|\*)$/, 'must be service:Operation, for example "ecs:Describe*"')),
  caller: v.optional(text),
  fault: oneOf(callFaults),
  when: v.optional(oneOf(moments)),
  status: v.optional(v.picklist(errorStatuses, `must be one of ${errorStatuses.join(', ')}`)),
  items: v.optional(whole(1)),
  reason: v.optional(text),
  ...selection,
});

const event = v.strictObject({
  source: v.optional(text),
  detailType: v.optional(text),
  fault: oneOf(eventFaults),
  seconds: v.optional(seconds),
  ...selection,
});

const pages = v.strictObject({
  lifetimeSeconds: v.optional(seconds),
  short: v.optional(v.boolean('must be true or false')),
  empty: v.optional(v.boolean('must be true or false')),
});

export const forecastSchema = v.strictObject({
  version: v.literal(1, 'must be 1'),
  seed: v.optional(v.pipe(v.union([text, v.number()], 'must be text or a number'), v.transform(String)), '0'),
  calls: v.optional(v.array(call, 'must be a list'), []),
  events: v.optional(v.array(event, 'must be a list'), []),
  pages: v.optional(pages, {}),
});

export type WrittenForecast = v.InferOutput<typeof forecastSchema>;

/** Keys that mean something for some faults only. */
export const KEYS_OF_FAULTS: Readonly<Record<string, readonly string[]>> = {
  when: ['error', 'timeout', 'reset', 'kill'],
  status: ['error'],
  items: ['partial'],
  reason: ['partial'],
  seconds: ['delay', 'disorder'],
};

export const PARTIAL_ACTIONS = partialActions.join(', ');
