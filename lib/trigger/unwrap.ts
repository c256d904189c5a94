/** Takes events out of what carries them: SQS batches and bodies, SNS notifications, CloudTrail files, lists, text. */

/** Pipes inside topics inside queues: more wrapping than this is no delivery of ours. */
const MAX_DEPTH = 5;

type Unwrapped = { readonly message: unknown } | { readonly problem: string };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseText(text: string): Unwrapped {
  try {
    return { message: JSON.parse(text) };
  } catch (error) {
    return { problem: `not JSON: ${String(error).slice(0, 200)}` };
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What `carrier` carries; undefined if it is no carrier. */
function carried(carrier: unknown): readonly unknown[] | undefined {
  if (isList(carrier)) return carrier;
  if (!isRecord(carrier)) return undefined;
  if (isList(carrier['Records'])) return carrier['Records'];
  if (typeof carrier['body'] === 'string') return [carrier['body']];
  if (isRecord(carrier['Sns'])) return [carrier['Sns']['Message']];
  if (carrier['Type'] === 'Notification' && typeof carrier['Message'] === 'string') return [carrier['Message']];
  return undefined;
}

/** The events in a message, in order; a part that cannot be read yields its problem instead. */
export function unwrap(message: unknown, depth = 0): readonly Unwrapped[] {
  if (depth > MAX_DEPTH) return [{ problem: `wrapped more than ${MAX_DEPTH} times` }];
  if (typeof message === 'string') {
    const parsed = parseText(message);
    return 'problem' in parsed ? [parsed] : unwrap(parsed.message, depth + 1);
  }
  const parts = carried(message);
  if (!parts) return [{ message }];
  return parts.flatMap((part) => unwrap(part, depth + 1));
}
