/** Values by schema -> XML of a response, for both query protocols. */
import { BehaviourBug, expectBoolean, expectBytes, expectDate, expectNumber, expectString } from './behaviour-bug';
import { expectList, expectObject, memberOf } from './behaviour-bug';
import type { ListShape, MapShape, Member, StructureShape } from './shape';
import { formatTimestamp } from './timestamp';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// Line ends and tabs would be normalised by a parser; other control characters have no place in XML 1.0.
// eslint-disable-next-line no-control-regex -- control characters are what is being escaped
const SPECIAL = /[&<>"\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g;

export function escapeXml(text: string): string {
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);
}

export function xmlElement(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

function nameOf(member: Member): string {
  return typeof member.traits['xmlName'] === 'string' ? member.traits['xmlName'] : member.name;
}

export function writeXmlStructure(shape: StructureShape, value: unknown, path = shape.name): string {
  let xml = '';
  for (const [name, item] of Object.entries(expectObject(value, path))) {
    const member = memberOf(shape, name, path);
    if (item !== undefined) xml += writeXmlMember(member, item, `${path}.${name}`);
  }
  return xml;
}

function writeXmlMember(member: Member, value: unknown, path: string): string {
  const { shape } = member;
  const name = nameOf(member);
  switch (shape.kind) {
    case 'structure':
      return xmlElement(name, writeXmlStructure(shape, value, path));
    case 'list':
      return writeList(member, shape, { value, path });
    case 'map':
      return writeMap(member, shape, { value, path });
    default:
      return xmlElement(name, writeScalar(member, value, path));
  }
}

interface Placed {
  readonly value: unknown;
  readonly path: string;
}

function writeList(member: Member, list: ListShape, { value, path }: Placed): string {
  const flat = 'xmlFlattened' in member.traits;
  const element = flat
    ? { ...list.element, traits: { ...list.element.traits, xmlName: nameOf(member) } }
    : list.element;
  const items = expectList(value, path)
    .map((item) => writeXmlMember(element, item, `${path}[]`))
    .join('');
  return flat ? items : xmlElement(nameOf(member), items);
}

function writeMap(member: Member, map: MapShape, { value, path }: Placed): string {
  const flat = 'xmlFlattened' in member.traits;
  const entries = Object.entries(expectObject(value, path))
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => {
      const content = writeXmlMember(map.key, key, path) + writeXmlMember(map.value, item, `${path}.${key}`);
      return xmlElement(flat ? nameOf(member) : 'entry', content);
    })
    .join('');
  return flat ? entries : xmlElement(nameOf(member), entries);
}

function writeScalar({ shape }: Member, value: unknown, path: string): string {
  switch (shape.kind) {
    case 'string':
      return escapeXml(expectString(value, path));
    case 'boolean':
      return String(expectBoolean(value, path));
    case 'number':
      return String(expectNumber(value, path));
    case 'timestamp':
      return String(formatTimestamp(expectDate(value, path), shape.format ?? 'date-time'));
    case 'blob':
      return Buffer.from(expectBytes(value, path)).toString('base64');
    default:
      throw new BehaviourBug(path, `cannot be written as ${shape.kind}`);
  }
}
