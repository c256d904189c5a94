import type { Permission } from './permission';

/** Policy, parts of it, and kill switch in Parameter Store. */
export function parameterReads(prefix: string): readonly Permission[] {
  const on = {
    sid: 'ReadPolicy',
    resources: [
      `ssm:parameter${prefix}/policy`,
      `ssm:parameter${prefix}/policy/*`,
      `ssm:parameter${prefix}/enforcement`,
    ],
  };
  return ['ssm:GetParameters', 'ssm:GetParametersByPath'].map((action) => ({ action, on }));
}
