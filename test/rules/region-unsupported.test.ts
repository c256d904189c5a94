import { regionUnsupported } from '../../lib/rules/region-unsupported';
import { anAccount } from '../support/builders';
import { testRule } from '../support/test-rule';

const resource = anAccount();

testRule(regionUnsupported, {
  valid: [
    { name: 'London', resource, world: { region: 'eu-west-2' } },
    { name: 'Beijing', resource, world: { region: 'cn-north-1' } },
    { name: 'Ireland, wanted dual-stack', resource, world: { region: 'eu-west-1' }, posture: 'dual-stack' },
  ],
  invalid: [
    { name: 'Ireland', resource, world: { region: 'eu-west-1' }, reports: {
      message: 'AWS does not list eu-west-1 among the regions in which ECS supports IPv6-only.',
      actual: { region: 'eu-west-1' },
    } },
    { name: 'Stockholm', resource, world: { region: 'eu-north-1' }, reports: { messageId: 'absent' } },
  ],
  apply: ({ regions }, { resource: account }) => ({ resource: account, world: { region: (regions as string[])[0] ?? '' } }),
}); // prettier-ignore
