import { isDeepStrictEqual } from 'node:util';
import { isEntries, type Entries } from '../../../infra/local/runtime/template/parse-template';

/** The alias that every function has (`AutoPublishAlias`); SAM makes a resource of it. */
const ALIAS = 'live';

/** `!Ref Function.Alias` is SAM's own, and becomes the name of that resource. */
const withAliases = (resource: unknown): unknown =>
  JSON.parse(JSON.stringify(resource).replaceAll(/"Ref":"(\w+)\.Alias"/g, `"Ref":"$1Alias${ALIAS}"`));

const isOfIam = (resource: unknown): boolean =>
  isEntries(resource) && typeof resource['Type'] === 'string' && resource['Type'].startsWith('AWS::IAM::');

const ofIam = ({ Resources }: Entries): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(isEntries(Resources) ? Resources : {}).filter(([, resource]) => isOfIam(resource)));

/**
 * Roles and policies that SAM adds or does not leave as they were, as sentences. What functions may do is judged on the
 * template as written (test/independent/iam-simulate): as long as nothing is said here, that holds for what is deployed.
 */
export function changedRoles(written: Entries, translated: Entries): readonly string[] {
  const [before, after] = [ofIam(written), ofIam(translated)];
  if (before.size === 0) throw new Error('the template as written has no role: nothing was compared');
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => !before.has(name) || !isDeepStrictEqual(withAliases(before.get(name)), after.get(name)))
    .map((name) => `${name} is not what it is in the template as written`);
}
