import {
  GetParameterCommand,
  paginateGetParametersByPath,
  ParameterNotFound,
  type Parameter as SsmParameter,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Parameter, ParameterPort } from '../policy/policy-source';

/** Parameter Store, read with decryption, so that a SecureString serves too. */
export function parameterPort(client: SSMClient): ParameterPort {
  return {
    async getParameter(name) {
      try {
        const { Parameter: found } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
        return toParameter(found);
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    },
    async listParameters(path) {
      const found: Parameter[] = [];
      const input = { Path: path, Recursive: true, WithDecryption: true };
      for await (const page of paginateGetParametersByPath({ client }, input)) {
        found.push(...(page.Parameters ?? []).flatMap((one) => toParameter(one) ?? []));
      }
      return found;
    },
  };
}

function toParameter(parameter: SsmParameter | undefined): Parameter | undefined {
  const { Name: name, Value: value, Version: version } = parameter ?? {};
  return name === undefined || value === undefined ? undefined : { name, value, version: version ?? 0 };
}
