import { expect, it } from '@jest/globals';
import { sortedByUrgency } from '../../lib/evaluate/sorted-by-urgency';
import { aFinding } from '../support/action-builders';

it('puts the worst first, then goes by rule and resource', () => {
  const findings = ['c', 'a', 'b'].flatMap((resource) => [
    aFinding({ resource, rule: 'z-rule', severity: 'low' }),
    aFinding({ resource, rule: 'y-rule', severity: 'critical' }),
    aFinding({ resource, rule: 'x-rule', severity: 'critical' }),
  ]);
  expect(sortedByUrgency(findings).map(({ rule, resource }) => `${rule} ${resource}`)).toEqual([
    ...['x-rule a', 'x-rule b', 'x-rule c'],
    ...['y-rule a', 'y-rule b', 'y-rule c'],
    ...['z-rule a', 'z-rule b', 'z-rule c'],
  ]);
});
