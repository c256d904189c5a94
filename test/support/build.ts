import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.join(import.meta.dirname, '..', '..');

/** Bundles functions and program, unless `npm test` has done it just now. */
export async function build(): Promise<void> {
  if (process.env['npm_lifecycle_event'] === 'test') return;
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: root });
}
