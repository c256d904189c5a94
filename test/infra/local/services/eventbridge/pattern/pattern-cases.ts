/**
 * Known answers, from AWS's descriptions of the operators. The matcher that EventBridge itself uses is asked the same
 * questions in CI (test/independent/event-ruler).
 */
export interface PatternCase {
  readonly name: string;
  readonly pattern: object;
  readonly event: object;
  readonly matches: boolean;
}

type Row = readonly [name: string, pattern: object, event: object, matches: boolean];

/** Rows about a single field `f`: its pattern list, its value. */
type FieldRow = readonly [name: string, list: readonly unknown[], value: unknown, matches: boolean];

const fieldRows: readonly FieldRow[] = [
  ['string', ['a'], 'a', true],
  ['string of another case', ['a'], 'A', false],
  ['one of a list', ['a', 'b'], 'b', true],
  ['empty string', [''], '', true],
  ['empty string and null', [''], null, false],
  ['null', [null], null, true],
  ['null and empty string', [null], '', false],
  ['true', [true], true, true],
  ['true is no string', [true], 'true', false],
  ['number', [5], 5, true],
  ['number in another spelling', [300], 3.0e2, true],
  ['number is no string', [5], '5', false],
  ['string is no number', ['5'], 5, false],
  ['large number', [123456789012], 123456789012, true],
  ['address in another spelling', ['2001:db8::1'], '2001:0db8:0:0:0:0:0:1', true],
  ['an element of an array', ['b'], ['a', 'b'], true],
  ['no element of an array', ['c'], ['a', 'b'], false],
  ['an element of an array in an array', ['b'], [['a'], ['b']], true],
  ['nothing in an empty array', ['a'], [], false],
  ['exactly', [{ exactly: 'a' }], 'a', true],

  ['prefix', [{ prefix: 'us-' }], 'us-east-1', true],
  ['no such prefix', [{ prefix: 'us-' }], 'eu-west-2', false],
  ['empty prefix', [{ prefix: '' }], 'x', true],
  ['prefix of a number', [{ prefix: '1' }], 12, false],
  ['prefix without case', [{ prefix: { 'equals-ignore-case': 'EventB' } }], 'eventbridge', true],
  ['suffix', [{ suffix: '.png' }], 'a.png', true],
  ['no such suffix', [{ suffix: '.png' }], 'a.png.txt', false],
  ['suffix without case', [{ suffix: { 'equals-ignore-case': '.PNG' } }], 'a.png', true],
  ['equals-ignore-case', [{ 'equals-ignore-case': 'alice' }], 'ALICE', true],
  ['equals-ignore-case, other text', [{ 'equals-ignore-case': 'alice' }], 'alicia', false],

  ['wildcard', [{ wildcard: 'dir/*.png' }], 'dir/sub/a.png', true],
  ['wildcard, nothing for the star', [{ wildcard: 'a*b' }], 'ab', true],
  ['wildcard, other text', [{ wildcard: 'dir/*.png' }], 'dir/a.jpg', false],
  ['wildcard in the middle and at the end', [{ wildcard: '*/lib/*' }], '/usr/lib/x', true],
  ['escaped star', [{ wildcard: 'a\\*b' }], 'a*b', true],
  ['escaped star is no wildcard', [{ wildcard: 'a\\*b' }], 'axb', false],
  ['escaped backslash', [{ wildcard: 'a\\\\*' }], 'a\\b', true],
  ['characters special to others', [{ wildcard: 'a.c+(*' }], 'a.c+(d', true],
  ['dot is no wildcard', [{ wildcard: 'a.c*' }], 'abc', false],
  ['wildcard of a number', [{ wildcard: '*' }], 1, false],

  ['anything-but a string', [{ 'anything-but': 'a' }], 'b', true],
  ['anything-but that string', [{ 'anything-but': 'a' }], 'a', false],
  ['anything-but a list', [{ 'anything-but': ['a', 'b'] }], 'b', false],
  ['anything-but a number', [{ 'anything-but': 1 }], 2, true],
  ['anything-but that number', [{ 'anything-but': [1, 2] }], 2, false],
  ['anything-but a number, given a string', [{ 'anything-but': 1 }], '1', true],
  ['anything-but a string, given null', [{ 'anything-but': 'a' }], null, true],
  ['anything-but a string, given true', [{ 'anything-but': 'a' }], true, true],
  ['anything-but in an array with another', [{ 'anything-but': 'a' }], ['a', 'b'], true],
  ['anything-but in an array of it only', [{ 'anything-but': 'a' }], ['a', 'a'], false],
  ['anything-but in an empty array', [{ 'anything-but': 'a' }], [], false],
  ['anything-but a prefix', [{ 'anything-but': { prefix: 'us-' } }], 'eu-west-2', true],
  ['anything-but that prefix', [{ 'anything-but': { prefix: 'us-' } }], 'us-east-1', false],
  ['anything-but prefixes', [{ 'anything-but': { prefix: ['us-', 'eu-'] } }], 'eu-west-2', false],
  ['anything-but a prefix, given null', [{ 'anything-but': { prefix: 'us-' } }], null, true],
  ['anything-but a suffix', [{ 'anything-but': { suffix: '.png' } }], 'a.png', false],
  ['anything-but a suffix, another', [{ 'anything-but': { suffix: '.png' } }], 'a.txt', true],
  ['anything-but without case', [{ 'anything-but': { 'equals-ignore-case': 'initializing' } }], 'INITIALIZING', false],
  ['anything-but without case, a list', [{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }], 'B', false],
  ['anything-but without case, another', [{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }], 'c', true],
  ['anything-but a wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], '/usr/lib/x', false],
  ['anything-but a wildcard, another', [{ 'anything-but': { wildcard: '*/lib/*' } }], '/usr/bin/x', true],

  ['numeric equal', [{ numeric: ['=', 5] }], 5, true],
  ['numeric not below', [{ numeric: ['<', 5] }], 5, false],
  ['numeric at most', [{ numeric: ['<=', 5] }], 5, true],
  ['numeric range, lower end', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
  ['numeric range, upper end', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
  ['numeric range, between', [{ numeric: ['>=', -1.5, '<', 0.000002] }], 0.000001, true],
  ['numeric of a string', [{ numeric: ['=', 5] }], '5', false],
  ['numeric, one element', [{ numeric: ['>', 10] }], [1, 20], true],

  ['cidr', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
  ['cidr, outside', [{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
  ['cidr, IPv6', [{ cidr: '2001:db8::/32' }], '2001:db8:ffff::1', true],
  ['cidr, other family', [{ cidr: '2001:db8::/32' }], '10.0.0.1', false],
  ['cidr of no address', [{ cidr: '10.0.0.0/24' }], 'host', false],

  ['exists', [{ exists: true }], 'x', true],
  ['exists, null', [{ exists: true }], null, true],
  ['exists, empty string', [{ exists: true }], '', true],
  ['exists not, though it does', [{ exists: false }], 'x', false],
  ['exists not, empty array', [{ exists: false }], [], true],
  ['exists is about leaves', [{ exists: true }], { g: 1 }, false],
  ['exists not, though there is something below', [{ exists: false }], { g: 1 }, true],
  ['absent or a value, a value', [{ exists: false }, 'a'], 'a', true],
  ['absent or a value, another', [{ exists: false }, 'a'], 'b', false],
];

const rows: readonly Row[] = [
  ['missing field', { f: ['a'] }, { g: 'a' }, false],
  ['missing field is not null', { f: [null] }, { g: 1 }, false],
  ['missing field is not anything-but', { f: [{ 'anything-but': 'a' }] }, { g: 1 }, false],
  ['missing field is not anything-but a prefix', { f: [{ 'anything-but': { prefix: 'a' } }] }, { g: 1 }, false],
  ['missing field does not exist', { f: [{ exists: false }] }, { g: 1 }, true],
  ['missing field, exists', { f: [{ exists: true }] }, { g: 1 }, false],
  ['missing field, absent or a value', { f: [{ exists: false }, 'a'] }, { g: 1 }, true],
  ['all fields must match', { f: ['a'], g: ['b'] }, { f: 'a', g: 'c' }, false],
  ['fields that the pattern does not name', { f: ['a'] }, { f: 'a', g: 'c' }, true],
  ['a field below', { detail: { state: ['running'] } }, { detail: { state: 'running', x: 1 } }, true],
  ['a field not below', { detail: { state: ['running'] } }, { state: 'running' }, false],
  [
    'elements of one array: both in the same',
    { details: { name: ['subnetId'], value: ['subnet-1'] } },
    {
      details: [
        { name: 'subnetId', value: 'subnet-1' },
        { name: 'x', value: 'y' },
      ],
    },
    true,
  ],
  [
    'elements of one array: each in another',
    { details: { name: ['subnetId'], value: ['y'] } },
    {
      details: [
        { name: 'subnetId', value: 'subnet-1' },
        { name: 'x', value: 'y' },
      ],
    },
    false,
  ],
  ['elements of two arrays are independent', { a: ['1'], b: ['4'] }, { a: ['1', '2'], b: ['3', '4'] }, true],
  [
    'elements of arrays in an array',
    { tasks: { arn: ['t2'], containers: { name: ['web'], status: ['RUNNING'] } } },
    {
      tasks: [
        { arn: 't1', containers: [{ name: 'web', status: 'RUNNING' }] },
        {
          arn: 't2',
          containers: [
            { name: 'web', status: 'STOPPED' },
            { name: 'log', status: 'RUNNING' },
          ],
        },
      ],
    },
    false,
  ],
  [
    'elements of arrays in an array, together',
    { tasks: { arn: ['t2'], containers: { name: ['web'], status: ['STOPPED'] } } },
    {
      tasks: [
        { arn: 't1', containers: [{ name: 'web', status: 'RUNNING' }] },
        {
          arn: 't2',
          containers: [
            { name: 'web', status: 'STOPPED' },
            { name: 'log', status: 'RUNNING' },
          ],
        },
      ],
    },
    true,
  ],
  [
    'absent from the element that the rest is in',
    { a: { c: [1], d: [{ exists: false }] } },
    { a: [{ d: 1 }, { c: 1 }] },
    true,
  ],
  ['absent before an element is chosen', { a: { b: [{ exists: false }], c: [1] } }, { a: [{ b: 1 }, { c: 1 }] }, false],
  ['a scalar beside an object in an array', { a: [true], 'a.b': [1] }, { a: [true, { b: 1 }] }, true],
  ['$or, first', { s: ['a'], $or: [{ f: [1] }, { g: [2] }] }, { s: 'a', f: 1 }, true],
  ['$or, second', { s: ['a'], $or: [{ f: [1] }, { g: [2] }] }, { s: 'a', g: 2 }, true],
  ['$or, neither', { s: ['a'], $or: [{ f: [1] }, { g: [2] }] }, { s: 'a', f: 2, g: 1 }, false],
  ['$or, the rest does not match', { s: ['a'], $or: [{ f: [1] }, { g: [2] }] }, { s: 'b', f: 1 }, false],
  ['$or below', { d: { $or: [{ f: [1] }, { g: [2] }] } }, { d: { g: 2 } }, true],
  ['$or in $or', { $or: [{ f: [1] }, { $or: [{ g: [2] }, { h: [3] }] }] }, { h: 3 }, true],
  [
    'two $or must both hold',
    { $or: [{ f: [1] }, { f: [2] }], d: { $or: [{ g: [1] }, { g: [2] }] } },
    { f: 2, d: { g: 3 } },
    false,
  ],
  [
    '$or with an absent field',
    { d: { $or: [{ launchType: ['EC2', 'EXTERNAL'] }, { launchType: [{ exists: false }] }] } },
    { d: { lastStatus: 'RUNNING' } },
    true,
  ],
  ['$or that is an ordinary field', { $or: ['a'] }, { $or: 'a' }, true],
];

export const patternCases: readonly PatternCase[] = [
  ...fieldRows.map(([name, list, value, matches]) => ({ name, pattern: { f: list }, event: { f: value }, matches })),
  ...rows.map(([name, pattern, event, matches]) => ({ name, pattern, event, matches })),
];

/** Patterns that PutRule refuses. */
export const invalidPatterns: readonly (readonly [name: string, text: string])[] = [
  ['not JSON', '{'],
  ['a list', '[]'],
  ['a string', '"a"'],
  ['nothing', '{}'],
  ['nothing below', '{"a":{}}'],
  ['a value that is not in a list', '{"source":"aws.ecs"}'],
  ['an empty list', '{"source":[]}'],
  ['a list in a list', '{"source":[["a"]]}'],
  ['an empty operator', '{"source":[{}]}'],
  ['an unknown operator', '{"source":[{"starts-with":"a"}]}'],
  ['two operators in one', '{"source":[{"prefix":"a","suffix":"b"}]}'],
  ['a prefix that is a number', '{"source":[{"prefix":1}]}'],
  ['a suffix that is a list', '{"source":[{"suffix":["a"]}]}'],
  ['exists that is no boolean', '{"source":[{"exists":"yes"}]}'],
  ['cidr without a mask', '{"source":[{"cidr":"10.0.0.1"}]}'],
  ['cidr of no address', '{"source":[{"cidr":"x/8"}]}'],
  ['numeric that is no list', '{"a":[{"numeric":5}]}'],
  ['numeric with an unknown operator', '{"a":[{"numeric":["!",5]}]}'],
  ['numeric with a string', '{"a":[{"numeric":["=","5"]}]}'],
  ['numeric range upside down', '{"a":[{"numeric":[">",5,"<",1]}]}'],
  ['numeric range of two lower ends', '{"a":[{"numeric":[">",1,">",5]}]}'],
  ['numeric without a value', '{"a":[{"numeric":["="]}]}'],
  ['anything-but of both types', '{"a":[{"anything-but":["a",1]}]}'],
  ['anything-but of nothing', '{"a":[{"anything-but":[]}]}'],
  ['anything-but null', '{"a":[{"anything-but":null}]}'],
  ['anything-but of an unknown operator', '{"a":[{"anything-but":{"cidr":"10.0.0.0/8"}}]}'],
  ['anything-but an empty prefix', '{"a":[{"anything-but":{"prefix":""}}]}'],
  ['anything-but a list of operators', '{"a":[{"anything-but":[{"wildcard":"*a"}]}]}'],
  ['two stars in a row', '{"a":[{"wildcard":"a**b"}]}'],
  ['an escape of something else', '{"a":[{"wildcard":"a\\\\b"}]}'],
  ['equals-ignore-case of a number', '{"a":[{"equals-ignore-case":1}]}'],
];
