import { type Block, BOLD, type Card } from '../../core/card.ts'

// A card as WeCom's markdown, or as plain text where no markup is shown.

/** Said in the place of what does not fit. */
const TOO_LONG = '内容较长，未全部显示。 Too long to show in full.'

type Mark = (text: string) => string

/** A card as markdown of at most so many bytes; buttons and pictures are shown by other means. */
export const markdown = (card: Card, bytes: number): string =>
  fit([card.title && `**${escaped(card.title)}**`, ...linesOf(card, marked)], bytes)

/** A card as text without any markup. */
export const plainText = (card: Card): string =>
  [card.title, ...linesOf(card, unmarked)].filter(Boolean).join('\n')

const linesOf = ({ blocks }: Card, mark: Mark): string[] =>
  blocks.flatMap((block) => blockLines(block, mark))

function blockLines(block: Block, mark: Mark): string[] {
  switch (block.kind) {
    case 'text':
      return [mark(block.text)]
    case 'list':
      return [
        ...(block.heading ? [mark(`**${block.heading}**`)] : []),
        ...block.items.map((item) => `${item.mark ? `${item.mark} ` : '· '}${mark(item.text)}`),
      ]
    case 'fields':
      return block.fields.map(({ label, value }) => `${mark(label)}：${mark(value)}`)
    case 'table':
      return [block.columns, ...block.rows].map((row) => mark(row.join(' | ')))
    case 'link':
      return mark === marked
        ? [`[${escaped(block.label)}](${block.url})`]
        : [`${block.label} ${block.url}`]
    default:
      return []
  }
}

/** Leaves out the lines at the end that do not fit, and says so. */
function fit(lines: readonly (string | false | undefined)[], bytes: number): string {
  const kept: string[] = []
  let left = bytes - Buffer.byteLength(TOO_LONG) - 1
  for (const line of lines
    .filter((each) => typeof each === 'string')
    .flatMap((each) => each.split('\n'))) {
    left -= Buffer.byteLength(line) + 1
    if (left < 0) return [...kept, TOO_LONG].join('\n')
    kept.push(line)
  }
  return kept.join('\n')
}

const marked: Mark = (text) =>
  text
    .split(BOLD)
    .map((piece, index) => (index % 2 ? `**${escaped(piece)}**` : escaped(piece)))
    .join('')

export const unmarked: Mark = (text) => text.replace(BOLD, '$1')

/** What people typed stays what they typed: no links, colours, headings or emphasis of theirs. */
const escaped = (text: string): string =>
  text
    .replaceAll('*', '∗')
    .replaceAll('`', 'ˋ')
    .replaceAll('<', '＜')
    .replaceAll('](', ']\u200b(')
    .replace(/^([#>-])/gm, '\u200b$1')

/** The beginning of a text, in characters as people see them. */
export function cut(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
