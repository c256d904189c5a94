/** `explain`: a rule, an error, or the way of one thing to a healthy target. It never writes. */
import { text } from 'node:stream/consumers';
import { explainError } from '../../explain/explain-error';
import { explainRule } from '../../explain/explain-rule';
import { didYouMean } from '../../policy/nearest-name';
import { rules } from '../../rules/registry';
import { EXIT, type ExitCode } from '../exit-code';
import { UsageError } from '../failure';
import { readDeployed, readFiles, type NamedPolicy } from '../policy/read-policy';
import type { Terminal } from '../terminal';
import { withLocal } from '../with-local';
import { errorText } from './error-text';
import { explainThing, type ThingOptions } from './explain-thing';
import { textWidth } from './layout';
import { rulePage } from './rule-page';
import { ruleText } from './rule-text';

export interface ExplainOptions extends ThingOptions {
  /** The text itself, or `-` for stdin. */
  readonly error?: string;
}

const NOTHING_NAMED =
  'name what to explain: a rule id, --error TEXT, or one of --task, --service, --instance and --target';

/** @param ruleId absent where something else is to be explained */
export async function explain(
  ruleId: string | undefined,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { error, task, service, instance, target } = options;
  const things = [task, service, instance, target].filter((one) => one !== undefined);
  const wanted = [ruleId, error, ...things].filter((one) => one !== undefined);
  if (wanted.length > 1) throw new UsageError('explain one thing at a time');
  if (error !== undefined) return await explainText(error, options, terminal);
  refuseCluster(options, wanted);
  if (things.length > 0) return await explainThing(options, terminal);
  if (ruleId) return await explainId(ruleId, options, terminal);
  throw new UsageError(NOTHING_NAMED);
}

/** A cluster completes the names of what runs in it, and nothing else. */
function refuseCluster({ cluster, service, task }: ExplainOptions, wanted: readonly string[]): void {
  if (cluster === undefined || (service ?? task ?? wanted[0]) === undefined) return;
  if ((service ?? task) === undefined) throw new UsageError('--cluster: only with --task or --service; leave it out');
}

async function explainId(id: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const rule = rules.find(({ meta }) => meta.id === id);
  if (!rule) {
    const ids = rules.map(({ meta }) => meta.id);
    throw new UsageError(`${id} is no rule${didYouMean(id, ids)}; the rules are ${ids.join(', ')}`);
  }
  const named = await policyOf(options);
  const { rules: settings = {}, facts: overrides = {} } = named?.policy ?? {};
  const question = { rule, page: rulePage(id), setting: settings[id], overrides, now: new Date() };
  const answer = explainRule({ ...question, policy: named?.name });
  const isJson = options.format === 'json';
  terminal.print(isJson ? JSON.stringify(answer, null, 2) : ruleText(answer, textWidth(terminal.columns)));
  return EXIT.compliant;
}

/** The one that is named; the deployed one of a region that is named; else none, so that no credentials are needed. */
function policyOf(options: ExplainOptions): Promise<NamedPolicy | undefined> {
  const { policy, region, local } = options;
  return withLocal(options, async () => {
    if (policy !== undefined) return await readFiles([policy]);
    return region === undefined && !local ? undefined : await readDeployed(region);
  });
}

async function errorInput(given: string, { complain }: Terminal): Promise<string> {
  if (given !== '-') return given;
  if (process.stdin.isTTY) complain('Paste the error, then press Ctrl-D on a line of its own.');
  return await text(process.stdin);
}

/** A text is explained by what it says alone. */
function refuseWithoutEffect({ policy, region, local, cluster, seed, tasks }: ExplainOptions): void {
  const given = { policy, region, local: local || undefined, cluster, seed, tasks };
  const [name] = Object.entries(given).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (name !== undefined) throw new UsageError(`--${name}: has no effect with --error; leave it out`);
}

/** 0 if it is recognised, 3 if nothing can be told. */
async function explainText(given: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const { format } = options;
  refuseWithoutEffect(options);
  const message = await errorInput(given, terminal);
  if (message.trim() === '') throw new UsageError('--error: name the text of an error, or - to read it from stdin');
  const answer = explainError(message);
  terminal.print(format === 'json' ? JSON.stringify(answer, null, 2) : errorText(answer, textWidth(terminal.columns)));
  return answer.recognised ? EXIT.compliant : EXIT.incomplete;
}
