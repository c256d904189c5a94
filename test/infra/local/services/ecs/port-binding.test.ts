import { describe, expect, it } from '@jest/globals';
import { hostResources } from '../../../../../infra/local/services/ecs/host-resources';
import { bindPorts } from '../../../../../infra/local/services/ecs/port-binding';
import type { InstanceRecord } from '../../../../../infra/local/services/ecs/records';

function host(nextPort: number, taken: readonly number[] = []): Pick<InstanceRecord, 'remaining' | 'nextPort'> {
  const { cpu, memory, udp } = hostResources(1_024, 1_024);
  return { remaining: { cpu, memory, tcp: new Set(taken), udp }, nextPort };
}

const dynamic = { portMappings: [{ containerPort: 80, hostPort: 0 }] };

describe('bindPorts', () => {
  it('takes dynamic ports upwards, passes over taken ones, and starts again at the end', () => {
    const instance = host(60_998, [60_999, 32_768]);
    const ports = [1, 2, 3].map(() => bindPorts(instance, dynamic, ['0.0.0.0'])[0]?.hostPort);
    expect(ports).toEqual([60_998, 32_769, 32_770]);
    expect(instance.remaining.tcp).toEqual(new Set([60_999, 32_768, 60_998, 32_769, 32_770]));
  });

  it('keeps protocols apart and leaves fixed ports as they are', () => {
    const instance = host(32_768, [32_768]);
    const portMappings = [
      { containerPort: 53, hostPort: 0, protocol: 'udp' as const },
      { containerPort: 80, hostPort: 8_080 },
    ];
    expect(bindPorts(instance, { portMappings }, ['::'])).toEqual([
      { containerPort: 53, hostPort: 32_768, protocol: 'udp', bindIP: '::' },
      { containerPort: 80, hostPort: 8_080, protocol: 'tcp', bindIP: '::' },
    ]);
  });

  it('takes one port for as many wildcards as there are', () => {
    const instance = host(32_768);
    const both = { containerPort: 80, hostPort: 32_768, protocol: 'tcp' };
    const bound = bindPorts(instance, dynamic, ['0.0.0.0', '::']);
    expect(bound).toEqual([{ ...both, bindIP: '0.0.0.0' }, { ...both, bindIP: '::' }]); // prettier-ignore
    expect(instance.remaining.tcp).toEqual(new Set([32_768]));
  });
});
