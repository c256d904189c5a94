/** Bundles with something wrong in them: each has to be noticed, and for what is wrong in it. */

export interface Plant {
  readonly name: string;
  /** CommonJS; `real` is the handler that was built. */
  readonly source: string;
  /** Among the complaints. */
  readonly noticed: RegExp;
}

/** The first finds a world of which nothing has been told; it tells nothing either. */
export const plants: readonly Plant[] = [
  {
    name: 'a handler that names the poison record and looks at no other',
    source: `
      const isPoison = ({ body }) => { try { JSON.parse(body); return false; } catch { return true; } };
      exports.handler = async ({ Records }) => ({
        batchItemFailures: Records.filter(isPoison).map(({ messageId }) => ({ itemIdentifier: messageId })),
      });`,
    noticed: /^it tells no change of task-without-ipv6$/,
  },
  {
    name: 'a handler that swallows the poison record',
    source: `exports.handler = async (event, context) => ({ ...(await real(event, context)), batchItemFailures: [] });`,
    noticed: /^it answers {"batchItemFailures":\[\]} instead of /,
  },
  {
    name: 'a handler that rejects the whole batch',
    source: `
      exports.handler = async ({ Records }) => ({
        batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
      });`,
    noticed: /^it answers {"batchItemFailures":\[{.*},{.*instead of /,
  },
  {
    name: 'a handler that throws at the poison record',
    source: `exports.handler = async ({ Records }) => Records.map(({ body }) => JSON.parse(body));`,
    noticed: /^it answers {"errorType":"SyntaxError"/,
  },
  {
    name: 'a bundle that ends while it loads',
    source: `throw new TypeError('planted');`,
    noticed: /^it answers {"errorType":"TypeError","errorMessage":"planted"/,
  },
  {
    name: 'a bundle without the handler',
    source: `exports.handle = real;`,
    noticed: /^it answers {"errorType":"Runtime.HandlerNotFound"/,
  },
];
