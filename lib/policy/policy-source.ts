import { createHash } from 'node:crypto';
import type { PolicyPart } from './document';

/** The written policy as found: its parts in name order, and a version that changes whenever any of them does. */
export interface WrittenPolicy {
  readonly parts: readonly PolicyPart[];
  readonly policyVersion: string;
}

/** A call for the policy failed; `cause` is what it failed with. */
export class PolicyReadError extends Error {
  override readonly name = 'PolicyReadError';
  constructor(
    /** Parameter name or path. */
    readonly place: string,
    /** IAM action of the call. */
    readonly call: string,
    cause: unknown,
  ) {
    super(`${call} of ${place} failed`, { cause });
  }
}

export interface PolicySource {
  readonly origin: 'parameter' | 'file';
  /** `undefined`: nobody wrote one. Rejects with a `PolicyReadError`. */
  read(): Promise<WrittenPolicy | undefined>;
  /** The kill switch, as written; `undefined`: not there. */
  readEnforcement(): Promise<string | undefined>;
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly version: number;
}

/** What the SSM source needs of Parameter Store. */
export interface ParameterPort {
  /** `undefined` when there is no such parameter. */
  getParameter(name: string): Promise<Parameter | undefined>;
  /** Everything under a path, recursively. */
  listParameters(path: string): Promise<readonly Parameter[]>;
}

async function reading<Answer>(place: string, call: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw new PolicyReadError(place, call, error);
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * The policy in Parameter Store: `<prefix>/policy` and everything under `<prefix>/policy/`, beside it the kill switch
 * `<prefix>/enforcement`.
 */
export function parameterSource(port: ParameterPort, prefix: string): PolicySource {
  return {
    origin: 'parameter',
    async read() {
      const name = `${prefix}/policy`;
      const [whole, parts] = await Promise.all([
        reading(name, 'ssm:GetParameters', port.getParameter(name)),
        reading(`${name}/`, 'ssm:GetParametersByPath', port.listParameters(`${name}/`)),
      ]);
      const found = [...(whole ? [whole] : []), ...parts].sort((a, b) => (a.name < b.name ? -1 : 1));
      if (found.length === 0) return undefined;
      return {
        parts: found.map((parameter) => ({ place: parameter.name, text: parameter.value })),
        policyVersion: hash(found.map(({ name: part, version }) => `${part}@${String(version)}`).join('\n')),
      };
    },
    async readEnforcement() {
      return (await port.getParameter(`${prefix}/enforcement`))?.value;
    },
  };
}

/**
 * A policy in a file, for the command line. The kill switch stays where it is for everyone: in Parameter Store, and
 * missing means off.
 */
export function fileSource(place: string, text: string, enforcement: PolicySource['readEnforcement']): PolicySource {
  return {
    origin: 'file',
    read: () => Promise.resolve({ parts: [{ place, text }], policyVersion: hash(text) }),
    readEnforcement: enforcement,
  };
}
