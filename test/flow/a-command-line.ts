/** The command line in this process, with the account as all that it knows of AWS. */
import type { LocalAccount } from '../../infra/local/local-account';
import { run } from '../../lib/cli/run';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function aCommandLine({ endpoint, region }: LocalAccount, ...words: readonly string[]): Promise<Ended> {
  const before = { ...process.env };
  const stdout: string[] = [];
  const stderr: string[] = [];
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
  try {
    const code = await run(words, { print: (text) => stdout.push(text), complain: (text) => stderr.push(text) });
    return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
  } finally {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}
