import { ipv6OnlyRegions } from '../facts/ipv6-only-regions';
import { defineRule } from './define-rule';

/** ECS has IPv6-only tasks in some regions only. */
export const regionUnsupported = defineRule({
  meta: {
    id: 'region-unsupported',
    title: 'ECS does not support IPv6-only in this region',
    kind: 'account',
    severity: 'high',
    remedy: 'none',
    sweepOnly: 'It is a fact about the region, which no event tells of.',
    source: { url: ipv6OnlyRegions.url, checked: ipv6OnlyRegions.checked },
    facts: [ipv6OnlyRegions],
    reads: ['ecs:ListClusters'],
    messages: { absent: 'AWS does not list {{region}} among the regions in which ECS supports IPv6-only.' },
  },
  defaults: {},
  check({ snapshot: { region }, fact }) {
    const regions = fact(ipv6OnlyRegions);
    if (regions.includes(region)) return [];
    return [{ messageId: 'absent', values: { region }, desired: { regions }, actual: { region } }];
  },
});
