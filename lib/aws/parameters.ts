import {
  GetParametersCommand,
  paginateGetParametersByPath,
  type Parameter as SsmParameter,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Parameter, ParameterPort } from '../policy/policy-source';
import { chunk } from './read';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const NAMES_PER_CALL = 10;

/** Parameter Store, read with decryption, so that a SecureString serves too. */
export function parameterPort(client: SSMClient): ParameterPort {
  return {
    getParameter: together((names) => getParameters(client, names)),
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

type Found = ReadonlyMap<string, Parameter>;

async function getParameters(client: SSMClient, names: readonly string[]): Promise<Found> {
  const parts = await Promise.all(
    chunk(names, NAMES_PER_CALL).map((some) =>
      client.send(new GetParametersCommand({ Names: [...some], WithDecryption: true })),
    ),
  );
  const found = parts.flatMap(({ Parameters = [] }) => Parameters.flatMap((one) => toParameter(one) ?? []));
  return new Map(found.map((parameter) => [parameter.name, parameter]));
}

/**
 * Reads what is asked for at the same time in one call. One parameter that may not be read fails the call for all of
 * them: then each is asked for by itself, so that it fails alone.
 */
function together(read: (names: readonly string[]) => Promise<Found>): ParameterPort['getParameter'] {
  let gathered: { readonly names: Set<string>; readonly answer: Promise<Found> } | undefined;
  return async (name) => {
    if (!gathered) {
      const names = new Set<string>();
      const answer = Promise.resolve().then(() => {
        gathered = undefined;
        return read([...names]);
      });
      gathered = { names, answer };
    }
    const { names, answer } = gathered;
    names.add(name);
    try {
      return (await answer).get(name);
    } catch (error) {
      if (names.size === 1) throw error;
      return (await read([name])).get(name);
    }
  };
}

function toParameter(parameter: SsmParameter | undefined): Parameter | undefined {
  const { Name: name, Value: value, Version: version } = parameter ?? {};
  return name === undefined || value === undefined ? undefined : { name, value, version: version ?? 0 };
}
