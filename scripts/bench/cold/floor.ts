/** What a function is held against: the same clients and commands, and nothing around them. */
import { build } from 'esbuild';
import { functionOptions } from '../../bundle/bundle';
import type { Calls } from './function-parts';

/** As lib/aws/connections.ts. */
const HANDLER =
  '{ connectionTimeout: 3000, requestTimeout: 30000, throwOnRequestTimeout: true, httpAgent: agent, httpsAgent: agent }';

function floorSource(calls: Calls): string {
  const clients = [...calls].map(([packageName, { client, commands }], index) => {
    // commands of two services may have the same name
    const named = commands.map((command) => `${command} as ${command}${String(index)}`);
    return {
      imports: `import { ${[client, ...named].join(', ')} } from '${packageName}';`,
      made: `[new ${client}(settings), { ${commands.map((command) => `${command}${String(index)}`).join(', ')} }]`,
    };
  });
  return [
    ...clients.map(({ imports }) => imports),
    'const agent = { keepAlive: true, maxSockets: 50 };',
    `const settings = { region: process.env.AWS_REGION, requestHandler: ${HANDLER} };`,
    `const clients = [${clients.map(({ made }) => made).join(', ')}];`,
    'export const handler = async ({ client, command, input }) => {',
    '  const [instance, commands] = clients[client];',
    '  return await instance.send(new commands[command](input));',
    '};',
  ].join('\n');
}

/** Built as functions are, in one file. */
export async function buildFloor(calls: Calls): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...functionOptions,
    stdin: { contents: floorSource(calls), resolveDir: import.meta.dirname },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('the floor was not built');
  return file.contents;
}
