/** Fills the `{{name}}` holes of a message; a hole that nothing fills is a fault of the rule. */
export function renderMessage(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The message "${template}" needs a value for {{${name}}}.`);
    return String(value);
  });
}
