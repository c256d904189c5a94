/**
 * Values by schema -> XML of a response, for both query protocols. Written for pages of megabytes: the parts are
 * joined once, at the end, and places are told only when something is wrong.
 */
import { expectList, expectObject, memberOf, placed } from './behaviour-bug';
import type { MapShape, Member, StructureShape } from './shape';
import { writeText } from './text-value';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Line ends and tabs as well: a parser would normalise them. */
const SPECIAL = /[&<>"\t\n\r\u0085\u2028]/g;
/** What no XML 1.0 document can carry, not even escaped: https://www.w3.org/TR/xml/#charsets */
// eslint-disable-next-line no-control-regex -- control characters are what is being replaced
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function reference(character: string): string {
  return ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
}

export function escapeXml(text: string): string {
  return text.replace(SPECIAL, reference).replace(FORBIDDEN, '\ufffd');
}

export function xmlElement(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

export function writeXmlStructure(shape: StructureShape, value: unknown): string {
  const parts: string[] = [];
  writeMembers(shape, value, parts);
  return parts.join('');
}

function writeMembers(shape: StructureShape, value: unknown, parts: string[]): void {
  const fields = expectObject(value);
  for (const name of Object.keys(fields)) {
    const item = fields[name];
    const member = memberOf(shape, name);
    if (item === undefined) continue;
    try {
      writeMember(member, item, parts);
    } catch (error) {
      throw placed(error, name);
    }
  }
}

function writeMember(member: Member, value: unknown, parts: string[]): void {
  const { shape, xmlName } = member;
  const flat = 'xmlFlattened' in member.traits;
  if (flat && shape.kind === 'list') writeItems({ ...shape.element, xmlName }, value, parts);
  else if (flat && shape.kind === 'map') writeEntries(shape, value, { parts, name: xmlName });
  else writeElement(member, value, parts);
}

function writeElement({ xmlName, shape }: Member, value: unknown, parts: string[]): void {
  switch (shape.kind) {
    case 'structure':
      writeAround(xmlName, parts, () => writeMembers(shape, value, parts));
      return;
    case 'list':
      writeAround(xmlName, parts, () => writeItems(shape.element, value, parts));
      return;
    case 'map':
      writeAround(xmlName, parts, () => writeEntries(shape, value, { parts, name: 'entry' }));
      return;
    default:
      parts.push(xmlElement(xmlName, escapeXml(writeText(shape, value, 'date-time'))));
  }
}

function writeAround(name: string, parts: string[], writeInside: () => void): void {
  const start = parts.push(`<${name}>`);
  writeInside();
  if (parts.length === start) parts[start - 1] = `<${name}/>`;
  else parts.push(`</${name}>`);
}

function writeItems(element: Member, value: unknown, parts: string[]): void {
  for (const [index, item] of expectList(value).entries()) {
    try {
      writeElement(element, item, parts);
    } catch (error) {
      throw placed(error, String(index));
    }
  }
}

interface Entries {
  readonly parts: string[];
  /** Of the element around key and value. */
  readonly name: string;
}

function writeEntries(map: MapShape, value: unknown, { parts, name }: Entries): void {
  const entries = expectObject(value);
  for (const key of Object.keys(entries)) {
    if (entries[key] === undefined) continue;
    try {
      writeAround(name, parts, () => {
        writeMember(map.key, key, parts);
        writeMember(map.value, entries[key], parts);
      });
    } catch (error) {
      throw placed(error, key);
    }
  }
}
