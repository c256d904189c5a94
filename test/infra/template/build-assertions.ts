/** What `sam build` and Step Functions would only notice at work. */
import { evaluateFunctions } from '../../../infra/local/runtime/template/evaluate-functions';
import { isEntries, type Entries } from '../../../infra/local/runtime/template/parse-template';
import type { Assertion } from './template-reader';
import { entries, list, resourcesOf, text, withNames } from './template-reader';

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build-typescript.html */
const BUILD_PROPERTIES: ReadonlySet<string> = new Set([
  ...['Banner', 'EntryPoints', 'External', 'Footer', 'Format', 'Loader', 'MainFields', 'Minify', 'OutExtension'],
  ...['Sourcemap', 'SourcesContent', 'Target'],
]);

const buildProperties: Assertion = {
  name: 'esbuild in SAM gets properties that it knows',
  check: (template) =>
    resourcesOf(template, 'AWS::Serverless::Function', 'AWS::Lambda::Function').flatMap(({ name, resource }) =>
      Object.keys(entries(entries(resource['Metadata'])['BuildProperties']))
        .filter((key) => !BUILD_PROPERTIES.has(key))
        .map((key) => `${name}: sam build knows no ${key}`),
    ),
};

/** The states that a state goes on to. */
function nextOf(state: Entries): readonly string[] {
  const { Next, Default, Choices, Catch } = state;
  const inside = [...list(Choices), ...list(Catch)].map((one) => entries(one)['Next']);
  return [Next, Default, ...inside].flatMap((next) => (typeof next === 'string' ? [next] : []));
}

/** Also inside of maps and parallel branches. */
function lostStates(machine: Entries): readonly string[] {
  const states = entries(machine['States']);
  const all = Object.values(states).map(entries);
  const lost = [text(machine['StartAt']), ...all.flatMap(nextOf)].filter((name) => !Object.hasOwn(states, name));
  const inner = all.flatMap((state) => [state['ItemProcessor'], state['Iterator'], ...list(state['Branches'])]);
  return [...lost, ...inner.flatMap((one) => (one === undefined ? [] : lostStates(entries(one))))];
}

function definitionOf({ Definition, DefinitionString }: Entries): Entries {
  if (Definition !== undefined) return entries(Definition);
  // SAM makes one of Fn::Join
  const parsed: unknown = JSON.parse(text(evaluateFunctions(DefinitionString ?? null, withNames)));
  return isEntries(parsed) ? parsed : {};
}

const stateMachines: Assertion = {
  name: 'a state machine goes on to states that it has',
  check: (template) =>
    resourcesOf(template, 'AWS::Serverless::StateMachine', 'AWS::StepFunctions::StateMachine').flatMap(
      ({ name, properties }) =>
        lostStates(definitionOf(properties)).map((lost) => `${name}: it has no state ${JSON.stringify(lost)}`),
    ),
};

export const buildAssertions: readonly Assertion[] = [buildProperties, stateMachines];
