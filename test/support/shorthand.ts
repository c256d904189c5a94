/** Values of options as the aws CLI takes them: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html */

/** Numbers to look at, texts to AWS. */
const TEXTS = new Set(['IpProtocol', 'Protocol', 'Values', 'Version', 'DefaultVersion']);
const KEY = /^(\w+)=/;

function toScalar(name: string, text: string): unknown {
  return /^-?\d+$/.test(text) && !TEXTS.has(name) ? Number(text) : text;
}

/** A structure in shorthand or in JSON, or a text. */
export function parseValue(name: string, text: string): unknown {
  if (/^[[{]\s*["{[\]}]/.test(text)) return JSON.parse(text);
  return KEY.test(text) ? readStructure({ rest: text }) : toScalar(name, text);
}

/** What has not been read yet. */
interface Reader {
  rest: string;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  const found = pattern.exec(reader.rest);
  if (found) reader.rest = reader.rest.slice(found[0].length);
  return found?.[1] ?? found?.[0];
}

function readStructure(reader: Reader): Readonly<Record<string, unknown>> {
  const members: Record<string, unknown> = {};
  for (let key = take(reader, KEY); key !== undefined; key = take(reader, KEY)) {
    const values = [readValue(reader, key)];
    while (take(reader, /^,/) !== undefined && !KEY.test(reader.rest)) values.push(readValue(reader, key));
    members[key] = key === 'Values' || values.length > 1 ? values : values[0];
  }
  return members;
}

function readValue(reader: Reader, key: string): unknown {
  if (take(reader, /^\{/) !== undefined) {
    const members = readStructure(reader);
    take(reader, /^\}/);
    return members;
  }
  if (take(reader, /^\[/) === undefined) return toScalar(key, take(reader, /^[^,\]}]*/) ?? '');
  const values: unknown[] = [];
  while (take(reader, /^\]/) === undefined) {
    values.push(readValue(reader, key));
    take(reader, /^,/);
  }
  return values;
}
