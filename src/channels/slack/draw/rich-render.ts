import { itemsOf, type List, type ListItem } from '../../../core/card.ts'
import { cut, escaped, LIMIT, mrkdwn, type SlackBlock, section, TOO_LONG } from './block.ts'
import { buttonsOf, menuRow } from './press-render.ts'

// The blocks of 2026 (docs.slack.dev/reference/block-kit/blocks: alert, card, container, data-table), in messages.

const MOST = {
  alert: 200,
  cards: 10,
  cardTitle: 150,
  cardBody: 200,
  cardButtons: 3,
  containerTitle: 150,
  children: 10,
  columns: 20,
  rows: 100,
  cell: 300,
  /** Of a table's JSON, so that what stands beside it has room in the message. */
  table: 9000,
} as const
const ROWS_A_PAGE = 20

/** What must not be overlooked; null where it is longer than an alert may be. */
export function alert(text: string): SlackBlock[] | null {
  const markup = mrkdwn(text)
  if (!markup || markup.length > MOST.alert) return null
  return [{ type: 'alert', level: 'warning', text: { type: 'mrkdwn', text: markup } }]
}

type Cell = { type: 'raw_text'; text: string } | { type: 'raw_number'; value: number; text: string }

/** A table that its reader sorts and filters; null where Slack takes none like it. */
export function dataTable(
  { columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  caption: string,
): SlackBlock[] | null {
  if (columns.length === 0 || columns.length > MOST.columns || rows.length === 0) return null
  const numeric = columns.map((_, at) =>
    rows.every((row) => !row[at]?.trim() || numberIn(row[at]) !== null),
  )
  const header = columns.map(textCell)
  const all = rows
    .slice(0, MOST.rows)
    .map((row) => columns.map((_, at) => cellOf(row[at] ?? '', numeric[at] ?? false)))
  let length = JSON.stringify(header).length
  const kept = all.filter((row) => {
    length += JSON.stringify(row).length
    return length <= MOST.table
  })
  const table = { type: 'data_table', caption: cut(caption, LIMIT.header), rows: [header, ...kept] }
  if (kept.length === 0) return null
  return [
    { ...table, page_size: Math.min(kept.length, ROWS_A_PAGE) },
    ...(kept.length < rows.length ? [section(TOO_LONG)] : []),
  ]
}

const textCell = (text: string): Cell => ({
  type: 'raw_text',
  text: cut(text.replaceAll('**', '').trim(), MOST.cell) || '–',
})

function cellOf(text: string, isNumber: boolean): Cell {
  const shown = textCell(text)
  const value = isNumber ? numberIn(text) : null
  return value === null ? shown : { type: 'raw_number', value, text: shown.text }
}

const SIZES: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 }

/** What a figure counts as when it is sorted (50万, CNY 500,000, 12%); null: it is none. */
function numberIn(text: string): number | null {
  const [, digits, unit = ''] =
    text.trim().match(/^(?:CNY )?(-?\d[\d,]*(?:\.\d+)?) ?([万亿元%]?)$/) ?? []
  return digits ? Number(digits.replaceAll(',', '')) * (SIZES[unit] ?? 1) : null
}

/** Lines in folds of ten blocks: the first stands open. */
export function containers(
  heading: string | undefined,
  lines: readonly (readonly SlackBlock[])[],
): SlackBlock[] {
  const folds: SlackBlock[][] = [[]]
  for (const line of lines) {
    const last = folds.at(-1)
    if (last && last.length + line.length <= MOST.children) last.push(...line)
    else folds.push([...line])
  }
  return folds.map((child_blocks, index) => ({
    type: 'container',
    title: { type: 'plain_text', text: titleOf(heading, index, folds.length) },
    is_collapsible: true,
    default_collapsed: index > 0,
    child_blocks,
  }))
}

const titleOf = (heading = '…', index: number, of: number): string => {
  const place = of > 1 ? ` · ${index + 1}/${of}` : ''
  return `${cut(heading.replaceAll('**', ''), MOST.containerTitle - place.length)}${place}`
}

/** Few lines with buttons, each a card; null where one of them is too long for that, or has none. */
export function cards(list: List, id: string): SlackBlock[] | null {
  const items = itemsOf(list)
  if (items.length > MOST.cards) return null
  const drawn = items.map((item, index) => cardOf(item, `${id}.${index}`))
  if (!drawn.every((each) => each !== null)) return null
  const heading = list.heading && mrkdwn(`**${list.heading}**`)
  return [...(heading ? [section(heading)] : []), ...drawn.flat()]
}

function cardOf(item: ListItem, id: string): SlackBlock[] | null {
  const { mark, text, buttons = [], menu = [] } = item
  const pressed = buttonsOf(buttons, id)
  const split = splitLine(text)
  if (!split || pressed.length === 0 || pressed.length > MOST.cardButtons) return null
  const [first, rest] = split
  const title = `${mark ? `*${escaped(mark)}*  ` : ''}${mrkdwn(first)}`
  const body = mrkdwn(rest)
  if (title.length > MOST.cardTitle || body.length > MOST.cardBody) return null
  const card: SlackBlock = {
    type: 'card',
    title: { type: 'mrkdwn', text: title },
    ...(body && { body: { type: 'mrkdwn', text: body } }),
    actions: pressed,
  }
  return [card, ...menuRow(menu, `${id}.more`)]
}

/** Who it is, and what there is to be done: the first line, or what stands before a dash. */
function splitLine(text: string): readonly [string, string] | null {
  const at = text.search(/\n|\s—\s/)
  if (at < 0) return text.trim() ? [text.trim(), ''] : null
  const [first, rest] = [
    text.slice(0, at).trim(),
    text
      .slice(at + 1)
      .replace(/^—\s/, '')
      .trim(),
  ]
  return first ? [first, rest] : null
}
