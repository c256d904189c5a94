import fs from 'node:fs';
import { expect, it } from '@jest/globals';
import { facts } from '../../lib/facts/registry';

const folder = 'lib/facts';

it('registers every fact that a file of lib/facts defines', () => {
  const texts = fs.readdirSync(folder).map((name) => fs.readFileSync(`${folder}/${name}`, 'utf8'));
  const defined = texts.flatMap((text) => [...text.matchAll(/^ {2}id: '(.*)',$/gm)].map(([, id]) => id));
  expect(defined.sort()).toEqual(facts.map(({ id }) => id));
});
