import type { Card, Form, FormField } from '../../../core/card.ts'
import { cut, type SlackBlock } from './block.ts'
import { render } from './render.ts'

/** A modal or a home page. */
export interface View {
  readonly type: 'modal' | 'home'
  readonly blocks: readonly SlackBlock[]
  readonly [other: string]: unknown
}

// docs.slack.dev/reference/views: titles and buttons have 24 characters, a page 100 blocks.
const TITLE = 24
const OPTION = 75
const MOST_OPTIONS = 100

const plain = (text: string, length: number) => ({ type: 'plain_text', text: cut(text, length) })

/** Stands where the answer will, while it is being made. */
export const waitingModal = (): View => ({
  type: 'modal',
  title: plain('晨会', TITLE),
  close: plain('关闭 Close', TITLE),
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '请稍候… One moment…' } }],
})

/** An answer in a modal: its form, or what it says instead. */
export function modalOf(card: Card, key: string, conversation: string): View {
  const [form] = card.blocks.flatMap((block) => (block.kind === 'form' ? [block.form] : []))
  if (form) return formModal(form, card, conversation)
  return {
    type: 'modal',
    title: plain(card.title ?? '晨会', TITLE),
    close: plain('关闭 Close', TITLE),
    blocks: render({ ...card, title: '' }, key).filter(({ type }) => type !== 'actions'),
  }
}

export function formModal(form: Form, card: Card, conversation: string): View {
  const { title, submit, intent, fields } = form
  const about = card.blocks.filter((block) => block.kind === 'text')
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(title, TITLE),
    submit: plain(submit, TITLE),
    close: plain('取消 Cancel', TITLE),
    private_metadata: JSON.stringify({ conversation, title, intent }),
    blocks: [...render({ blocks: about }, ''), ...fields.map(inputOf)],
  }
}

const inputOf = (field: FormField): SlackBlock => ({
  type: 'input',
  block_id: field.name,
  label: plain(field.label, 2000),
  optional: !field.required,
  ...(field.hint && { hint: plain(field.hint, 2000) }),
  element: elementOf(field),
})

function elementOf({ type, value, options = [] }: FormField): Record<string, unknown> {
  // Tells, when the modal is sent, what the field takes.
  const action_id = type
  const initial = value ? { initial_value: value } : {}
  switch (type) {
    case 'date':
      return { type: 'datepicker', action_id, ...(value && { initial_date: value }) }
    case 'choice': {
      const shown = options.slice(0, MOST_OPTIONS).map((option) => {
        return { text: plain(option.label, OPTION), value: option.value }
      })
      const chosen = shown.find((option) => option.value === value)
      return {
        type: 'static_select',
        action_id,
        options: shown,
        ...(chosen && { initial_option: chosen }),
      }
    }
    case 'long-text':
      return { type: 'plain_text_input', action_id, multiline: true, max_length: 500, ...initial }
    default:
      return { type: 'plain_text_input', action_id, max_length: 200, ...initial }
  }
}

/** What a person sees on the app's home page. */
export const homeOf = (card: Card, key: string): View => ({
  type: 'home',
  blocks: render(card, key),
})
