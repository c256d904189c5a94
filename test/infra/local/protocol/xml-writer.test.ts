import { expect, test } from '@jest/globals';
import { readStructureShape } from '../../../../infra/local/protocol/shape';
import { escapeXml, writeXmlStructure, xmlElement } from '../../../../infra/local/protocol/xml-writer';

const structure = (members: Readonly<Record<string, unknown>>) =>
  readStructureShape([3, 'test', 'Thing', 0, Object.keys(members), Object.values(members)]);

test.each([
  ['a<b>&"c\'', "a&lt;b&gt;&amp;&quot;c'"],
  ['line\r\n\tend', 'line&#xd;&#xa;&#x9;end'],
  ['a\u0001b', 'a\ufffdb'],
  ['snow ☃ 🚀', 'snow ☃ 🚀'],
])('escapes %j', (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});

test('an empty element closes itself', () => {
  expect(xmlElement('reservationSet', '')).toBe('<reservationSet/>');
});

interface Row {
  readonly name: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly value: object;
  readonly xml: string;
}

const rows: readonly Row[] = [
  {
    name: 'a list wraps its items',
    members: { tags: 64 },
    value: { tags: ['a', 'b'] },
    xml: '<tags><member>a</member><member>b</member></tags>',
  },
  { name: 'an empty list is an empty element', members: { tags: 64 }, value: { tags: [] }, xml: '<tags/>' },
  {
    name: 'undefined is left out',
    members: { tags: 64, name: 0 },
    value: { tags: undefined, name: 'n' },
    xml: '<name>n</name>',
  },
  {
    name: 'items and members are renamed',
    members: { tags: [[1, 'test', 'Tags', 0, [0, { xmlName: 'item' }]], { xmlName: 'tagSet' }] },
    value: { tags: ['a'] },
    xml: '<tagSet><item>a</item></tagSet>',
  },
  {
    name: 'a flat list repeats its own name',
    members: { tags: [64, { xmlFlattened: 1, xmlName: 'tag' }] },
    value: { tags: ['a', 'b'] },
    xml: '<tag>a</tag><tag>b</tag>',
  },
  {
    name: 'a map is entries',
    members: { labels: 128 },
    value: { labels: { a: 'b' } },
    xml: '<labels><entry><key>a</key><value>b</value></entry></labels>',
  },
  {
    name: 'a flat map repeats its own name',
    members: {
      labels: [[2, 'test', 'Labels', 0, [0, { xmlName: 'Name' }], [0, { xmlName: 'Value' }]], { xmlFlattened: 1 }],
    },
    value: { labels: { a: 'b' } },
    xml: '<labels><Name>a</Name><Value>b</Value></labels>',
  },
  {
    name: 'scalars',
    members: { number: 1, flag: 2, time: 4, second: 7, bytes: 21 },
    value: { number: 1.5, flag: false, time: new Date(0), second: new Date(1500), bytes: Buffer.from('hi') },
    xml: '<number>1.5</number><flag>false</flag><time>1970-01-01T00:00:00.000Z</time><second>1.5</second><bytes>aGk=</bytes>',
  },
];

test.each(rows)('$name', ({ members, value, xml }) => {
  expect(writeXmlStructure(structure(members), value)).toBe(xml);
});
