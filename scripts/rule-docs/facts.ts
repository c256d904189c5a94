import type { Fact } from '../../lib/facts/fact';
import type { Rule } from '../../lib/rules/rule';

const INTRO = `# Facts

What AWS states and may change, as data: each was read on a day, and is to be read again from another day on. From then on
it is stale: findings that rest on it are marked \`verify\`, are \`info\` at most, and lead to no action. A policy overrides
a fact, or confirms it, with the day on which it was read: \`facts\` in [the policy](policy.md#facts). \`npm run docs:rules\`
writes this page from \`lib/facts\`.`;

const code = (text: string): string => `\`${text}\``;

/** Text as it is, texts in a row, anything else as JSON; a list of other things one by one. */
function spelled(value: unknown): string {
  if (typeof value === 'string') return code(value);
  if (Array.isArray(value)) return value.map(spelled).join(' ');
  return code(JSON.stringify(value));
}

function restingOn(fact: Fact<unknown>, rules: readonly Rule[]): string {
  const ids = rules.filter(({ meta }) => meta.facts.includes(fact)).map(({ meta }) => meta.id);
  return ids.length === 0 ? 'none yet' : ids.map((id) => `[${id}](rules/${id}.md)`).join(', ');
}

function factSection(fact: Fact<unknown>, rules: readonly Rule[]): string {
  const { id, title, value, doubt, fixed, url, checked, recheck } = fact;
  const items = [
    `Value: ${spelled(value)}`,
    ...(doubt === undefined ? [] : [`Doubt: ${doubt}`]),
    ...(fixed === undefined ? [] : [`A policy can confirm it, not override it: ${fixed}.`]),
    `Source: <${url}>, checked ${checked}, stale from ${recheck} on`,
    `Rules: ${restingOn(fact, rules)}`,
  ];
  return [`## ${id}`, `${title}.`, items.map((item) => `- ${item}`).join('\n')].join('\n\n');
}

/** The page of all facts, not formatted yet. */
export function factsPage(facts: readonly Fact<unknown>[], rules: readonly Rule[]): string {
  return [INTRO, ...facts.map((fact) => factSection(fact, rules))].join('\n\n') + '\n';
}
