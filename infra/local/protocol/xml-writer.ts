/** Values by schema -> XML of a response, for both query protocols. */
import { expectList, expectObject, memberOf } from './behaviour-bug';
import type { ListShape, MapShape, Member, StructureShape } from './shape';
import { writeText } from './text-value';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Line ends and tabs as well: a parser would normalise them. */
const SPECIAL = /[&<>"\t\n\r\u0085\u2028]/g;
/** What no XML 1.0 document can carry, not even escaped: https://www.w3.org/TR/xml/#charsets */
// eslint-disable-next-line no-control-regex -- control characters are what is being replaced
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function escapeXml(text: string): string {
  const reference = (character: string): string => `&#x${character.charCodeAt(0).toString(16)};`;
  return text.replace(SPECIAL, (found) => ENTITIES[found] ?? reference(found)).replace(FORBIDDEN, '\ufffd');
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
      return xmlElement(name, escapeXml(writeText(shape, { value, path, timestampFormat: 'date-time' })));
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
