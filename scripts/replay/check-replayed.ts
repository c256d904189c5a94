/**
 * `tsx scripts/replay/check-replayed.ts FILE`: holds the output of replay against the events themselves, read here in
 * the plainest way and without the parsers under test. Exit 1 if an event of a known kind led elsewhere.
 */
import { readFile } from 'node:fs/promises';
import type { Replayed } from './replay-text';

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const field = (value: unknown, name: string): unknown => (isJson(value) ? value[name] : undefined);

/** `kind id` of what the event is about, by its detail-type; undefined: the event does not name it. */
const SUBJECTS: Readonly<Record<string, (event: Json) => string | undefined>> = {
  'ECS Task State Change': (event) => named('task', field(event['detail'], 'taskArn')),
  'ECS Container Instance State Change': (event) =>
    named('container-instance', field(event['detail'], 'containerInstanceArn')),
  'ECS Service Action': (event) => named('service', field(event['resources'], '0')),
  'ECS Deployment State Change': (event) => named('service', field(event['resources'], '0')),
  'EC2 Instance State-change Notification': (event) =>
    named('instance', field(event['detail'], 'instance-id') ?? field(event['detail'], 'instance_id')),
  'EC2 Instance Launch Successful': (event) => named('instance', field(event['detail'], 'EC2InstanceId')),
  'Scheduled Event': (event) => named('account', /:(\d{12}):/.exec(JSON.stringify(event['resources']))?.[1]),
};

function named(kind: string, id: unknown): string | undefined {
  return typeof id === 'string' ? `${kind} ${id.trim()}` : undefined;
}

/** What the event is about; undefined: it is of no kind that is checked here, or does not say. */
function subjectOf(event: unknown): string | undefined {
  const type = field(event, 'detail-type');
  return typeof type === 'string' && isJson(event) ? SUBJECTS[type]?.(event) : undefined;
}

/** What is wrong with the answer; undefined if nothing is. */
function complaint(event: unknown, { requests, reason, error }: Replayed): string | undefined {
  if (error !== undefined) return error;
  const found = requests?.map(({ kind, id }) => `${kind} ${id}`) ?? [];
  if (found.length === 0 && !reason) return 'neither requests nor a reason';
  const subject = subjectOf(event);
  if (subject === undefined || found.includes(subject)) return undefined;
  return `expected ${subject}, got ${reason ?? found.join(', ')}`;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Only ever written by replay itself. */
const isReplayed = (value: unknown): value is readonly Replayed[] => Array.isArray(value);

const [file] = process.argv.slice(2);
const replayed = file === undefined ? undefined : await readJson(file);
if (!isReplayed(replayed) || replayed.length === 0) throw new Error('usage: check-replayed.ts FILE (output of replay)');
const complaints = await Promise.all(
  replayed.map(async (entry) => {
    const wrong = complaint(await readJson(entry.file), entry);
    return wrong === undefined ? [] : [`${entry.file}: ${wrong}`];
  }),
);
for (const line of complaints.flat()) console.error(line);
const led = replayed.filter(({ requests }) => requests !== undefined).length;
console.log(
  `replay: ${replayed.length} events, ${led} led to requests, ${complaints.flat().length} led elsewhere than they should`,
);
if (complaints.flat().length > 0) process.exitCode = 1;
