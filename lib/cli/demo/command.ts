import { parseTemplate, TemplateError } from '../../../infra/local/runtime/template/parse-template';
import { EXIT, type ExitCode } from '../exit-code';
import { UsageError } from '../failure';
import { ownTemplate } from '../own-template';
import { readTextFile } from '../text-file';
import { runDemo, type DemoResult } from './demo';

export interface DemoOptions {
  readonly json: boolean;
  readonly template?: string;
}

/** Runs the demo; exit 0 only if everything really happened. */
export async function demo(
  { json, template = ownTemplate() }: DemoOptions,
  print: (text: string) => void,
): Promise<ExitCode> {
  await checkTemplate(template);
  const interrupt = new AbortController();
  const abort = (): void => {
    interrupt.abort();
  };
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const say = json ? () => undefined : print;
  const result = await runDemo({ templateFile: template, say, signal: interrupt.signal }).catch(refuse(template));
  print(json ? JSON.stringify(result, null, 2) : summary(result));
  return result.ok ? EXIT.compliant : EXIT.violations;
}

/** Before there is an account to deploy it in. */
async function checkTemplate(file: string): Promise<void> {
  const text = await readTextFile('--template', file);
  try {
    parseTemplate(text, file);
  } catch (error) {
    refuse(file)(error);
  }
}

/** What can not be executed is the template's fault. @throws always */
function refuse(file: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof TemplateError)) throw error;
    const fault = error.message.startsWith(file) ? error.message : `${file}: ${error.message}`;
    throw new UsageError(`--template ${fault}`, { cause: error });
  };
}

function summary({ steps, ok, denied }: DemoResult): string {
  const widest = Math.max(...steps.map(({ name }) => name.length));
  const rows = steps.map((step) => {
    const mark = step.ok ? 'ok     ' : 'MISSING';
    return `${mark}  ${step.pass.padEnd(9)}  ${step.name.padEnd(widest)}  ${step.seen}`;
  });
  const missing = steps.filter((step) => !step.ok).map((step) => `missing: pass ${step.pass}: ${step.name}`);
  const refused = denied.length === 0 ? [] : [`IAM refused: ${denied.join(', ')}`];
  const done = steps.filter((step) => step.ok).length;
  return [
    '',
    ...rows,
    '',
    ...refused,
    ...missing,
    `${String(done)} of ${String(steps.length)} steps${ok ? '' : ': the demo failed'}`,
  ].join('\n');
}
