/** The JSON Schema that editors complete by says the same as our own validation, judged by ajv. */
import fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parsePolicy } from '../../lib/policy/parse-policy';
import type { PolicyProblem } from '../../lib/policy/policy';
import { policyJsonSchema } from '../../lib/policy/policy-json-schema';
import { rules } from '../../lib/rules/registry';
import { policyDocument } from './policy-documents';

/** What JSON Schema can not say; docs/policy.md lists the same. */
const BEYOND_STRUCTURE = [
  /^is no day of the calendar/,
  /^".*" is used twice/,
  /^has value and add/,
  /^recheck must lie after checked/,
];

const judge = new Ajv({ strict: true, allErrors: true });
const accepts = judge.compile(policyJsonSchema(rules));

function structuralFaults(document: unknown): readonly PolicyProblem[] {
  const { problems } = parsePolicy([{ place: 'policy.json', text: JSON.stringify(document) }], rules);
  return problems.filter(({ message }) => !BEYOND_STRUCTURE.some((beyond) => beyond.test(message)));
}

/** Deep enough to tell rules, facts and scopes apart; below, the two count faults in ways of their own. */
const DEPTH = 2;
const placesOf = (paths: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(paths.map((path) => path.slice(0, DEPTH).join('.')))].sort();

const ourPlaces = (document: unknown): readonly string[] =>
  placesOf(structuralFaults(document).map(({ path }) => path.split(/[.[\]]+/).filter((step) => step !== '')));

function ajvPlaces(document: unknown): readonly string[] {
  if (accepts(document)) return [];
  return placesOf(
    (accepts.errors ?? []).map(({ instancePath, params: { additionalProperty, missingProperty } }) =>
      [...instancePath.split('/').slice(1), additionalProperty, missingProperty].filter(
        (step) => typeof step === 'string',
      ),
    ),
  );
}

const base = { version: 1, scopes: [{ name: 'all', posture: 'any' }] };
const scope = (over: object): object => ({ ...base, scopes: [{ name: 'all', posture: 'any', ...over }] });
const exemption = (over: object): object => ({
  ...base,
  exemptions: [{ rule: '*', resource: 'a', reason: 'b', owner: 'c', until: '2027-01-31', ...over }],
});
const fact = (id: string, override: unknown): object => ({ ...base, facts: { [id]: override } });
const checked = '2027-01-10';

describe('ajv and our own validation agree', () => {
  it.each([
    ['the least', base, true],
    ['nothing', {}, false],
    ['a list', [], false],
    ['another version', { ...base, version: 2 }, false],
    ['an unknown key', { ...base, moed: 'tag' }, false],
    ['no scope', { ...base, scopes: [] }, false],
    ['a scope without posture', { ...base, scopes: [{ name: 'a' }] }, false],
    ['an account as number', scope({ match: { accounts: [111122223333] } }), false],
    ['a list of tags', scope({ match: { tags: ['team'] } }), false],
    ['a tag that valibot would leave out', scope({ match: { tags: { constructor: 'a' } } }), false],
    ['half a minute', scope({ deploymentGraceMinutes: 0.5 }), false],
    ['a rule off', { ...base, rules: { 'target-orphaned': 'off' } }, true],
    ['a rule lowered', { ...base, rules: { 'target-orphaned': { remedy: 'none', severity: 'low' } } }, true],
    ['a remedy above the rule', { ...base, rules: { 'task-without-ipv6': { remedy: 'auto' } } }, false],
    ['an unknown rule', { ...base, rules: { 'target-lost': 'off' } }, false],
    ['a list of settings', { ...base, rules: { 'target-orphaned': ['off'] } }, false],
    ['an option', { ...base, rules: { 'image-not-dual-stack': { options: { allowRegistries: ['a'] } } } }, true],
    ['an option of another type', { ...base, rules: { 'image-not-dual-stack': { options: { allowRegistries: 'a' } } } }, false],
    ['an unknown option', { ...base, rules: { 'image-not-dual-stack': { options: { odd: 1 } } } }, false],
    ['an exemption', exemption({}), true],
    ['an exemption from no rule', exemption({ rule: 'target-*' }), false],
    ['an odd day', exemption({ until: '31.1.2027' }), false],
    ['no day of the calendar: beyond structure', exemption({ until: '2027-02-30' }), true],
    ['two scopes of a name: beyond structure', { ...base, scopes: [...base.scopes, ...base.scopes] }, true],
    ['a negative budget', { ...base, guard: { deregister: { perRun: -1 } } }, false],
    ['a list for a map', { ...base, alerts: [] }, false],
    ['an odd prefix', { ...base, tags: { prefix: 'aws:x' } }, false],
    ['a fact', fact('minimum-agent', { value: '1.102.0', checked }), true],
    ['a fact without its day', fact('minimum-agent', { value: '1.102.0' }), false],
    ['a fact of another type', fact('minimum-agent', { value: '1.102', checked }), false],
    ['more of a list', fact('ipv6-only-regions', { add: ['eu-west-1'], checked }), true],
    ['more of what is no list', fact('minimum-agent', { add: ['1.0.0'], checked }), false],
    ['a list and more of it: beyond structure', fact('ipv6-only-regions', { value: ['a'], add: ['b'], checked }), true],
    ['a day of rechecking before it: beyond structure', fact('minimum-agent', { checked, recheck: '2026-01-01' }), true],
    ['an unknown fact', fact('minimum-agnet', { checked }), false],
  ])('%s', (_, document, isValid) => {
    expect({ ours: structuralFaults(document).length === 0, ajv: accepts(document) }).toEqual({ ours: isValid, ajv: isValid });
  }); // prettier-ignore

  it('on generated documents, and where their faults are', () => {
    let valid = 0;
    fc.assert(
      fc.property(policyDocument, (document) => {
        const places = ajvPlaces(document);
        expect(ourPlaces(document)).toEqual(places);
        if (places.length === 0) valid++;
      }),
      { numRuns: 300 },
    );
    // both kinds have come up
    expect(valid).toBeGreaterThan(10);
    expect(valid).toBeLessThan(290);
  });
});

describe('the JSON Schema', () => {
  it('asks for nothing in a part', () => {
    const acceptsPart = new Ajv({ strict: true }).compile(policyJsonSchema(rules, { isPart: true }));
    expect(acceptsPart({ guard: { deregister: { perRun: 1 } } })).toBe(true);
    expect(acceptsPart({ gaurd: {} })).toBe(false);
  });
});

const folder = 'infra/policies';
const examples = fs.readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe.each(examples)('the example %s', (name) => {
  const text = fs.readFileSync(`${folder}/${name}`, 'utf8');

  it('is valid, without warnings, for both', () => {
    expect(parsePolicy([{ place: name, text }], rules)).toMatchObject({ problems: [], warnings: [] });
    expect(accepts(parse(text))).toBe(true);
  });

  it('names the schema that lies beside it', () => {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(fs.existsSync(`${folder}/${schema}`)).toBe(true);
  });
});
