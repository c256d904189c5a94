import { classicLoadBalancerWithAwsvpc } from '../facts/ecs-support';
import { defineRule } from './define-rule';
import { showClassic } from './fix/load-balancer';
import { counted, listed } from './wording/counted';

/** Only Application and Network Load Balancers have IPv6 target groups; awsvpc tasks cannot be behind any other. */
export const serviceClassicLoadBalancer = defineRule({
  meta: {
    id: 'service-classic-load-balancer',
    title: 'Service is behind a Classic Load Balancer',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    source: { url: classicLoadBalancerWithAwsvpc.url, checked: classicLoadBalancerWithAwsvpc.checked },
    facts: [classicLoadBalancerWithAwsvpc],
    reads: ['ecs:DescribeServices', 'ecs:ListServices'],
    messages: { classic: '{{name}} is behind {{balancers}}, which no IPv6 target group can be put behind: {{names}}.' },
  },
  defaults: {},
  check({ resource: service, snapshot, posture }) {
    const names = service.loadBalancers.flatMap(({ loadBalancerName }) => loadBalancerName ?? []);
    if (service.status !== 'ACTIVE' || names.length === 0) return [];
    return [
      {
        messageId: 'classic',
        severity: posture === 'dual-stack' ? 'medium' : 'high',
        values: {
          name: service.name,
          balancers: counted(names.length, 'Classic Load Balancer'),
          names: listed(names),
        },
        desired: { classicLoadBalancers: [] },
        actual: { classicLoadBalancers: names },
        fix: [showClassic(snapshot, names)],
      },
    ];
  },
});
