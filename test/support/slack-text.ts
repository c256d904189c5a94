/** A Slack message as a person reads it, without colours. */
interface Text {
  readonly text: string;
}
interface Block {
  readonly type: string;
  readonly text?: Text;
  readonly elements?: readonly Text[];
}

const plain = (text: string): string =>
  text
    .replaceAll(/<([^<>|]+)\|([^<>|]*)>/g, '$2 ($1)')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function lineOf({ type, text, elements = [] }: Block): string {
  if (type === 'divider') return '----';
  if (type === 'header') return `# ${text?.text ?? ''}`;
  return plain(text?.text ?? elements.map((one) => one.text).join(' '));
}

export function slackText(body: string): string {
  const { blocks } = JSON.parse(body) as { readonly blocks: readonly Block[] };
  return blocks.map(lineOf).join('\n');
}
