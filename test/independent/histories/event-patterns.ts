/** Which events of AWS's services the template sends to the controller's queues. */
import { readFileSync } from 'node:fs';
import { evaluateFunctions } from '../../../infra/local/runtime/template/evaluate-functions';
import { isEntries, parseTemplate } from '../../../infra/local/runtime/template/parse-template';
import { fieldsOf } from '../../../infra/local/services/eventbridge/pattern/event-fields';
import { parseEventPattern } from '../../../infra/local/services/eventbridge/pattern/event-pattern';
import { matchesFields } from '../../../infra/local/services/eventbridge/pattern/matches-pattern';

export type IsWanted = (event: unknown) => boolean;

const PARAMETERS: Readonly<Record<string, string>> = { PolicyPrefix: '/ecs-ipv6' };
const lookup = {
  ref: (name: string) => PARAMETERS[name],
  // of the roles that a rule for calls leaves out; none is simulated by an event
  attribute: (name: string, attribute: string) => `${name}.${attribute}`,
  condition: () => false,
  mapping: () => undefined,
};

/** @param file the template */
export function templatePatterns(file: string): IsWanted {
  const { Resources } = parseTemplate(readFileSync(file, 'utf8'), file);
  const rules = Object.values(isEntries(Resources) ? Resources : {}).flatMap((resource) => {
    const { Type, Properties } = isEntries(resource) ? resource : {};
    // a rule on a bus of the stack's own is not about the services
    return Type === 'AWS::Events::Rule' && isEntries(Properties) && !('EventBusName' in Properties) ? [Properties] : [];
  });
  const patterns = rules.map(({ EventPattern = null }) =>
    parseEventPattern(JSON.stringify(evaluateFunctions(EventPattern, lookup))),
  );
  if (patterns.length === 0) throw new Error(`${file} has no rules for events`);
  return (event) => {
    const fields = fieldsOf(event);
    return patterns.some((pattern) => matchesFields(pattern, fields));
  };
}
