import { type Button, type Card, itemsOf, type ListItem } from '../../core/card.ts'
import { cut, plainText, unmarked } from './text-render.ts'

// Template cards of WeCom (developer.work.weixin.qq.com/document/path/101032): no text inputs, no
// markup. What a card cannot show in full is one tap away: its last button answers with all of it.

/** The service's limits, and the sizes that it suggests. */
export const LIMIT = {
  title: 26,
  desc: 30,
  text: 112,
  rows: 6,
  rowName: 5,
  rowValue: 64,
  buttons: 6,
  buttonText: 10,
  keyBytes: 1024,
  options: 10,
  optionText: 26,
} as const

/** A template card of the kind `button_interaction`. */
export interface TemplateCard {
  readonly card_type: 'button_interaction'
  readonly task_id: string
  readonly main_title: { readonly title: string; readonly desc?: string }
  readonly sub_title_text?: string
  readonly horizontal_content_list?: readonly { keyname: string; value: string }[]
  readonly button_selection?: {
    readonly question_key: 'item'
    readonly title: string
    readonly option_list: readonly { id: string; text: string }[]
  }
  readonly button_list: readonly TemplateButton[]
}

interface TemplateButton {
  readonly text: string
  readonly style: 1 | 4
  readonly key: string
}

export interface Rendered {
  readonly template: TemplateCard
  /** Everything that the card says is on it. */
  readonly complete: boolean
}

/**
 * A card with buttons as a template card; null when it has none. `key` names the message whose
 * buttons these are, `taskId` the card at WeCom: a card updated in place keeps the latter.
 */
export function templateOf(card: Card, key: string, taskId: string = key): Rendered | null {
  const buttons = buttonsOf(card, key)
  if (buttons.length === 0) return null
  const { title, lead, rows, complete } = contentOf(card)
  const shown = complete ? buttons : [...buttons.slice(0, LIMIT.buttons - 1), wholeButton(key)]
  return {
    complete,
    template: {
      card_type: 'button_interaction',
      task_id: taskId,
      main_title: { title },
      ...(lead && { sub_title_text: lead }),
      ...(rows.length > 0 && { horizontal_content_list: rows }),
      ...selectionOf(card),
      button_list: shown.slice(0, LIMIT.buttons),
    },
  }
}

/** The buttons alone, below a message that says the rest. */
export function buttonsAlone({ template }: Rendered, title: string): TemplateCard {
  const { sub_title_text: _text, horizontal_content_list: _rows, ...rest } = template
  const own = rest.button_list.filter(({ key }) => !key.includes(WHOLE))
  return { ...rest, main_title: { title: cut(title, LIMIT.title) }, button_list: own }
}

/** A card whose buttons are gone, in the place of one that had some. */
export const withoutButtons = (card: Card, key: string, taskId: string): TemplateCard => {
  const { title, lead, rows } = contentOf(card)
  return {
    card_type: 'button_interaction',
    task_id: taskId,
    main_title: { title },
    ...(lead && { sub_title_text: lead }),
    ...(rows.length > 0 && { horizontal_content_list: rows }),
    button_list: [wholeButton(key)],
  }
}

const WHOLE = '"whole-card"'

const wholeButton = (key: string): TemplateButton => ({
  text: '全文 In full',
  style: 1,
  key: sayKey({ command: 'whole-card', input: { id: key } }),
})

const sayKey = ({ command, input }: Button['intent']): string =>
  `say:${JSON.stringify({ c: command, i: input })}`

/** The lists whose lines have buttons: their lines are picked in a menu, then one button is pressed. */
const menuOf = (card: Card): { index: number; items: readonly ListItem[] }[] =>
  card.blocks.flatMap((block, index) => {
    const items = block.kind === 'list' ? itemsOf(block) : []
    return items.some(({ buttons = [] }) => buttons.length > 0) ? [{ index, items }] : []
  })

function selectionOf(card: Card): Pick<TemplateCard, 'button_selection'> {
  const options = menuOf(card)
    .flatMap(({ index, items }) =>
      items.map(({ mark, text }, item) => ({
        id: `${index}.${item}`,
        text: cut(`${mark ? `${mark} ` : ''}${firstLine(text)}`, LIMIT.optionText),
      })),
    )
    .slice(0, LIMIT.options)
  if (options.length === 0) return {}
  const title = '选一件 Pick one'
  return { button_selection: { question_key: 'item', title, option_list: options } }
}

function buttonsOf(card: Card, key: string): TemplateButton[] {
  const [first] = menuOf(card).flatMap(({ items }) => items)
  const picked = (first?.buttons ?? []).map(({ label, style }, index) => {
    return templateButton(label, style, `pick:${key}:${index}`)
  })
  const direct = card.blocks.flatMap((block, at) =>
    block.kind === 'buttons'
      ? block.buttons.map(({ label, style, intent }, index) => {
          const own = sayKey(intent)
          const fits = Buffer.byteLength(own) <= LIMIT.keyBytes
          return templateButton(label, style, fits ? own : `press:${key}:${at}.${index}`)
        })
      : [],
  )
  const all = [...picked, ...direct]
  return all.filter(
    (each, index) => all.findIndex(({ key: other }) => other === each.key) === index,
  )
}

/** A date that has no room goes first: 改到周三(11/25) is 改到周三, and not 改到周三(11/2…. */
const shortened = (label: string): string => {
  const fits = [...label].length <= LIMIT.buttonText
  return cut(fits ? label : label.replace(/\([^()]*\)$/, ''), LIMIT.buttonText)
}

const templateButton = (label: string, style: Button['style'], key: string): TemplateButton => ({
  text: shortened(label),
  style: style === 'primary' ? 1 : 4,
  key,
})

interface Content {
  readonly title: string
  readonly lead: string
  readonly rows: { keyname: string; value: string }[]
  readonly complete: boolean
}

function contentOf(card: Card): Content {
  const rows = card.blocks.flatMap((block) => {
    if (block.kind === 'list') {
      return block.items.map(({ mark, text }) => {
        const line = unmarked(text).replaceAll('\n', ' · ')
        return { keyname: cut(mark ?? '·', LIMIT.rowName), value: cut(line, LIMIT.rowValue), line }
      })
    }
    if (block.kind !== 'fields') return []
    return block.fields.map(({ label, value }) => {
      const keyname = cut(label, LIMIT.rowName)
      return { keyname, value: cut(unmarked(value), LIMIT.rowValue), line: unmarked(value) }
    })
  })
  const others = card.blocks.filter((block) => !['list', 'fields'].includes(block.kind))
  const text = plainText({ blocks: others })
  const title = card.title ?? firstLine(text)
  const lead = card.title ? text : text === title ? '' : text
  const complete =
    [...title].length <= LIMIT.title &&
    [...lead].length <= LIMIT.text &&
    rows.length <= LIMIT.rows &&
    rows.every(({ value, line }) => value === line)
  return {
    title: cut(title || '晨会', LIMIT.title),
    lead: cut(lead, LIMIT.text),
    rows: rows.slice(0, LIMIT.rows).map(({ keyname, value }) => ({ keyname, value })),
    complete,
  }
}

const firstLine = (text: string): string => unmarked(text.split('\n')[0] ?? '')

/** The button of a card that a click named; null when it is not there. */
export function pressed(card: Card, place: string, item: string | null): Button | null {
  const [first = '', second = ''] = place.split('.')
  if (second) {
    const block = card.blocks[Number(first)]
    return block?.kind === 'buttons' ? (block.buttons[Number(second)] ?? null) : null
  }
  const [block, line] = (item ?? '').split('.').map(Number)
  const list = card.blocks[block ?? -1]
  const found = list?.kind === 'list' ? itemsOf(list)[line ?? -1] : undefined
  return found?.buttons?.[Number(first)] ?? null
}
