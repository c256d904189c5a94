/** A local account with every service, for tools of others: prints `{endpoint, region, account}` and serves until ended. */
import { startLocalAccount } from '../../infra/local/local-account';
import { services } from '../../infra/local/services';

const local = await startLocalAccount({ services });
const { endpoint, region, account } = local;
process.stdout.write(`${JSON.stringify({ endpoint, region, account })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void local.stop());
