import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const GENERATED_SCHEMAS = /[\\/](client-[\w-]+|nested-clients)[\\/]dist-es[\\/].*schemas_\d+\.js$/;
const STRING_CONSTANT = /^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm;
const COMPUTED_KEY = /\[(_\w+)\]:/g;

/** `{ [_eQN]: x }` becomes `{ "ec2QueryName": x }` for every constant that the source itself defines. */
export function inlineConstantKeys(source: string): string {
  const constants = new Map<string, string>();
  for (const [, name = '', literal = ''] of source.matchAll(STRING_CONSTANT)) constants.set(name, literal);
  return source.replace(COMPUTED_KEY, (key, name: string) => {
    const literal = constants.get(name);
    return literal === undefined ? key : `${literal}:`;
  });
}

/**
 * The SDK describes every operation of a service in one file. esbuild takes a computed key for a side effect and
 * keeps all of it, for EC2 half a megabyte where a handler needs five operations; a literal key lets it drop the rest.
 * https://github.com/aws/aws-sdk-js-v3/issues/7607
 */
export const schemaShake: Plugin = {
  name: 'schema-shake',
  setup(build) {
    build.onLoad({ filter: GENERATED_SCHEMAS }, async ({ path }) => ({
      contents: inlineConstantKeys(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
