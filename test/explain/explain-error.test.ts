import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explainError } from '../../lib/explain/explain-error';
import { mutations, surroundingCount, things } from './a-message';
import { knownMessages } from './known-messages';
import { unrelatedErrors } from './unrelated-errors';

const idsOf = (text: string): readonly string[] => explainError(text).explanations.map(({ id }) => id);

const cases = knownMessages.map((known, index) => ({
  ...known,
  name: `${known.mode} ${known.explained[0]} (${index})`,
}));

describe('every known message', () => {
  it.each(cases)('is explained: $name', ({ message, explained: [first, ...others] }) => {
    const [named] = fc.sample(things, { numRuns: 1, seed: 1 });
    const ids = named ? idsOf(message(named)) : [];
    expect(ids[0]).toBe(first);
    expect(ids).toEqual(expect.arrayContaining(others));
  });

  // enough to meet every kind of surroundings more than once
  const numRuns = surroundingCount * 2;

  it.each(cases)('is explained whatever it names and wherever it stands: $name', ({ message, explained }) => {
    fc.assert(
      fc.property(mutations(message), (text) => {
        const ids = idsOf(text);
        expect({ text, ids }).toEqual({ text, ids: expect.arrayContaining([...explained]) });
        expect({ text, first: ids[0] }).toEqual({ text, first: explained[0] });
      }),
      { numRuns },
    );
  });
});

describe('what has nothing to do with IPv6', () => {
  it('is enough to count', () => {
    expect(new Set(unrelatedErrors).size).toBeGreaterThanOrEqual(20);
  });

  it.each(unrelatedErrors)('is not explained, and it is said what to do: %s', (text) => {
    const { recognised, explanations, next } = explainError(text);
    expect({ recognised, ids: explanations.map(({ id }) => id) }).toEqual({ recognised: false, ids: [] });
    expect(next.length).toBeGreaterThan(0);
  });

  it('stays unexplained when a log holds all of it', () => {
    expect(idsOf(unrelatedErrors.join('\n'))).toEqual([]);
  });
});

describe('commands', () => {
  const text =
    'InvalidTarget: The following targets cannot be used with this IPv6 target group because of missing primary IPv6 addresses: i-0abc1234def567890, i-0fff1234def567890 in arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/0123456789abcdef';

  it('name what the text names, and its region', () => {
    const [explanation] = explainError(text).explanations;
    expect(explanation?.checks[0]?.command).toMatch(
      /^aws ec2 describe-instances --region eu-west-2 --instance-ids i-0abc1234def567890 i-0fff1234def567890 --query '/,
    );
  });

  it('have a variable for what the text does not name', () => {
    const [explanation] = explainError(text).explanations;
    expect(explanation?.fix[0]?.command).toContain(
      '--network-interface-id "$NETWORK_INTERFACE_ID" --enable-primary-ipv6',
    );
  });

  it('take nothing from the text that could do harm in a shell', () => {
    const evil = fc.constantFrom('$(id)', '`id`', '; id', "' id '", '" id "', '| id', '&& id', '\n id', '> /x', '\\');
    fc.assert(
      fc.property(fc.array(fc.oneof(evil, fc.string()), { maxLength: 8 }), things, (around, named) => {
        const bait = around.join('');
        const message = `${bait} InvalidTarget (service ${named.service}${bait}) ${named.group}${bait} missing primary IPv6 addresses: ${named.instance}${bait} arn:aws:ecs:${named.region}:${named.account}:task/${named.cluster}${bait}/${named.task}`;
        const { explanations, next } = explainError(message);
        const steps = [...explanations.flatMap(({ checks, fix }) => [...checks, ...fix]), ...next];
        for (const { command = '' } of steps) {
          // outside of queries and of variables there are words only
          const words = command
            .replace(/'[^']*'/g, '')
            .replace(/"\$[A-Z_]+"/g, '')
            .replace(/"[^"$`\\]*"/g, '');
          expect(words).toMatch(/^[\w @%+=:,./*-]*$/);
        }
      }),
    );
  });
});

it('finds a message in a log of megabytes, within a second or two', () => {
  const noise = 'GET /health 200 [abcdef:0123:4567::1] dial tcp https://logs.x.amazonaws.com i/o\n'.repeat(15_000);
  const startedAt = performance.now();
  const ids = idsOf(`${noise}task ENI is IPv6-only but has no IPv6 subnet gateway address\n${noise}`);
  expect(ids).toEqual(['interface-without-ipv6-gateway']);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});

it('does not throw on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      expect(explainError(text).schema).toBe('ecs-ipv6/error/v1');
    }),
  );
});
