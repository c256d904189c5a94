import type { Statement } from '../../lib/permissions/statements';

const code = (text: string): string => `\`${text}\``;
const list = (texts: readonly string[]): string => texts.map(code).join(', ');

function conditionText({ conditions = {} }: Statement): string {
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${code(key)} ${code(operator)} ${list(values)}`),
  );
  return tests.length === 0 ? '' : `, if ${tests.join(' and ')}`;
}

function line(statement: Statement): string {
  const { sid, actions, resources } = statement;
  const where = resources.includes('*') ? 'everything' : list(resources);
  return `- ${sid}: ${list(actions)} on ${where}${conditionText(statement)}`;
}

/** What each level allows beside those before it: a line for each statement. */
export function levelList(levels: ReadonlyMap<string, readonly Statement[]>): readonly string[] {
  return [...levels].flatMap(([level, statements]) => ['', `### ${level}`, '', ...statements.map(line), '']);
}
