import { defineFact } from './fact';
import { text, truth } from './fact-types';

/** The attribute that agents able to run IPv6-only tasks register, whatever the network of their host. */
export const ipv6OnlyCapability = defineFact({
  id: 'ipv6-only-capability',
  title: 'The attribute that agents able to run IPv6-only tasks register, whatever the network of their host',
  type: text,
  value: 'ecs.capability.ipv6-only',
  fixed: 'no rule rests on it',
  url: 'https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** Whether the agent of an IPv6-only host reports only IPv6 bindings of bridge tasks. */
export const agentBindsIpv6Only = defineFact({
  id: 'agent-binds-ipv6-only',
  title: 'Whether the agent of an IPv6-only host reports only IPv6 bindings of bridge tasks',
  type: truth,
  value: true,
  url: 'https://github.com/aws/amazon-ecs-agent/blob/master/README.md',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
