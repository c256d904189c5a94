import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './failure';

const TEMPLATE = path.join('infra', 'template.yaml');

/**
 * The template that this package brings along: it lies above this file, in a checkout as in the published bundle.
 * @throws UsageError when only the bundle was copied
 */
export function ownTemplate(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = path.dirname(folder)) {
    const file = path.join(folder, TEMPLATE);
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) {
      throw new UsageError(`${TEMPLATE} is not above ${here}: install the whole package, or name one with --template`);
    }
  }
}
