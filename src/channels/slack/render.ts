import {
  type Block,
  BOLD,
  type Button,
  type Card,
  type Form,
  itemsOf,
  type ListItem,
} from '../../core/card.ts'

/** A block of Block Kit. */
export type SlackBlock = Readonly<Record<string, unknown>> & { readonly type: string }

// docs.slack.dev/reference/block-kit/blocks: what a message may hold.
export const LIMIT = {
  blocks: 50,
  section: 3000,
  header: 150,
  fields: 10,
  field: 2000,
  buttonText: 75,
  buttonValue: 2000,
  alt: 2000,
  optionValue: 150,
  /** A message as JSON; from about 13 200 on it is refused as msg_blocks_too_long. */
  message: 13_000,
} as const

/** Buttons in a row: more do not fit a phone. */
const ROW = 5

/** Said in the place of what does not fit. */
const TOO_LONG = '内容较长，未全部显示。 Too long to show in full.'

/**
 * A card as the blocks of a message, within every limit. `key` names the message in buttons that
 * open one of its forms; `uploaded` are the ids of its pictures and the permalinks of its files.
 */
export function render(card: Card, key: string, uploaded: readonly string[] = []): SlackBlock[] {
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
    return blocksOf(block, `${index}`)
  })
  const title = card.title ? [header(card.title)] : []
  return fit([...title, ...blocks])
}

/** A card as one line for notifications, in which what people wrote calls nobody and links nowhere. */
export const textOf = (card: Card): string => {
  const [first] = card.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))
  const line = [card.title, first].filter(Boolean).join(' ').replaceAll('**', '')
  return escaped(cut(line, 300)) || '晨会'
}

const header = (title: string): SlackBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: cut(title, LIMIT.header) },
})

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
        ...joined(itemsOf(block).map(itemOf)).flatMap(({ text, buttons, menu }, index) =>
          menu.length > 0
            ? [withMenu(text, [...buttons, ...menu], `${id}.${index}`)]
            : [section(text), ...actions(buttons, `${id}.${index}`)],
        ),
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

const section = (text: string): SlackBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cut(text, LIMIT.section) },
})

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * A line with all that may be done with it in a menu beside it: buttons for ten lines would not fit
 * a message. The ids that the choices name stand once, in the block's id, and `$0` in their values.
 */
function withMenu(text: string, choices: readonly Button[], id: string): SlackBlock {
  const ids: string[] = []
  const named = (each: string) => `$${ids.includes(each) ? ids.indexOf(each) : ids.push(each) - 1}`
  const options = choices.flatMap(({ label, intent, opensForm }) => {
    const said = { c: intent.command, i: intent.input, ...(opensForm && { o: 1 }) }
    const value = JSON.stringify(said).replace(UUID, named)
    if (value.length > LIMIT.optionValue) return []
    return [{ text: { type: 'plain_text', text: cut(label, LIMIT.buttonText) }, value }]
  })
  return {
    ...section(text),
    block_id: [id, ...ids].join(' '),
    accessory: {
      type: 'static_select',
      action_id: `pick:${id}`,
      placeholder: { type: 'plain_text', text: cut(choices[0]?.label ?? '…', LIMIT.buttonText) },
      options,
    },
  }
}

function actions(buttons: readonly Button[], id: string): SlackBlock[] {
  const elements = buttons.flatMap(({ label, intent, style, opensForm }, index) => {
    const value = JSON.stringify({ c: intent.command, i: intent.input })
    if (value.length > LIMIT.buttonValue) return []
    return [
      {
        type: 'button',
        action_id: `${opensForm ? 'opens' : 'say'}:${id}.${index}`,
        text: { type: 'plain_text', text: cut(label, LIMIT.buttonText) },
        value,
        ...(style && { style }),
      },
    ]
  })
  return chunks(elements, ROW).map((some) => ({ type: 'actions', elements: some }))
}

const formButton = ({ title }: Form, key: string, index: number): SlackBlock => ({
  type: 'actions',
  elements: [
    {
      type: 'button',
      action_id: `form:${index}`,
      text: { type: 'plain_text', text: cut(title, LIMIT.buttonText) },
      value: JSON.stringify({ key, index }),
      style: 'primary',
    },
  ],
})

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((row) => row.join(' | ')).join('\n')
}

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

const chunks = <Each>(all: readonly Each[], size: number): Each[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )

export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`

/** Slack's three entities (docs.slack.dev/messaging/formatting-message-text). */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** `**bold**` becomes `*bold*`, kept apart from letters by a zero-width blank, or Slack shows stars. */
const mrkdwn = (text: string): string => escaped(text).replace(BOLD, '\u200b*$1*\u200b')
