/** Reads a CloudFormation template from YAML, with the short forms of its functions (`!Ref`, `!Sub`, ...). */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type CollectionTag, type ScalarTag } from 'yaml';

/** Plain values as JSON has them; functions in their long form, e.g. `{ 'Fn::Sub': '...' }`. */
export type Value = string | number | boolean | null | readonly Value[] | Entries;
export interface Entries {
  readonly [key: string]: Value;
}

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const NAMES = [
  'Base64',
  'Cidr',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
];
const LOGIC = ['And', 'Equals', 'Not', 'Or'];

function longForm(tag: string, content: Value): Entries {
  if (tag === '!Ref') return { Ref: content };
  if (tag === '!Condition') return { Condition: content };
  // the one short form whose long form has another shape
  if (tag === '!GetAtt' && typeof content === 'string') {
    const dot = content.indexOf('.');
    return { 'Fn::GetAtt': [content.slice(0, dot), content.slice(dot + 1)] };
  }
  return { [`Fn::${tag.slice(1)}`]: content };
}

const tags = ['!Ref', '!Condition', ...[...NAMES, ...LOGIC].map((name) => `!${name}`)];

const scalarTags: ScalarTag[] = tags.map((tag) => ({ tag, resolve: (text) => longForm(tag, text) }));
const seqTags: CollectionTag[] = tags.map((tag) => ({
  tag,
  collection: 'seq',
  resolve: (node) => (isSeq(node) ? longForm(tag, toValue(node.toJSON())) : undefined),
}));
const mapTags: CollectionTag[] = tags.map((tag) => ({
  tag,
  collection: 'map',
  resolve: (node) => (isMap(node) ? longForm(tag, toValue(node.toJSON())) : undefined),
}));

export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);
export const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What YAML gives as a value of ours; dates and the like are not in a template. */
function toValue(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (isList(value)) return value.map(toValue);
  if (isEntries(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toValue(item)]));
  throw new TemplateError(`a ${typeof value} is no value of a template`);
}

/**
 * @param name shown in errors, e.g. the file's name
 * @throws TemplateError naming the line
 */
export function parseTemplate(text: string, name: string): Entries {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    customTags: [...scalarTags, ...seqTags, ...mapTags],
  });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw new TemplateError(`${name}:${String(error.linePos?.[0].line ?? 0)}: ${firstLine(error.message)}`);
  // tags that resolved to a plain value are values already; everything else still has to become one
  const content: unknown = plain(document.contents);
  if (!isEntries(content) || !isEntries(content['Resources'])) throw new TemplateError(`${name}: it has no Resources`);
  return content;
}

/** The parser adds the place, drawn over several lines. */
const firstLine = (message: string): string => message.split('\n')[0] ?? message;

function plain(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), plain(value)]),
    );
  }
  if (isSeq(node)) return node.items.map(plain);
  return isScalar(node) ? node.value : node;
}
