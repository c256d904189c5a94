/** Reads a weather file (YAML or JSON) and says everything that is wrong with it, each with its line. */
import * as v from 'valibot';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { matchesPattern } from '../iam/wildcard';
import type { ServiceDefinition } from '../kernel/operation';
import { forecastSchema, KEYS_OF_FAULTS, PARTIAL_ACTIONS, type WrittenForecast } from './forecast-schema';
import { partialActions } from './partial-failure';
import type { Forecast } from './weather';

/** A weather file that cannot be followed; the message has a line for each fault. */
class ForecastError extends Error {
  override readonly name = 'ForecastError';
}

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

interface Source {
  /** Shown in messages. */
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** @throws ForecastError */
export function parseForecast(file: string, text: string, services: readonly ServiceDefinition[]): Forecast {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: '1.2' });
  const [broken] = document.errors;
  if (broken) {
    const at = broken.linePos?.[0].line;
    throw new ForecastError(`weather ${file}${at === undefined ? '' : `:${String(at)}`}: ${firstLine(broken.message)}`);
  }
  const content: unknown = document.toJS();
  const checked = v.safeParse(forecastSchema, Array.isArray(content) ? undefined : content);
  const faults = checked.success ? meaningless(checked.output, services) : checked.issues.map(toFault);
  if (!checked.success || faults.length > 0) {
    throw new ForecastError(faults.map((fault) => spell(fault, { file, document, lines })).join('\n'));
  }
  return checked.output;
}

const firstLine = (message: string): string => message.split('\n')[0] ?? message;

function toFault(issue: v.BaseIssue<unknown>): Fault {
  const path = (issue.path ?? []).map((step) => String(step.key));
  if (path.length === 0) return { path, message: 'must be a map that begins with version: 1' };
  if (issue.type === 'strict_object' && issue.expected === 'never') return { path, message: unknownKey(path) };
  if (issue.type === 'strict_object' && issue.received === 'undefined') return { path, message: 'is missing' };
  return { path, message: `${issue.message}; found ${issue.received}` };
}

const { calls, events, pages } = forecastSchema.entries;
const ENTRIES: Readonly<Record<string, object>> = {
  calls: calls.wrapped.item.entries,
  events: events.wrapped.item.entries,
  pages: pages.wrapped.entries,
};

function unknownKey(path: readonly string[]): string {
  const [section = ''] = path;
  const allowed = path.length === 1 ? forecastSchema.entries : (ENTRIES[section] ?? {});
  return `is no key of a weather file; allowed here: ${Object.keys(allowed).join(', ')}`;
}

/** What is well written and would never strike. */
function meaningless(forecast: WrittenForecast, services: readonly ServiceDefinition[]): readonly Fault[] {
  const actions = services.flatMap(({ iamPrefix, operations, forwarding }) =>
    [...Object.keys(operations), ...(forwarding?.operations ?? [])].map((name) => `${iamPrefix}:${name}`),
  );
  return [
    ...forecast.calls.flatMap((rule, index) => [
      ...strayKeys(rule, ['calls', String(index)]),
      ...unmatched(rule, ['calls', String(index), 'match'], actions),
    ]),
    ...forecast.events.flatMap((rule, index) => strayKeys(rule, ['events', String(index)])),
  ];
}

function strayKeys(rule: { readonly fault: string }, path: readonly string[]): readonly Fault[] {
  return Object.keys(rule).flatMap((key) => {
    const faults = KEYS_OF_FAULTS[key];
    if (!faults || faults.includes(rule.fault)) return [];
    return [{ path: [...path, key], message: `means nothing for ${rule.fault}, only for ${faults.join(', ')}` }];
  });
}

function unmatched(
  { match, fault }: WrittenForecast['calls'][number],
  path: readonly string[],
  actions: readonly string[],
): readonly Fault[] {
  if (fault === 'partial' && !partialActions.some((action) => matchesPattern(match, action))) {
    return [{ path, message: `"${match}" is no batch that fails in part; those are ${PARTIAL_ACTIONS}` }];
  }
  if (actions.some((action) => matchesPattern(match, action))) return [];
  const prefixes = [...new Set(actions.map((action) => action.split(':')[0]))].join(', ');
  return [{ path, message: `"${match}" fits no operation of the local account; its services are ${prefixes}` }];
}

/** `weather FILE:line: path message` */
function spell({ path, message }: Fault, { file, document, lines }: Source): string {
  const line = lineOf(path, document, lines);
  const place = path
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
  return `weather ${file}${line === undefined ? '' : `:${String(line)}`}: ${place === '' ? '' : `${place} `}${message}`;
}

/** Of the value, or of the closest thing around it that is written down. */
function lineOf(path: readonly string[], document: Document, lines: LineCounter): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}
