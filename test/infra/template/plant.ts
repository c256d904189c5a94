/** Puts one fault into a template. */
import { isEntries, isList, type Entries, type Value } from '../../../infra/local/runtime/template/parse-template';

export interface PlantedFault {
  readonly fault: string;
  /** Name of the assertion. */
  readonly noticed: string;
  readonly plant: (template: Entries) => Entries;
}

type Path = readonly (string | number)[];

/** The template with another value at a place; `undefined` takes away what is there. */
function withValue(value: Value, [step, ...rest]: Path, other: Value | undefined): Value {
  if (step === undefined) return other ?? null;
  if (isList(value)) return value.map((item, index) => (index === step ? withValue(item, rest, other) : item));
  const found = isEntries(value) ? value : {};
  const { [String(step)]: before = {}, ...others } = found;
  if (rest.length === 0 && other === undefined) return others;
  return { ...found, [String(step)]: withValue(before, rest, other) };
}

export function at(path: Path, other?: Value): (template: Entries) => Entries {
  return (template) => {
    const planted = withValue(template, path, other);
    if (!isEntries(planted)) throw new Error(`nothing is left of the template: ${path.join('.')}`);
    return planted;
  };
}

export const properties = (name: string, ...path: Path): Path => ['Resources', name, 'Properties', ...path];
