import {
  type Block,
  type Button,
  type Card,
  itemsOf,
  type List,
  type ListItem,
} from '../../../core/card.ts'
import {
  chunks,
  cut,
  escaped,
  header,
  LIMIT,
  mrkdwn,
  type SlackBlock,
  section,
  TOO_LONG,
} from './block.ts'
import { actions, formButton, withMenu } from './press-render.ts'
import { alert, cards, containers, dataTable } from './rich-render.ts'

/**
 * How much a card makes of the blocks of 2026. `cards`: lines are cards with their buttons; `tables`: tables
 * sort, long lists fold, alerts stand out; `sections`: none of it, as a workspace may refuse them.
 */
export type Look = 'cards' | 'tables' | 'sections'

/**
 * A card as the blocks of a message, within every limit: in the richest look up to this one that fits. `key`
 * names the message in buttons that open one of its forms; `uploaded` are the ids of its pictures and the
 * permalinks of its files.
 */
export function render(
  card: Card,
  key: string,
  uploaded: readonly string[] = [],
  look: Look = 'sections',
): SlackBlock[] {
  const blocks = compose(card, key, uploaded, look)
  if (look === 'sections') return fit(blocks)
  if (fits(blocks)) return blocks
  return render(card, key, uploaded, look === 'cards' ? 'tables' : 'sections')
}

function compose(card: Card, key: string, uploaded: readonly string[], look: Look): SlackBlock[] {
  const uploads = [...uploaded]
  let forms = 0
  const blocks = card.blocks.flatMap((block, index): SlackBlock[] => {
    if (block.kind === 'form') return [formButton(block.form, key, forms++)]
    if (block.kind === 'picture') {
      const id = uploads.shift()
      const alt_text = cut(block.alt, LIMIT.alt)
      return id ? [{ type: 'image', slack_file: { id }, alt_text }] : []
    }
    if (block.kind === 'file') {
      const url = uploads.shift()
      return url ? [section(`<${url}|${escaped(block.name)}>`)] : []
    }
    return (
      (look === 'sections' ? null : richly(block, card, look, `${index}`)) ??
      blocksOf(block, `${index}`)
    )
  })
  const title = card.title ? [header(card.title)] : []
  return [...title, ...blocks]
}

/** A block as those of 2026 have it; null where they have nothing for it. */
function richly(
  block: Exclude<Block, { kind: 'form' | 'picture' | 'file' }>,
  card: Card,
  look: 'cards' | 'tables',
  id: string,
): SlackBlock[] | null {
  switch (block.kind) {
    case 'text':
      return block.alert ? alert(block.text) : null
    case 'table':
      return dataTable(block, card.title || textOf(card))
    case 'list':
      return (look === 'cards' ? cards(block, id) : null) ?? folded(block, id)
    default:
      return null
  }
}

/** A long list, so that it can be folded up. */
function folded(block: List, id: string): SlackBlock[] | null {
  return block.items.length > LONG_LIST ? containers(block.heading, linesOf(block, id)) : null
}

/** Lines of a list that one looks through without scrolling much. */
const LONG_LIST = 10

/** A card as one line for notifications, in which what people wrote calls nobody and links nowhere. */
export const textOf = (card: Card): string => {
  const [first] = card.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))
  const line = [card.title, first].filter(Boolean).join(' ').replaceAll('**', '')
  return escaped(cut(line, 300)) || '晨会'
}

function blocksOf(
  block: Exclude<Block, { kind: 'form' | 'picture' | 'file' }>,
  id: string,
): SlackBlock[] {
  switch (block.kind) {
    case 'text':
      return block.text ? [section(mrkdwn(block.text))] : []
    case 'list':
      return [
        ...(block.heading ? [section(`*${escaped(block.heading)}*`)] : []),
        ...linesOf(block, id).flat(),
      ]
    case 'fields': {
      const fields = block.fields.map(({ label, value }) => {
        return { type: 'mrkdwn', text: cut(`*${escaped(label)}*\n${mrkdwn(value)}`, LIMIT.field) }
      })
      return chunks(fields, LIMIT.fields).map((some) => ({ type: 'section', fields: some }))
    }
    case 'table':
      return [
        section(
          `\`\`\`${cut(escaped(tableOf(block.columns, block.rows)), LIMIT.section - 10)}\`\`\``,
        ),
      ]
    case 'link':
      return [section(`<${block.url}|${escaped(block.label)}>`)]
    case 'buttons':
      return actions(block.buttons, id)
  }
}

/** The lines of a list, each with what may be done with it. */
const linesOf = (block: List, id: string): SlackBlock[][] =>
  joined(itemsOf(block).map(itemOf)).map(({ text, buttons, menu }, index) =>
    menu.length > 0
      ? [withMenu(text, [...buttons, ...menu], `${id}.${index}`)]
      : [section(text), ...actions(buttons, `${id}.${index}`)],
  )

interface Item {
  readonly text: string
  readonly buttons: readonly Button[]
  readonly menu: readonly Button[]
}

const itemOf = ({ mark, text, buttons = [], menu = [] }: ListItem): Item => ({
  menu,
  text: `${mark ? `*${escaped(mark)}*  ` : '• '}${mrkdwn(text)}`,
  buttons,
})

/** Lines without buttons share a section: a long list takes few blocks. */
function joined(items: readonly Item[]): Item[] {
  const result: Item[] = []
  for (const item of items) {
    const last = result.at(-1)
    const together = last ? `${last.text}\n${item.text}` : ''
    if (
      last &&
      last.buttons.length === 0 &&
      item.buttons.length === 0 &&
      together.length <= LIMIT.section
    ) {
      result[result.length - 1] = { text: together, buttons: [], menu: [] }
    } else result.push(item)
  }
  return result
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((row) => row.join(' | ')).join('\n')
}

const fits = (blocks: readonly SlackBlock[]): boolean =>
  blocks.length <= LIMIT.blocks && JSON.stringify(blocks).length <= LIMIT.message

/** Leaves out the end of what a message cannot hold, and says so. */
function fit(blocks: readonly SlackBlock[]): SlackBlock[] {
  const kept: SlackBlock[] = []
  let length = 0
  for (const block of blocks) {
    length += JSON.stringify(block).length
    const full = kept.length === LIMIT.blocks - 1 && blocks.length > LIMIT.blocks
    if (full || length > LIMIT.message) return [...kept, section(TOO_LONG)]
    kept.push(block)
  }
  return kept
}
