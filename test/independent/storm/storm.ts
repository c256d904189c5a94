/**
 * A thousand events at once, again and again, through the queues and past them, against target groups full of orphans:
 * in no 60 minutes more is removed than the budget allows, no zone loses its last healthy target, and what is allowed is
 * done in the end. The account's own record says so. Then the same with a controller that forgets and is told otherwise:
 * the judge has to notice each of its weaknesses.
 */
import { EVENTS } from './gusts';
import { notices, tell, type Weakness } from './tempest';

const weaknesses: readonly Weakness[] = [
  { name: 'the budget is forgotten', forgets: 'budget#', verdict: /th removal in 60 minutes/ },
  {
    name: 'how many were healthy before is forgotten',
    forgets: 'lease#',
    verdict: /healthy targets are left of the \d+ an hour ago/,
  },
  {
    name: 'zones do not count',
    isTold: { minHealthyPerZone: 0 },
    verdict: /: 0 healthy targets are left in eu-west-2/,
  },
];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { gusts, minutes, removals, wrong } = await tell();
for (const fault of wrong) say(`WRONG: ${fault}`);
say(`- ${String(gusts)} gusts of ${String(EVENTS)} events in ${String(minutes)} minutes: ${String(removals)} removals`);

let unseen = 0;
const weak = await tell(weaknesses);
for (const weakness of weaknesses) {
  const { name } = weakness;
  const found = notices(weak.wrong, weakness);
  if (found === undefined) unseen++;
  say(found === undefined ? `WRONG: nobody noticed that ${name}` : `- noticed that ${name}: ${found}`);
}
process.exitCode = wrong.length === 0 && unseen === 0 && removals > 0 ? 0 : 1;
