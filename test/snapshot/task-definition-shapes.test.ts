import { describe, expect, it } from '@jest/globals';
import { toTaskDefinition } from '../../lib/snapshot/task-definition-shapes';

describe('toTaskDefinition', () => {
  it.each([
    [undefined, 'default'],
    ['bridge', 'bridge'],
    ['awsvpc', 'awsvpc'],
  ] as const)('network mode %s is %s', (networkMode, mode) =>
    expect(toTaskDefinition({ networkMode }, []).networkMode).toBe(mode),
  );

  it.each([
    [undefined, 'linux'],
    ['LINUX', 'linux'],
    ['WINDOWS_SERVER_2022_CORE', 'windows'],
  ] as const)('family %s is %s', (operatingSystemFamily, system) =>
    expect(toTaskDefinition({ runtimePlatform: { operatingSystemFamily } }, []).operatingSystem).toBe(system),
  );

  it.each([
    [undefined, undefined],
    ['X86_64', 'x86_64'],
    ['ARM64', 'arm64'],
  ] as const)('processor %s is %s', (cpuArchitecture, architecture) =>
    expect(toTaskDefinition({ runtimePlatform: { cpuArchitecture } }, []).architecture).toBe(architecture),
  );

  it('keeps containers that have no image', () => {
    const containerDefinitions = [{ name: 'app', image: 'nginx' }, { name: 'sidecar' }];
    expect(toTaskDefinition({ containerDefinitions }, [{ key: 'team', value: 'a' }])).toMatchObject({
      containers: [{ name: 'app', image: 'nginx' }, { name: 'sidecar' }],
      tags: { team: 'a' },
    });
  });

  it('keeps ports, and 0 for none', () => {
    const portMappings = [
      { containerPort: 80 },
      { containerPort: 81, hostPort: 0 },
      { containerPort: 82, hostPort: 8082 },
    ];
    const containerDefinitions = [{ name: 'app', portMappings: [...portMappings, { containerPortRange: '90-99' }] }];
    const [container] = toTaskDefinition({ containerDefinitions }, []).containers;
    expect(container?.ports).toEqual([
      { containerPort: 80, hostPort: undefined },
      { containerPort: 81, hostPort: undefined },
      { containerPort: 82, hostPort: 8082 },
    ]);
  });

  it('keeps of the log configuration where logs go, and no secrets', () => {
    const options = { 'awslogs-endpoint': 'https://logs.eu-west-2.amazonaws.com', 'splunk-token': 'secret', Host: 'h' };
    const containerDefinitions = [{ name: 'app', logConfiguration: { logDriver: 'awslogs', options } }] as const;
    const [container] = toTaskDefinition({ containerDefinitions: [...containerDefinitions] }, []).containers;
    expect(container?.logging).toEqual({
      driver: 'awslogs',
      endpoints: { 'awslogs-endpoint': 'https://logs.eu-west-2.amazonaws.com', Host: 'h' },
    });
  });

  it('names each EFS file system once, and the launch types that it was checked against', () => {
    const efs = { efsVolumeConfiguration: { fileSystemId: 'fs-1' } };
    const volumes = [
      { name: 'a', ...efs },
      { name: 'b', ...efs },
      { name: 'scratch', host: {} },
    ];
    expect(toTaskDefinition({ volumes, requiresCompatibilities: ['FARGATE'] }, [])).toMatchObject({
      fileSystemIds: ['fs-1'],
      requiresCompatibilities: ['FARGATE'],
    });
  });
});
