import { type Block, type Card, choicesOf } from '../../core/card.ts'

/** Characters of one message. */
const LENGTH = 1800

/** A card as texts for WeChat, which has no markup and no buttons: these are said by number. */
export function render(card: Card): string[] {
  const numbers = new Map(choicesOf(card).map(({ number, button }) => [button, number]))
  const choices = [...numbers].map(([{ label }, number]) =>
    label.startsWith(`${number} `) ? label : `${number} ${label}`,
  )
  const hint = choices.length > 0 ? [`回复数字 reply: ${choices.join(' · ')}`] : []
  return split([card.title, ...card.blocks.flatMap(lines), ...hint].filter(Boolean).join('\n'))
}

function lines(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [plain(block.text)]
    case 'list':
      return [
        ...(block.heading ? [plain(block.heading)] : []),
        ...block.items.map(({ mark, text }) => `${mark ? `${mark} ` : '· '}${plain(text)}`),
      ]
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}：${plain(value)}`)
    case 'table':
      return [block.columns, ...block.rows].map((row) => row.join(' | '))
    case 'link':
      return [`${block.label} ${block.url}`]
    default:
      return []
  }
}

const plain = (text: string): string =>
  text.replace(/(?<!\*)\*\*(?!\*)(.+?)(?<!\*)\*\*(?!\*)/g, '$1')

/** In messages of a length that people read, between lines where that is possible. */
function split(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const line of text.split('\n').flatMap(cut)) {
    if (piece && piece.length + 1 + line.length > LENGTH) {
      pieces.push(piece)
      piece = line
    } else piece = piece ? `${piece}\n${line}` : line
  }
  return piece ? [...pieces, piece] : pieces
}

const cut = (line: string): string[] =>
  line.length <= LENGTH ? [line] : [line.slice(0, LENGTH), ...cut(line.slice(LENGTH))]
