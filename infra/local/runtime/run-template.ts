/** Deploys a template in a local account, that is: executes it. Functions run as their built bundles. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LocalAccount } from '../local-account';
import { createActivity } from './activity';
import { eventBusProvider, eventRuleProvider } from './providers/event-rule';
import { eventSourceMappingProvider } from './providers/event-source-mapping';
import { functionProvider } from './providers/function';
import { eventInvokeConfigProvider, functionAliasProvider, functionVersionProvider } from './providers/function-alias';
import { logGroupProvider } from './providers/log-group';
import { alarmProvider, dashboardProvider } from './providers/monitoring';
import { queuePolicyProvider, queueProvider } from './providers/queue';
import { managedPolicyProvider, roleProvider } from './providers/role';
import { createRuntimeClients, type RuntimeContext } from './providers/runtime-context';
import { scheduleProvider } from './providers/schedule';
import { tableProvider } from './providers/table';
import { subscriptionProvider, topicPolicyProvider, topicProvider } from './providers/topic';
import { parseTemplate } from './template/parse-template';
import { transformServerless } from './template/serverless-function';
import { createStack, type Stack } from './template/stack';

export interface RunOptions {
  readonly account: LocalAccount;
  readonly templateFile: string;
  readonly stackName: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** A line that a function printed. */
  readonly log?: (functionName: string, line: string) => void;
}

export interface RunningStack extends Stack {
  /** Resolves once no function runs. */
  quiet(): Promise<void>;
  /** Ends processes and polling; the account's resources stay. */
  stop(): void;
}

/** @throws TemplateError naming the resource and property that can not be executed */
export async function runTemplate(options: RunOptions): Promise<RunningStack> {
  const { account, templateFile, stackName, parameters, log = () => undefined } = options;
  const text = readFileSync(templateFile, 'utf8');
  const template = transformServerless(parseTemplate(text, path.basename(templateFile)));
  const folder = path.dirname(path.resolve(templateFile));
  const context: RuntimeContext = { account, folder, log, clients: createRuntimeClients(account) };
  const activity = createActivity();
  const functions = functionProvider(context, activity);
  const mappings = eventSourceMappingProvider(context, activity);
  const providers = [
    alarmProvider(),
    dashboardProvider(),
    eventBusProvider(context),
    eventInvokeConfigProvider(),
    eventRuleProvider(context),
    functionAliasProvider(),
    functions,
    functionVersionProvider(),
    logGroupProvider(),
    managedPolicyProvider(),
    mappings,
    queuePolicyProvider(context),
    queueProvider(context),
    roleProvider(),
    scheduleProvider(context),
    subscriptionProvider(context),
    tableProvider(context),
    topicPolicyProvider(context),
    topicProvider(context),
  ];
  const stop = (): void => {
    mappings.stop();
    functions.stop();
  };
  try {
    const stack = await createStack({ scope: account.scope, stackName, template, parameters, providers });
    return { ...stack, stop, quiet: () => activity.quiet() };
  } catch (error) {
    stop();
    throw error;
  }
}
