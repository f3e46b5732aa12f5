import { BOLD } from '../../../core/card.ts'

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

/** Said in the place of what does not fit. */
export const TOO_LONG = '内容较长，未全部显示。 Too long to show in full.'

export const header = (title: string): SlackBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: cut(title, LIMIT.header) },
})

/** A paragraph in Slack's markup. */
export const section = (markup: string): SlackBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cut(markup, LIMIT.section) },
})

export const chunks = <Each>(all: readonly Each[], size: number): Each[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )

export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`

/** Slack's three entities (docs.slack.dev/messaging/formatting-message-text). */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** `**bold**` becomes `*bold*`, kept apart from letters by a zero-width blank, or Slack shows stars. */
export const mrkdwn = (text: string): string => escaped(text).replace(BOLD, '\u200b*$1*\u200b')
