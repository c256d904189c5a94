import { expect, it } from '@jest/globals';
import { parsePolicy } from '../../lib/policy/parse-policy';

const base = 'version: 1\nscopes: [{ name: all, posture: any }]\n';
const warned = (text: string) => {
  const parsed = parsePolicy([{ place: 'policy.yaml', text: `${base}${text}` }], []);
  return parsed.policy ? parsed.warnings : parsed.problems;
};

it.each([['alerts:\n  digestMinutes: 0\n', 4, 3, 'alerts.digestMinutes', /gathered for 5 minutes/]])(
  'says that it has no effect: %j',
  (...[text, line, column, path, instead]) => {
    const message = expect.stringMatching(/^has no effect in this version: /);
    expect(warned(text)).toEqual([{ place: 'policy.yaml', line, column, path, message }]);
    expect(warned(text)).toMatchObject([{ message: expect.stringMatching(instead) }]);
  },
);

it.each([
  ['', 'nothing written'],
  ['guard: { deregister: { ecsManaged: allow } }\nalerts: { digestMinutes: 5 }\n', 'what holds anyhow'],
])('says nothing of %j: %s', (text) => {
  expect(warned(text)).toEqual([]);
});
