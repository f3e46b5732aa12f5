import type { Card, Form, FormField } from '../../../core/card.ts'
import type { Intent } from '../../../core/intent.ts'
import { cut, type SlackBlock, section } from './block.ts'
import { render } from './render.ts'

/** A modal or a home page. */
export interface View {
  readonly type: 'modal' | 'home'
  readonly blocks: readonly SlackBlock[]
  readonly [other: string]: unknown
}

/** Where a form stands: which of the forms of which message, in which conversation. */
export interface FormPlace {
  readonly key: string
  readonly index: number
  readonly at: string
}

/** What a modal remembers of its form; the answer goes to the conversation. */
export interface ModalMemory {
  readonly conversation: string
  readonly place: FormPlace
  readonly title: string
  readonly intent: Intent
}

// docs.slack.dev/reference/views: titles and buttons have 24 characters, a page 100 blocks.
const TITLE = 24
const OPTION = 75
const VALUE = 150
export const MOST_OPTIONS = 100
const MOST_TYPED = 3000
const MOST_FIELDS = 95
/** A form longer than this shows what few fill in behind a button. */
const LONG_FORM = 8
/** Stands for the blank value of an option, which Slack does not take. */
export const BLANK = '∅'

const plain = (text: string, length: number) => ({ type: 'plain_text', text: cut(text, length) })

/** Stands where the answer will, while it is being made. */
export const waitingModal = (): View => sayingModal('请稍候… One moment…')

/** A form that cannot be found any more. */
export const goneModal = (): View =>
  sayingModal('这张表单已经失效，请重新打开。 This form is gone; please open it anew.')

const sayingModal = (text: string): View => ({
  type: 'modal',
  title: plain('晨会', TITLE),
  close: plain('关闭 Close', TITLE),
  blocks: [section(text)],
})

export const formsOf = ({ blocks }: Card): Form[] =>
  blocks.flatMap((block) => (block.kind === 'form' ? [block.form] : []))

/** An answer in a modal: its form, or what it says instead. */
export function modalOf(card: Card, conversation: string, place: FormPlace): View {
  const [form] = formsOf(card)
  if (form) return formModal(form, card, { conversation, place })
  return {
    type: 'modal',
    title: plain(card.title || '晨会', TITLE),
    close: plain('关闭 Close', TITLE),
    blocks: render({ ...card, title: '' }, place.key).filter(({ type }) => type !== 'actions'),
  }
}

/** `whole`: with the fields that few fill in. */
export function formModal(
  form: Form,
  card: Card,
  where: Pick<ModalMemory, 'conversation' | 'place'>,
  whole = false,
): View {
  const { title, submit, intent, fields } = form
  const memory: ModalMemory = { ...where, title, intent }
  const about = card.blocks.filter((block) => block.kind === 'text')
  const folds = !whole && fields.length > LONG_FORM && fields.some(isFolded)
  const shown = folds ? fields.filter((field) => !isFolded(field)) : fields
  const [kept, left] = [shown.slice(0, MOST_FIELDS), shown.slice(MOST_FIELDS)]
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(title, TITLE),
    submit: plain(submit, TITLE),
    close: plain('取消 Cancel', TITLE),
    private_metadata: JSON.stringify(memory),
    blocks: [
      ...render({ blocks: about }, '').slice(0, 2),
      ...kept.map(inputOf),
      ...(folds ? [moreButton] : []),
      ...(left.length > 0 ? [section(leftOut(left))] : []),
    ],
  }
}

const isFolded = ({ extra, required }: FormField): boolean => Boolean(extra) && !required

const moreButton: SlackBlock = {
  type: 'actions',
  block_id: 'more',
  elements: [
    { type: 'button', action_id: 'more:', text: plain('更多 More', OPTION), value: 'more' },
  ],
}

const leftOut = (fields: readonly FormField[]): string =>
  `这里放不下：${fields.map(({ label }) => label).join('、')}。 Too many fields for one form.`

const inputOf = (field: FormField): SlackBlock => ({
  type: 'input',
  block_id: field.name,
  label: plain(field.label, 2000),
  optional: !field.required,
  ...(field.hint && { hint: plain(field.hint, 2000) }),
  element: elementOf(field),
})

export const optionOf = ({ label, value }: { readonly label: string; readonly value: string }) => ({
  text: plain(label || BLANK, OPTION),
  value: cut(value, VALUE) || BLANK,
})

function elementOf(field: FormField): Record<string, unknown> {
  const { type, value, options = [], known, seeks } = field
  // Tells, when the modal is sent, what the field takes.
  const action_id = type
  if (seeks) return searched(field, action_id, FIRST_LETTER)
  if (known && known.length > 0 && (type === 'text' || type === 'long-text')) {
    return searched(field, action_id)
  }
  switch (type) {
    case 'date':
      return { type: 'datepicker', action_id, ...(value && { initial_date: value }) }
    case 'choice': {
      if (options.length > MOST_OPTIONS) return searched(field, action_id)
      const shown = options.map(optionOf)
      const chosen = shown[options.findIndex((option) => option.value === value)]
      return {
        type: 'static_select',
        action_id,
        options: shown,
        ...(chosen && value !== undefined && { initial_option: chosen }),
      }
    }
    case 'long-text':
      return { ...typed(value, 500), action_id, multiline: true }
    default:
      return { ...typed(value, 200), action_id }
  }
}

/** What stands there already may be longer than what is typed. */
const typed = (value: string | undefined, most: number) => ({
  type: 'plain_text_input',
  max_length: Math.min(MOST_TYPED, Math.max(most, value?.length ?? 0)),
  ...(value && { initial_value: value.slice(0, MOST_TYPED) }),
})

/** Picked from what is known by a search, which Slack sends here at each letter. */
function searched({ value, options = [], several }: FormField, action_id: string, from = 0) {
  const label = (one: string) => options.find((option) => option.value === one)?.label ?? one
  const values = value ? (several ? value.split(SEPARATORS) : [value]) : []
  const chosen = [...new Set(values.filter(Boolean))]
    .slice(0, MOST_OPTIONS)
    .map((one) => optionOf({ label: label(one), value: one }))
  const common = { action_id, min_query_length: from }
  return several
    ? {
        type: 'multi_external_select',
        ...common,
        ...(chosen.length > 0 && { initial_options: chosen }),
      }
    : { type: 'external_select', ...common, ...(chosen[0] && { initial_option: chosen[0] }) }
}

/** A whole book is not shown: something is typed first. */
const FIRST_LETTER = 1

/** Between the names of several. */
const SEPARATORS = /[、,，;；]\s*/

/** What a person sees on the app's home page. */
export const homeOf = (card: Card, key: string): View => ({
  type: 'home',
  blocks: render(card, key),
})
