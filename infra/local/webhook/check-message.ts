/**
 * What Slack refuses of a message, with the word that it answers. Stricter in one thing: text that means no markup has to
 * be escaped, where Slack shows something else than was meant.
 */

/** https://docs.slack.dev/reference/block-kit/blocks */
const MAX_BLOCKS = 50;
const MAX_HEADER = 150;
const MAX_SECTION = 3_000;
const MAX_ELEMENTS = 10;
/** Not documented; seen in https://github.com/slackapi/bolt-js/issues/2509 */
const MAX_MESSAGE = 13_200;

/** Escaped text, and links: https://docs.slack.dev/messaging/formatting-message-text */
const MARKUP = /^(?:[^&<>]|&(?:amp|lt|gt);|<https?:\/\/[^<>|]+(?:\|[^<>|]*)?>)*$/;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `undefined`: Slack takes it. */
export function objectionTo(body: string): string | undefined {
  const message = parse(body);
  if (!isFields(message)) return 'invalid_payload';
  const { text, blocks = [] } = message;
  if (typeof text !== 'string' || text === '' || !MARKUP.test(text)) return 'no_text';
  if (!Array.isArray(blocks) || blocks.length > MAX_BLOCKS) return 'invalid_blocks';
  if (!blocks.every(isBlock)) return 'invalid_blocks';
  return JSON.stringify(blocks).length > MAX_MESSAGE ? 'msg_blocks_too_long' : undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Slack says no more of it either
    return undefined;
  }
}

function isText(value: unknown, type: string, most: number): boolean {
  const text: unknown = isFields(value) && value['type'] === type ? value['text'] : undefined;
  if (typeof text !== 'string') return false;
  return text !== '' && text.length <= most && (type === 'plain_text' || MARKUP.test(text));
}

function isBlock(block: unknown): boolean {
  if (!isFields(block)) return false;
  switch (block['type']) {
    case 'divider':
      return true;
    case 'header':
      return isText(block['text'], 'plain_text', MAX_HEADER);
    case 'section':
      return isText(block['text'], 'mrkdwn', MAX_SECTION);
    case 'context': {
      const elements: unknown = block['elements'];
      if (!Array.isArray(elements) || elements.length === 0 || elements.length > MAX_ELEMENTS) return false;
      return elements.every((element) => isText(element, 'mrkdwn', MAX_SECTION));
    }
    default:
      return false;
  }
}
