import { exportName } from './skeleton';

const IMPORT = /^import \{ \w+ \} from '\.\/(?<id>[\w-]+)';$/;

/** The registry with one more rule, in alphabetical order; undefined if it has it already. */
export function withRule(registry: string, id: string): string | undefined {
  const ids = registry.split('\n').flatMap((line) => IMPORT.exec(line)?.groups?.['id'] ?? []);
  if (ids.includes(id)) return undefined;
  const all = [...ids, id].sort();
  const imports = all.map((one) => `import { ${exportName(one)} } from './${one}';`);
  // the type stands where its file sorts
  imports.splice(all.filter((one) => one < 'rule').length, 0, "import type { Rule } from './rule';");
  const list = all.map((one) => `  ${exportName(one)},`);
  const [intro = ''] = registry.split('\n');
  return [intro, ...imports, '', 'export const rules: readonly Rule[] = [', ...list, '];', ''].join('\n');
}
