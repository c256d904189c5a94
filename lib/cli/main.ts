#!/usr/bin/env node
import { endWithReader } from './broken-pipe';
import { run } from './run';

async function main(): Promise<void> {
  // --help says it; in the middle of a report it would be noise
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  endWithReader(process.stdout);
  process.exitCode = await run(process.argv.slice(2), {
    print: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  });
}

void main();
