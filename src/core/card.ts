import type { Intent } from './intent.ts'

/**
 * What the bot says, neutral of any chat service. A channel's `render` turns it into native blocks
 * and degrades what the service cannot do. All strings are already in the reader's language;
 * `**bold**` is the only markup, and every renderer escapes the rest.
 */
export interface Card {
  readonly title?: string
  /** What it shows the state of (`list:2026-11-23`): a later card of that may take its place. */
  readonly subject?: string
  readonly blocks: readonly Block[]
}

export type Block =
  /** `alert`: it must not be overlooked. */
  | { readonly kind: 'text'; readonly text: string; readonly alert?: true }
  | List
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'picture'; readonly png: string; readonly alt: string }
  /** A workbook or another file to take away. */
  | { readonly kind: 'file'; readonly name: string; readonly base64: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'form'; readonly form: Form }

export interface List {
  readonly kind: 'list'
  readonly heading?: string
  readonly items: readonly ListItem[]
  /** What may be done with every line, said once: `itemsOf` gives each line its own. */
  readonly each?: {
    readonly buttons: readonly AboutButton[]
    readonly menu: readonly AboutButton[]
  }
}

/** One line of a list; `mark` is what a person types to name it (a number). */
export interface ListItem {
  readonly mark?: string
  readonly text: string
  /** What the line is about, for buttons that every line has: `{ taskId: … }`. */
  readonly about?: Readonly<Record<string, string>>
  readonly buttons?: readonly Button[]
  /** What else may be done with it, where a line has room for a menu. */
  readonly menu?: readonly Button[]
}

export interface Field {
  readonly label: string
  readonly value: string
}

/** Pressing it is the same as saying `intent`; with `opensForm` the answer to that is a form. */
export interface Button {
  readonly opensForm?: boolean
  readonly label: string
  readonly intent: Intent
  readonly style?: 'primary'
}

/** A button of every line; which of the things that the line is about goes into its input. */
export interface AboutButton extends Button {
  readonly about: string
}

/** Sending it says `intent` with the filled-in values laid over `intent.input`. */
export interface Form {
  readonly title: string
  readonly intent: Intent
  readonly submit: string
  readonly fields: readonly FormField[]
}

export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'long-text' | 'phone' | 'amount' | 'date' | 'choice'
  readonly required: boolean
  readonly value?: string
  readonly hint?: string
  /** For `choice`: what is shown and what is sent. */
  readonly options?: readonly { readonly label: string; readonly value: string }[]
  /** For `text`: what is known, to pick from with a search; something else may be typed where it can be. */
  readonly known?: readonly string[]
  /** With `known`: several may be picked, and are sent with 、 between them. */
  readonly several?: true
  /** For `text`: whom it names is looked for while it is typed, as far as whoever fills it in reaches; sent is the id. */
  readonly seeks?: 'client'
  /** Few fill it in: a long form shows it behind "more". */
  readonly extra?: boolean
}

/** A card of one paragraph. */
export const textCard = (text: string, ...more: Block[]): Card => ({
  blocks: [{ kind: 'text', text }, ...more],
})

/** The lines of a list, each with all its buttons. */
export function itemsOf({ items, each }: List): readonly ListItem[] {
  if (!each) return items
  return items.map(({ about = {}, ...item }) => {
    const own = ({ about: name, ...button }: AboutButton): Button => {
      const { command, input } = button.intent
      return {
        ...button,
        intent: { command, input: { ...(input as object), [name]: about[name] } },
      }
    }
    return { ...item, buttons: each.buttons.map(own), menu: each.menu.map(own) }
  })
}

/**
 * The buttons of a card with the numbers that say them where there are none to press: after the
 * numbers of its lists, in order.
 */
export function choicesOf({
  blocks,
}: Card): { readonly number: number; readonly button: Button }[] {
  const marks = blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.map(({ mark }) => Number(mark) || 0) : [],
  )
  const first = Math.max(0, ...marks) + 1
  return blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .map((button, index) => ({ number: first + index, button }))
}
/** A bold part of a text; the asterisks of a masked number (134****0001) are none. */
export const BOLD = /(?<!\*)\*\*(?!\*)(.+?)(?<!\*)\*\*(?!\*)/g

/** A phone number in a text, as people read it aloud (138 0013 8000); a masked one is none. */
export const PHONE_SAID =
  /(?<![\d+*])((?:1[3-9]\d|0\d{2,3}) \d{3,4} \d{4}|\+\d{1,3}(?: \d{2,5}){2,4})(?!\d)/

const NUMBER = String.raw`\d+(?:[.,]\d+)*`
const UNIT = '[万亿]元?|[元%天件户人位笔次条项家岁周点版]|小时|分钟|个(?:工作日|月)?|月(?!\\d)'
const ENGLISH_UNIT = '(?:workdays?|days?|weeks?|months?|years?|clients?|tasks?|times)\\b'
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'

/** A day, an amount or a count with its unit, a count with what it counts before it (未办 25), a tier with its name. */
const ON_ONE_LINE = new RegExp(
  `(${[
    String.raw`\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}-\d{1,2}:\d{2}`,
    String.raw`(?:下*周[一二三四五六日]|[今昨明]天)?\(\d{1,2}/\d{1,2}\)`,
    String.raw`(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年`,
    String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} ${MONTH}\b(?: \d{4})?`,
    `(?:[≥≤<>] |第 )?${NUMBER} ?(?:${UNIT})`,
    `[\\u4e00-\\u9fff]{2,3} ${NUMBER}(?![\\d.,:/*-]| ?(?:${UNIT}))`,
    `CNY ${NUMBER}`,
    `${NUMBER} ${ENGLISH_UNIT}`,
    '(?<![A-Za-z])[A-G] ?(?:类|[重潜维普调淘][\\u4e00-\\u9fff])',
  ].join('|')})`,
)

/** A text in pieces: what no line of a page is to end within, as `whole` draws it, and what stands between. */
export const unparted = <Piece>(
  text: string,
  whole: (piece: string) => Piece,
): (string | Piece)[] =>
  text.split(ON_ONE_LINE).map((piece, place) => (place % 2 === 1 ? whole(piece) : piece))
