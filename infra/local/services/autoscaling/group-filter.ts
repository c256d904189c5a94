import type { Filter } from '@aws-sdk/client-auto-scaling';
import type { AutoScalingGroup } from './state';
import { validationError } from './state';

type Test = (group: AutoScalingGroup, values: readonly string[]) => boolean;

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Filter.html */
const TESTS: Readonly<Record<string, Test>> = {
  'tag-key': ({ tags }, values) => values.some((key) => tags.has(key)),
  'tag-value': ({ tags }, values) => [...tags.values()].some(({ value }) => values.includes(value)),
};

const TAG = 'tag:';

function testFor(name: string): Test {
  const known = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  if (known) return known;
  if (!name.startsWith(TAG)) throw validationError(`Filter type ${name} is not correct.`);
  const key = name.slice(TAG.length);
  return ({ tags }, values) => {
    const value = tags.get(key)?.value;
    return value !== undefined && values.includes(value);
  };
}

/** All filters have to match, and of each filter one value. */
export function groupFilter(filters: readonly Filter[]): (group: AutoScalingGroup) => boolean {
  const tests = filters.map(({ Name = '', Values = [] }) => ({ test: testFor(Name), Values }));
  return (group) => tests.every(({ test, Values }) => test(group, Values));
}
