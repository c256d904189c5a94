import type { Finding } from '../evaluate/finding';
import type { DestructiveAction } from './action';

type Kind = DestructiveAction['kind'];

/** Whatever is wrong with a registration that is to go, it goes in the same way. */
const byResource: Readonly<Partial<Record<Finding['kind'], Kind>>> = {
  target: 'deregister-target',
  'cloudmap-instance': 'deregister-cloudmap-instance',
};

const byRule: Readonly<Partial<Record<string, Kind>>> = {
  'instance-without-primary-ipv6': 'enable-primary-ipv6',
  'service-exec-enabled': 'disable-exec',
};

/** What mends the findings of a rule about that kind of resource, where its remedy is `auto`. */
export const actionKindOf = (rule: string, resource: Finding['kind']): Kind | undefined =>
  byRule[rule] ?? byResource[resource];
