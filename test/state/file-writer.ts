/** A process that puts one item after the other in a state file until it is killed, and says of each when it is there. */
import { openFileStore } from '../../lib/state/file-store';

const [file = '', round = ''] = process.argv.slice(2);
const store = await openFileStore(file, () => new Date());
for (let count = 0; ; count++) {
  const key = `${round}-${String(count)}`;
  await store.put({ partition: 'p', key, value: 'x'.repeat(10_000), expected: undefined });
  process.stdout.write(`${key}\n`);
}
