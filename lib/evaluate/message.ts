/** Texts and the holes between them: `Task {{id}} is old` -> `['Task ', 'id', ' is old']`. */
const parts = new Map<string, readonly string[]>();

/** Templates are those of the rules: few, and asked for by the thousand. */
function partsOf(template: string): readonly string[] {
  const known = parts.get(template) ?? template.split(/\{\{(\w+)\}\}/);
  parts.set(template, known);
  return known;
}

/** Fills the `{{name}}` holes of a message; a hole that nothing fills is a fault of the rule. */
export function renderMessage(template: string, values: Readonly<Record<string, string | number>>): string {
  let message = '';
  for (const [index, part] of partsOf(template).entries()) {
    const value = index % 2 === 0 ? part : values[part];
    if (value === undefined) throw new Error(`The message "${template}" needs a value for {{${part}}}.`);
    message += String(value);
  }
  return message;
}
