import { describe, expect, it } from '@jest/globals';
import { parsePolicy, tracePolicy } from '../../lib/policy/parse-policy';
import { rules } from '../../lib/rules/registry';

const scopes = 'scopes: [{ name: all, posture: any }]\n';
const base = `version: 1\n${scopes}`;
const parse = (...texts: readonly string[]) =>
  parsePolicy(
    texts.map((text, index) => ({ place: `part-${String(index)}`, text })),
    rules,
  );

const faults: Readonly<Record<string, readonly [string, number | undefined, string, RegExp]>> = {
  'unknown key': [
    `${base}moed: tag\n`,
    3,
    'moed',
    /unknown key "moed" \(did you mean mode\?\); allowed here: version, mode, scopes/,
  ],
  'unknown key inside': [`${base}alerts:\n  min: low\n`, 4, 'alerts.min', /allowed here: minSeverity, digestMinutes/],
  'wrong value': [`${base}mode: on\n`, 3, 'mode', /must be one of observe, tag, enforce/],
  'wrong type': [`${base}guard:\n  deregister: { perRun: many }\n`, 4, 'guard.deregister.perRun', /must be a number/],
  'negative budget': [`${base}guard: { deregister: { perRun: -1 } }\n`, 3, 'guard.deregister.perRun', /at least 0/],
  'malformed date': [
    `${base}exemptions:\n  - { rule: target-orphaned, resource: a, reason: b, owner: c, until: 31.1.2027 }\n`,
    4,
    'exemptions[0].until',
    /YYYY-MM-DD/,
  ],
  'no such day': [
    `${base}exemptions:\n  - { rule: target-orphaned, resource: a, reason: b, owner: c, until: 2027-02-30 }\n`,
    4,
    'exemptions[0].until',
    /no day of the calendar/,
  ],
  'account as number': [
    'version: 1\nscopes:\n  - name: all\n    posture: any\n    match: { accounts: [111122223333] }\n',
    5,
    'scopes[0].match.accounts[0]',
    /put numbers such as account ids in quotes/,
  ],
  'missing scopes': ['version: 1\n', undefined, 'scopes', /is missing/],
  'other version': [`version: 2\n${scopes}`, 1, 'version', /must be 1/],
  'unknown rule': [`${base}rules: { target-lost: off }\n`, 3, 'rules.target-lost', /is no rule/],
  'remedy beyond the rule': [
    `${base}rules: { task-without-ipv6: { remedy: auto } }\n`,
    3,
    'rules.task-without-ipv6.remedy',
    /must be one of/,
  ],
  'scope named twice': [
    'version: 1\nscopes:\n  - { name: a, posture: any }\n  - { name: a, posture: any }\n',
    4,
    'scopes[1].name',
    /used twice/,
  ],
  'key written twice': [`${base}mode: tag\nmode: observe\n`, 4, '', /unique/],
  'no YAML': ['version: [1\n', 2, '', /./],
  empty: ['', 1, '', /must be a map/],
  alias: [`version: 1\nscopes: [&a { name: all, posture: any }, *a]\n`, 2, '', /aliases/],
  prototype: [`${base}__proto__: { polluted: true }\n`, 3, '__proto__', /unknown key/],
  'inherited name': [`${base}constructor: 1\n`, 3, 'constructor', /unknown key "constructor"/],
};

describe('parsePolicy', () => {
  it.each(Object.entries(faults))('names the place: %s', (_, [text, line, path, message]) => {
    const { problems } = parse(text);
    expect(problems).toMatchObject([{ place: 'part-0', path, message: expect.stringMatching(message) }]);
    expect(problems[0]?.line).toBe(line);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('says everything that is wrong at once, whatever kind of fault it is', () => {
    expect(parse(`${base}mode: on\nalerts: 1\n`).problems).toHaveLength(2);
    const text = [
      'version: 1',
      'mode: on',
      'scopes:',
      '  - { name: a, posture: any }',
      '  - { name: a, posture: odd }',
      'rules: { target-lost: off, target-orphaned: { remdy: auto } }',
      'facts: { minimum-agent: { value: 1, checked: 2027-01-10 } }',
      '',
    ];
    expect(parse(text.join('\n')).problems.map(({ line, column, path }) => [line, column, path])).toEqual([
      [2, 1, 'mode'],
      [5, 7, 'scopes[1].name'],
      [5, 16, 'scopes[1].posture'],
      [6, 10, 'rules.target-lost'],
      [6, 47, 'rules.target-orphaned.remdy'],
      [7, 27, 'facts.minimum-agent.value'],
    ]);
  });

  it('names the column of what does not parse', () => {
    expect(parse('version: 1\nmode: "tag\n').problems).toMatchObject([{ line: 3, column: 1 }]);
    expect(parse(`version: 1\nscopes: [&a { name: all, posture: any }, *a]\n`).problems).toMatchObject([
      { line: 2, column: 42 },
    ]);
  });

  it.each([
    ['alerts: [low]', 1, 'alerts', 'must be a map; found Array'],
    ['alerts: []', 1, 'alerts', 'must be a map; found Array'],
    ['guard: { deregister: [] }', 10, 'guard.deregister', 'must be a map; found Array'],
    ['rules: []', 1, 'rules', 'must be a map of rule id to setting; found Array'],
  ])('says of a list that it is no map, and no more: %s', (...[text, column, path, message]) => {
    expect(parse(`${base}${text}\n`).problems).toMatchObject([{ line: 3, column, path, message }]);
  });

  it('names every unknown key, in order, with what is allowed there and what was probably meant', () => {
    const text = [
      'version: 1',
      'moed: tag',
      'colour: red',
      'scopes:',
      '  - { name: all, posture: any, postuer: any, mode: on, match: { cluster: [a], servcies: [b] } }',
      'rules:',
      '  target-orphaned: { sevrity: low, remdy: none }',
      'guard:',
      '  deregister: { perrun: 1, perDay: 2 }',
      '  hael: {}',
      '',
    ].join('\n');
    const found = parse(text).problems.map(({ line, path, message }) => {
      const [, meant] = /did you mean (\w+)\?/.exec(message) ?? [];
      return [line, path, meant ?? message.split(';')[0]];
    });
    expect(found).toEqual([
      [2, 'moed', 'mode'],
      [3, 'colour', 'unknown key "colour"'],
      [5, 'scopes[0].postuer', 'posture'],
      [5, 'scopes[0].mode', 'must be one of observe, tag, enforce'],
      [5, 'scopes[0].match.cluster', 'clusters'],
      [5, 'scopes[0].match.servcies', 'services'],
      [7, 'rules.target-orphaned.sevrity', 'severity'],
      [7, 'rules.target-orphaned.remdy', 'remedy'],
      [9, 'guard.deregister.perrun', 'perRun'],
      [9, 'guard.deregister.perDay', 'unknown key "perDay"'],
      [10, 'guard.hael', 'heal'],
    ]);
  });

  it('names the rule that was probably meant', () => {
    const [problem] = parse(`${base}rules: { target-orphand: off }\n`).problems;
    expect(problem?.message).toMatch(/^is no rule \(did you mean target-orphaned\?\); the rules are /);
  });

  it('goes part by part, line by line', () => {
    const { problems } = parse(`version: 1\nmode: odd\nalerts: 1\n`, 'tags: 1\n');
    expect(problems.map(({ place, path }) => `${place} ${path}`).sort()).toEqual([
      ...['part-0 alerts', 'part-0 mode', 'part-0 scopes', 'part-1 tags'],
    ]);
  });

  it('joins parts, and refuses what is written twice', () => {
    const two = parse(
      base,
      'version: 1\nguard: { deregister: { perRun: 1 } }\n',
      'guard: { deregister: { perHour: 2 } }\n',
    );
    expect(two.policy?.guard.deregister).toMatchObject({ perRun: 1, perHour: 2, orphanMinutes: 15 });
    expect(parse(base, `mode: tag\n${scopes}`).problems).toMatchObject([
      { place: 'part-1', line: 2, path: 'scopes', message: 'is written in part-0 already' },
    ]);
  });

  it('takes off for off, and days for text', () => {
    const { policy } = parse(
      `${base}rules: { target-orphaned: off }\nexemptions: [{ rule: target-orphaned, resource: a, reason: b, owner: c, until: 2027-01-31 }]\n`,
    );
    expect(policy?.rules['target-orphaned']).toMatchObject({ off: true });
    expect(policy?.exemptions[0]?.until).toBe('2027-01-31');
  });

  it('reads JSON too', () => {
    const text = JSON.stringify({ version: 1, mode: 'tag', scopes: [{ name: 'all', posture: 'any' }] });
    expect(parse(text).policy).toMatchObject({ mode: 'tag' });
  });
});

it('tells where each value is written', () => {
  const traced = tracePolicy([{ place: 'part', text: `${base}alerts: { minSeverity: low }\n` }], rules);
  if (!traced.policy) throw new Error('the policy was refused');
  expect(traced.writtenAt(['alerts', 'minSeverity'])).toMatchObject({ place: 'part', line: 3 });
  expect(traced.writtenAt(['alerts', 'digestMinutes'])).toBeUndefined();
  expect(traced.writtenAt(['version', 'deeper'])).toBeUndefined();
  expect(traced.writtenAt([])).toMatchObject({ place: 'part' });
});
