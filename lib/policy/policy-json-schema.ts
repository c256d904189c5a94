import { toJsonSchema, type JsonSchema } from './json-schema';
import type { KnownRule } from './rule-schema';
import { policySchema } from './schema';

export interface PolicySchemaOptions {
  /** Of one of several parts: none of the keys has to be there. */
  readonly isPart?: boolean;
}

/** The JSON Schema of a policy for these rules. */
export function policyJsonSchema(
  rules: readonly KnownRule[],
  { isPart = false }: PolicySchemaOptions = {},
): JsonSchema {
  const { required, ...rest } = toJsonSchema(policySchema(rules));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: isPart ? 'A part of a policy of ecs-ipv6' : 'A policy of ecs-ipv6',
    ...rest,
    ...(!isPart && { required }),
  };
}
