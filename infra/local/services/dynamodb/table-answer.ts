/** Where dynalite describes a table otherwise than DynamoDB does. */
import type { ForwardedResponse } from '../../kernel/operation';

/** Of a UUID, with hyphens; dynalite's ids end four digits early. */
const ID_LENGTH = 36;

type Described = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Described {
  return typeof value === 'object' && value !== null;
}

function wholeId(id: unknown): unknown {
  return typeof id === 'string' ? id + id.slice(0, Math.max(0, ID_LENGTH - id.length)) : id;
}

/** Without what no model of DynamoDB knows, and with a whole id. */
function describedTable({ TableThroughputModeSummary: _unknown, TableId: id, ...rest }: Described): Described {
  return id === undefined ? rest : { ...rest, TableId: wholeId(id) };
}

function mended(answer: Described): Described {
  if (isObject(answer['Table'])) return { ...answer, Table: describedTable(answer['Table']) };
  if (isObject(answer['TableDescription'])) {
    return { ...answer, TableDescription: describedTable(answer['TableDescription']) };
  }
  // The one error that dynalite gives without a message: a table of that name is there.
  return answer['message'] === '' ? { ...answer, message: 'Table already exists' } : answer;
}

/** The answer to an operation on a table as DynamoDB would give it. */
export function mendedAnswer(response: ForwardedResponse): ForwardedResponse {
  const answer: unknown = JSON.parse(response.body.toString());
  if (!isObject(answer)) return response;
  // Checksum and length are those of the body that dynalite sent.
  const { 'x-amz-crc32': _checksum, 'content-length': _length, ...headers } = response.headers;
  return { ...response, headers, body: JSON.stringify(mended(answer)) };
}
