/** Random values that a schema admits, for properties of the codecs. */
import fc from 'fast-check';
import type { ListShape, MapShape, Member, Shape, StructureShape } from '../../../../infra/local/protocol/shape';

export interface ValueSettings {
  /** Text that the protocol can carry. */
  readonly text: fc.Arbitrary<string>;
  /** Query protocols have no way to say "empty". */
  readonly allowEmpty: boolean;
}

/** Structures below this depth have no further collections. */
const MAX_DEPTH = 4;

/** Not \ufffe and \uffff, no surrogates of their own, of the control characters only tab and line ends. */
// eslint-disable-next-line no-control-regex -- control characters are what is being kept out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Characters with a meaning in some protocol. */
const AWKWARD = ['\r', '\n', '\t', ' ', '&', '<', '>', '"', "'", '%', '+', ';', '=', ',', '{', '}', ':', '/', '\u2028'];

export const anyText = fc.string({ unit: fc.oneof(fc.constantFrom(...AWKWARD), anyCharacter()) });
// The SDK's XML parser takes text that is nothing but white space for the layout of the document.
export const xmlText = anyText.filter((text) => !NOT_XML.test(text) && (text === '' || text.trim() !== ''));
/** What fits into a header or a path. */
const plainText = fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/).filter((text) => !text.includes('"'));

function anyCharacter(): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
}

// From Node 22 on, the SDK's JSON parser takes a whole number beyond these for a bigint.
const isExact = (value: number): boolean => !Number.isInteger(value) || Number.isSafeInteger(value);
const numbers = fc.oneof(
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (value === 0 ? 0 : value))
    .filter(isExact),
);
const times = fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
const wholeSeconds = times.map((time) => new Date(Math.floor(time.getTime() / 1000) * 1000));
const blobs = fc.uint8Array({ maxLength: 20 });
const documents = fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null);

function scalar(shape: Shape, { text }: ValueSettings): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'number':
      return numbers;
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return shape.format === 'http-date' ? wholeSeconds : times;
    case 'blob':
      return blobs;
    case 'document':
      return documents.map((value): unknown =>
        JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
          typeof item === 'number' && !isExact(item) ? Math.sign(item) : item,
        ),
      );
    default:
      return text;
  }
}

/** Members in the address or the headers of a restJson1 request carry less. */
function memberValue({ shape, traits }: Member, settings: ValueSettings, depth: number): fc.Arbitrary<unknown> {
  if ('httpResponseCode' in traits) return fc.integer({ min: 200, max: 203 });
  const narrow = ['httpLabel', 'httpHeader'].some((trait) => trait in traits);
  if ('httpQuery' in traits) return valueOf(shape, { ...settings, allowEmpty: false }, depth);
  if (shape.kind === 'timestamp' && 'httpHeader' in traits) return wholeSeconds;
  if ('httpPayload' in traits && shape.kind === 'blob') return fc.uint8Array({ minLength: 1, maxLength: 20 });
  return valueOf(shape, narrow ? { ...settings, text: plainText } : settings, depth);
}

/** The SDK fills in the first; a response without the others is read as having them. */
const ALWAYS = ['idempotencyToken', 'httpPayload', 'httpResponseCode'];

function union({ members }: StructureShape, settings: ValueSettings, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    ...members.map((member) => memberValue(member, settings, depth).map((value) => ({ [member.name]: value }))),
  );
}

function structure(shape: StructureShape, settings: ValueSettings, depth: number): fc.Arbitrary<unknown> {
  if (shape.union) return union(shape, settings, depth);
  const always = ({ required, traits }: Member): boolean => required || ALWAYS.some((trait) => trait in traits);
  const isScalar = ({ shape: { kind } }: Member): boolean => !['structure', 'list', 'map'].includes(kind);
  const shown = shape.members.filter((member) => always(member) || depth < MAX_DEPTH || isScalar(member));
  const entries = shown.map((member) => {
    const value = memberValue(member, settings, depth + 1);
    return [member.name, always(member) ? value : fc.option(value, { nil: undefined, freq: 2 })] as const;
  });
  return fc
    .record(Object.fromEntries(entries))
    .map(withoutUndefined)
    .filter((value) => settings.allowEmpty || !isEmpty(value) || shown.length === 0);
}

function list({ element }: ListShape, settings: ValueSettings, depth: number): fc.Arbitrary<unknown> {
  const value = memberValue(element, settings, depth);
  return fc.array(value, { minLength: settings.allowEmpty ? 0 : 1, maxLength: 3 });
}

function map(shape: MapShape, settings: ValueSettings, depth: number): fc.Arbitrary<unknown> {
  const value = memberValue(shape.value, settings, depth);
  return fc.dictionary(settings.text, value, {
    minKeys: settings.allowEmpty ? 0 : 1,
    maxKeys: 3,
    noNullPrototype: true,
  });
}

export function valueOf(shape: Shape, settings: ValueSettings, depth = 0): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'structure':
      return structure(shape, settings, depth);
    case 'list':
      return list(shape, settings, depth);
    case 'map':
      return map(shape, settings, depth);
    default:
      return scalar(shape, settings);
  }
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && Object.keys(value).length === 0;
}

/** One spelling for what differs in name only: bytes as base64, streams drained, and nothing that is undefined. */
export function comparable(value: unknown, keepEmpty: boolean): unknown {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('base64')}`;
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => comparable(item, keepEmpty));
  const entries = Object.entries(value)
    .map(([name, item]) => [name, comparable(item, keepEmpty)] as const)
    .filter(([name, item]) => name !== '$metadata' && item !== undefined && (keepEmpty || !isEmpty(item)));
  return Object.fromEntries(entries);
}
