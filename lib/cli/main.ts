#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from './exit-code';
import { explainFailure } from './failure';
import { createProgram } from './program';

async function main(): Promise<void> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  try {
    await createProgram({
      print: (text) => process.stdout.write(`${text}\n`),
      exit: (code) => {
        process.exitCode = code;
      },
    }).parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has said what is wrong; --help and --version end here too
      process.exitCode = error.exitCode === 0 ? EXIT.compliant : EXIT.error;
    } else {
      process.stderr.write(`ecs-ipv6: ${explainFailure(error)}\n`);
      process.exitCode = EXIT.error;
    }
  }
}

void main();
