import { describe, expect, it } from '@jest/globals';
import { errorText } from '../../../lib/cli/explain/error-text';
import { explainError } from '../../../lib/explain/explain-error';

const LOGIN =
  'unable to pull secrets or registry auth: There is a connection issue between the task and Amazon ECR: Post "https://api.ecr.eu-west-3.amazonaws.com/": dial tcp [64:ff9b::1:2]:443: i/o timeout';

const isCommand = (line: string): boolean => line.trim().startsWith('aws ') || line.includes('https://');

describe.each([60, 80, 100])('at %d columns', (width) => {
  it.each([LOGIN, 'nothing of the kind'])('no line of prose is wider: %s', (text) => {
    const lines = errorText(explainError(text), width).split('\n');
    expect(lines.filter((line) => line.length > width && !isCommand(line))).toEqual([]);
  });

  it('no command is broken', () => {
    const commands = explainError(LOGIN).explanations.flatMap(({ checks, fix }) =>
      [...checks, ...fix].flatMap(({ command }) => command ?? []),
    );
    const lines = errorText(explainError(LOGIN), width)
      .split('\n')
      .map((line) => line.trim());
    for (const command of commands) expect(lines.some((line) => line.endsWith(command))).toBe(true);
  });
});

it('numbers several explanations, and says which variables to set', () => {
  const text = errorText(explainError(LOGIN), 100);
  expect(text).toMatch(
    /^1 of \d, the most specific\nA synthesised NAT64 address leads nowhere \[nat64-does-not-answer\]\n/,
  );
  expect(text).toMatch(/^Set {5}first, what the text does not name: SUBNET_ID, ROUTE_TABLE_ID/m);
  expect(text).toMatch(/\(not by AWS, checked \d{4}-\d\d-\d\d\)$/m);
});

it('says plainly that it knows nothing, and what to do', () => {
  const text = errorText(explainError('AccessDenied'), 100);
  expect(text).toMatch(/^Nothing that this program knows of IPv6 on ECS says this\./);
  expect(text).toMatch(/\nWhat to do next:\n- Read the whole reason/);
});
