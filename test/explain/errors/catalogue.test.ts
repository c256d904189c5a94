import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../../lib/explain/errors/catalogue';
import { explainError } from '../../../lib/explain/explain-error';
import type { Phrase } from '../../../lib/explain/known-error';
import { permanentRuleIds } from '../../conformance/permanent-rule-ids';
import { knownMessages } from '../known-messages';

const ids = catalogue.map(({ id }) => id);

/** Stand-ins for what differs from one message to the next. */
const HOLES: Readonly<Record<string, string>> = {
  ipv6: '2600:1f18::5',
  ipv4: '192.0.2.5',
  host: 'eu-west-2',
  n: '443',
  any: ' something ',
};
const spoken = (phrase: string): string => phrase.replace(/\{(\w+)\}/g, (_, hole: string) => HOLES[hole] ?? hole);
const choices = (phrase: Phrase): readonly string[] => (typeof phrase === 'string' ? [phrase] : phrase);

describe('the catalogue', () => {
  it('has ids of its own, in kebab-case', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('has a message for each of its entries, and an entry for each message', () => {
    const explained = new Set(knownMessages.flatMap((known) => known.explained));
    expect([...explained].sort()).toEqual([...ids].sort());
  });
});

describe.each(catalogue)('$id', ({ id, title, rules, cause, checks, fix, sources, signs }) => {
  it('says what it is in a line, and why in sentences', () => {
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title).not.toMatch(/\.$/);
    for (const prose of [cause, ...[...checks, ...fix].map(({ what }) => what)]) expect(prose).toMatch(/[.?]$/);
  });

  it('says how to look and what to do', () => {
    expect(checks.length).toBeGreaterThan(0);
    expect(fix.length).toBeGreaterThan(0);
    for (const { command } of [...checks, ...fix]) {
      if (command !== undefined) expect(command).toMatch(/^aws [a-z0-9]+ [a-z0-9-]+( |$)/);
    }
  });

  it('names rules that there are', () => {
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter((rule) => !permanentRuleIds.has(rule))).toEqual([]);
  });

  it('names its sources, and who speaks there', () => {
    for (const { url, checked, isThirdParty } of sources) {
      expect(url).toMatch(/^https:\/\//);
      expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/);
      const isByAws =
        /^https:\/\/([a-z.]+\.)?aws\.amazon\.com\/|^https:\/\/docs\.aws|^https:\/\/github\.com\/aws\/amazon-ecs-agent(\/pull\/\d+)?$/.test(
          url,
        );
      expect({ url, isThirdParty: isThirdParty ?? false }).toEqual({ url, isThirdParty: !isByAws });
    }
  });

  it('is found by each of the ways to say it', () => {
    for (const sign of signs) {
      for (const [index, phrase] of sign.entries()) {
        for (const choice of choices(phrase)) {
          const text = sign.map((other, at) => spoken(at === index ? choice : (choices(other)[0] ?? ''))).join(' ');
          expect({ text, ids: explainError(text).explanations.map((one) => one.id) }).toEqual({
            text,
            ids: expect.arrayContaining([id]),
          });
        }
      }
    }
  });
});

it('leaves no hole in a command', () => {
  for (const { message } of knownMessages) {
    const things = { region: 'eu-west-2', account: '111122223333', ipv4: '192.0.2.5', ipv6: '2600::5', nat64: '64:ff9b::1:2', port: '443', instance: 'i-0abc1234def567890', other: 'i-1abc1234def567890', task: '0'.repeat(32), cluster: 'prod', service: 'web', group: 'g' }; // prettier-ignore
    for (const { checks, fix } of explainError(message(things)).explanations) {
      for (const { command = '' } of [...checks, ...fix]) expect(command.replace(/'[^']*'/g, '')).not.toMatch(/[{}]/);
    }
  }
});
