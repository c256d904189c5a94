/** The policy in force, with everything filled in and where it comes from. */
import { stringify } from 'yaml';
import { effectivePolicy, type EffectivePolicy } from '../../policy/effective-policy';
import { rules } from '../../rules/registry';
import type { NamedPolicy } from './read-policy';

const BUILT_IN = 'built-in';
/** Where the remarks begin, if there is room. */
const REMARK_COLUMN = 64;

type Path = readonly string[];

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function isListOfMaps(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every(isMap);
}

/** Where a value comes from that is worked out from another key. */
function writtenPath(path: Path, named: NamedPolicy): Path {
  if (named.writtenAt(path)) return path;
  const [top, name = '', key] = path;
  if (top === 'scopes' && key === 'mode') return ['mode'];
  return top === 'facts' && key === 'value' ? ['facts', name, 'add'] : path;
}

function originOf(path: Path, named: NamedPolicy): string {
  const written = named.writtenAt(writtenPath(path, named));
  if (!written) return BUILT_IN;
  const { place, line, column } = written;
  return [place, line, column].filter((part) => part !== undefined).join(':');
}

/** In one line. */
function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}

interface Layout {
  readonly named: NamedPolicy;
  readonly indent: string;
  readonly path: Path;
}

function leaf(key: string, value: unknown, { named, indent, path }: Layout): string {
  const text = `${indent}${key}: ${inline(value)}`;
  return `${text.padEnd(REMARK_COLUMN - 1)} # ${originOf([...path, key], named)}`;
}

function itemLines(items: readonly object[], { named, indent, path }: Layout): readonly string[] {
  return items.flatMap((item, index) => {
    const [first = '', ...rest] = mapLines(item, { named, indent: `${indent}  `, path: [...path, String(index)] });
    return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
  });
}

/** Most rules have none. */
function isEmptyOptions(key: string, value: unknown): boolean {
  return key === 'options' && isMap(value) && Object.keys(value).length === 0;
}

function mapLines(map: object, layout: Layout): readonly string[] {
  const { named, indent, path } = layout;
  return Object.entries(map).flatMap(([key, value]: [string, unknown]) => {
    if (isEmptyOptions(key, value)) return [];
    const inside = { named, indent: `${indent}  `, path: [...path, key] };
    if (isListOfMaps(value) && key !== 'value') return [`${indent}${key}:`, ...itemLines(value, inside)];
    if (isMap(value) && Object.keys(value).length > 0 && key !== 'value') {
      return [`${indent}${key}:`, ...mapLines(value, inside)];
    }
    return [leaf(key, value, layout)];
  });
}

function header(named: NamedPolicy, policy: EffectivePolicy): readonly string[] {
  const facts = Object.keys(policy.facts);
  return [
    `# ${named.name}`,
    ...(facts.length === 0 ? [] : [`# facts that are not the built-in ones: ${facts.join(', ')}`]),
  ];
}

function origins(map: unknown, path: Path, named: NamedPolicy): readonly (readonly [string, string])[] {
  const isLeaf = !(isMap(map) || isListOfMaps(map)) || path.at(-1) === 'value' || Object.keys(map).length === 0;
  if (isLeaf) return [[path.join('.'), originOf(path, named)]];
  return Object.entries(map).flatMap(([key, value]) => origins(value, [...path, key], named));
}

/** YAML that is a policy of the same meaning; or JSON, with the origin of each value beside it. */
export function showPolicy(named: NamedPolicy, format: 'yaml' | 'json'): string {
  const policy = effectivePolicy(named.policy, rules);
  if (format === 'yaml')
    return [...header(named, policy), ...mapLines(policy, { named, indent: '', path: [] })].join('\n');
  const overriddenFacts = Object.keys(policy.facts);
  return JSON.stringify(
    { name: named.name, policy, overriddenFacts, origins: Object.fromEntries(origins(policy, [], named)) },
    null,
    2,
  );
}
