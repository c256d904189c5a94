import { ecrPrivateHosts, ecrPublicHosts } from '../facts/ecr-hosts';
import { usersOfTaskDefinition } from '../snapshot/usage';
import { defineRule } from './define-rule';
import { firstGap } from './evidence/first-gap';
import { reregister, withImages } from './fix/task-definition';
import { pullOf } from './image/pull';
import { listed } from './wording/counted';

const allowRegistries: readonly string[] = [];

/** A task without IPv4 cannot pull its image from a host that has IPv4 addresses only. */
export const imageNotDualStack = defineRule({
  meta: {
    id: 'image-not-dual-stack',
    title: 'Image is pulled by an IPv4-only host name',
    kind: 'task-definition',
    severity: 'high',
    remedy: 'suggest',
    source: { url: ecrPrivateHosts.url, checked: ecrPrivateHosts.checked },
    facts: [ecrPrivateHosts, ecrPublicHosts],
    reads: [
      ...['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
      ...['ecs:ListServices', 'ecs:ListTasks'],
    ],
    messages: { ipv4: '{{revision}} pulls {{images}} by a host name that has no IPv6 address.' },
  },
  defaults: { allowRegistries },
  check({ resource: definition, snapshot, options, fact }) {
    const { services, tasks } = usersOfTaskDefinition(snapshot, definition.arn);
    const { ipv4Only, doubt } = pullOf(snapshot, definition, { allowed: options.allowRegistries, fact });
    if (ipv4Only.length === 0 && !doubt) return [];
    if (services.length + tasks.length === 0) {
      const gap = firstGap(snapshot, ['services', 'tasks']);
      return gap ? [{ gap }] : [];
    }
    if (ipv4Only.length === 0 && doubt) return [{ gap: doubt }];
    const images = Object.fromEntries(ipv4Only.map(({ container, rewritten }) => [container, rewritten]));
    return [
      {
        messageId: 'ipv4',
        values: {
          revision: `${definition.family}:${definition.revision}`,
          images: listed(ipv4Only.map(({ image }) => image)),
        },
        desired: { images },
        actual: { images: Object.fromEntries(ipv4Only.map(({ container, image }) => [container, image])) },
        related: [...services, ...tasks.filter(({ serviceName }) => serviceName === undefined)].map(({ arn }) => arn),
        fix: reregister(snapshot, definition, { edits: withImages(images), services }),
      },
    ];
  },
});
