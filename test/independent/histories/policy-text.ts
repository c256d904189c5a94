import type { PolicyTerms } from './history';

const BROKEN = 'version: 1\nmode: obsrve\n';

/** What is allowed to be removed by it; nothing under a policy that is broken or about something else. */
export const allowsRemovals = ({ mode, flavour }: PolicyTerms): boolean =>
  mode === 'enforce' && flavour !== 'broken' && flavour !== 'narrow';

/** Strangers of this number are exempt in flavour `exempt`. */
export const EXEMPT_NUMBER = 1;

export function policyOf({ mode, flavour, ...deregister }: PolicyTerms): string {
  if (flavour === 'broken') return BROKEN;
  const clusters = [flavour === 'narrow' ? 'elsewhere' : '*'];
  const exemption = { rule: '*', reason: 'a test', owner: 'the test', until: '2027-01-31' };
  const names = [`*::dead:${String(EXEMPT_NUMBER)}:*`, `*#dead-${String(EXEMPT_NUMBER)}`];
  return JSON.stringify({
    ...{ version: 1, mode },
    scopes: [{ name: 'shop', match: { clusters }, posture: flavour === 'dual-stack' ? 'dual-stack' : 'ipv6-only' }],
    rules: {
      'instance-without-primary-ipv6': { remedy: 'auto' },
      'service-exec-enabled': { remedy: 'auto' },
      // the one rule that is switched off, so that switching it off is part of what is tried
      'container-insights-off': 'off',
    },
    ...(flavour === 'exempt' && { exemptions: names.map((resource) => ({ ...exemption, resource })) }),
    guard: { deregister },
  });
}
