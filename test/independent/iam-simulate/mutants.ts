import type { Recorded } from './recorder';

/** An action that knows resources is never asked about `*`, which iam-simulate takes for "any of them". */
const isAskedOn = (all: readonly Recorded[], action: string, resource: string): boolean =>
  resource !== '*' || all.every((each) => each.action !== action || each.resource === '*');

/** The same question with one thing changed, each in its own way. */
export function* mutantsOf(question: Recorded, all: readonly Recorded[]): Generator<Recorded> {
  const { action, resource, context } = question;
  const service = action.split(':')[0] ?? '';
  const others = new Set(all.map((each) => each.action).filter((each) => each.startsWith(`${service}:`)));
  for (const other of others)
    if (other !== action && isAskedOn(all, other, resource)) yield { ...question, action: other };
  if (resource !== '*') {
    yield { ...question, resource: resource.replace('111122223333', '444455556666') };
    yield { ...question, resource: resource.replace('eu-west-2', 'us-east-1') };
    yield { ...question, resource: `${resource}x` };
    yield { ...question, resource: resource.replace(/[^:/]+$/, 'other') };
  }
  for (const key of Object.keys(context)) {
    yield { ...question, context: Object.fromEntries(Object.entries(context).filter(([each]) => each !== key)) };
    yield { ...question, context: { ...context, [key]: ['other'] } };
  }
}
