import type { Block, Button, Card, Form, FormField } from '../../core/card.ts'
import type { Intent } from '../../core/intent.ts'
import type { Say } from '../../core/text.ts'
import { readSlot } from '../grammar/answer.ts'
import { normalise } from '../grammar/normalise.ts'
import type { Moment } from '../moment.ts'

// A form where the service has none: one question after the other, made from the neutral form alone.

/** A form that is being filled in, and the field that is asked for. */
export interface Interview {
  readonly form: Form
  readonly at: number
  readonly values: Readonly<Record<string, string>>
}

/** What an answer came to. `unclear`: it is none, or not yet possible; ask again, saying why. */
export type Heard =
  | { readonly kind: 'asks'; readonly interview: Interview }
  | { readonly kind: 'filled'; readonly intent: Intent; readonly interview: Interview }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'unclear'; readonly why: 'required' | 'unread' }

/** What a button of a question says; `field` tells whether that question is still open. */
export const FORM_ANSWER = 'form-answer'

const SKIP = /^(跳过|略过|skip|-)$/i
const DONE = /^(完成|提交|done)$/i
/** What drops a question. */
export const DROP = /^(取消|算了|算了吧|cancel|never ?mind)[。.!]?$/i
/** What takes up a form that was left. */
export const RESUME = /^(继续|接着[填答]|continue|resume)$/i

export const interviewOf = (form: Form): Interview => ({ form, at: 0, values: {} })

export const fieldOf = ({ form, at }: Interview): FormField | undefined => form.fields[at]

const answered = ({ form, values }: Interview): boolean =>
  form.fields.every(({ name, required, value }) => !required || values[name] || value)

/** What a line means while this field is asked for. */
export function hear(interview: Interview, typed: string, at: Moment): Heard {
  const { form } = interview
  const field = fieldOf(interview)
  const said = normalise(typed)
  if (!field || DROP.test(said)) return { kind: 'dropped' }
  if (DONE.test(said)) {
    return answered(interview) ? filled(interview) : { kind: 'unclear', why: 'required' }
  }
  const skipped = SKIP.test(said)
  if (skipped && field.required && !field.value) return { kind: 'unclear', why: 'required' }
  const value = skipped ? (field.value ?? '') : readField(field, typed.trim(), at)
  if (value === null) return { kind: 'unclear', why: 'unread' }
  const values = { ...interview.values, [field.name]: value }
  // After one that was asked for again, those that are answered are not.
  const open = form.fields.findIndex(({ name }, index) => index > interview.at && !(name in values))
  const next = { ...interview, values, at: open < 0 ? form.fields.length : open }
  return fieldOf(next) ? { kind: 'asks', interview: next } : filled(next)
}

/** A form that was filled in, asked for again at the field that its command refuses. */
export function backTo(interview: Interview, name: string): Interview | null {
  const at = interview.form.fields.findIndex((field) => field.name === name)
  return at < 0 ? null : { ...interview, at }
}

/** A form whose sending was refused, from its first field, with what was said standing in each. */
export function fromStart({ form }: Interview, { input }: Intent): Interview {
  const said = input as Readonly<Record<string, unknown>>
  const fields = form.fields.map((field) => {
    const value = said[field.name]
    return typeof value === 'string' && value !== '' ? { ...field, value } : field
  })
  return interviewOf({ ...form, fields })
}

/** The form as if it had been sent: what was left out is blank, or what stood there. */
function filled(interview: Interview): Heard {
  const { form, values } = interview
  const all = form.fields.map(({ name, value }) => [name, values[name] ?? value ?? ''])
  const input = { ...(form.intent.input as object), ...Object.fromEntries(all) }
  return { kind: 'filled', intent: { command: form.intent.command, input }, interview }
}

/** The value that an answer gives to a field; null when it is no answer to that. */
function readField({ type, options = [] }: FormField, typed: string, at: Moment): string | null {
  switch (type) {
    case 'choice': {
      const said = normalise(typed).toLowerCase()
      const byNumber = /^\d{1,2}$/.test(said) ? options[Number(said) - 1] : undefined
      const named = options.filter(({ label }) => label.toLowerCase() === said)
      return (byNumber ?? named[0])?.value ?? null
    }
    case 'date': {
      const day = readSlot('day', typed, at)
      return day === null ? null : String(day)
    }
    case 'amount':
    case 'phone':
      return readSlot(type, typed, at) === null ? null : typed
    default:
      return typed || null
  }
}

/** What was wrong with an answer: it is needed, cannot be read, or this sentence says it. */
export type Unclear = 'required' | 'unread' | { readonly fault: string }

/** The question about the field that is asked for, with what was unclear about the last answer. */
export function questionCard(interview: Interview, say: Say, unclear?: Unclear): Card {
  const { form, at } = interview
  const field = fieldOf(interview)
  if (!field) return { blocks: [] }
  const { label, hint, value, required, type, options = [], name } = field
  const press = (text: string): Intent => ({ command: FORM_ANSWER, input: { field: name, text } })
  const shown = type === 'choice' ? options.find((each) => each.value === value)?.label : value
  const sentences = [
    unclear === 'unread' && say('没看懂。', 'I did not understand that.'),
    unclear === 'required' && say('这一项要填。', 'This one is needed.'),
    typeof unclear === 'object' && unclear.fault,
    `**${form.title}** ${at + 1}/${form.fields.length} · **${label}**${hint ? `（${hint}）` : ''}`,
    shown && say(`现在是"${shown}"。`, `It is "${shown}" now.`),
  ]
  const choices: Block = {
    kind: 'list',
    items: options.map((option, index) => ({
      mark: `${index + 1}`,
      text: option.label,
      buttons: [{ label: say('选这个', 'This one'), intent: press(`${index + 1}`) }],
    })),
  }
  const skippable = !required || value
  const steps: Button[] = [
    ...(skippable ? [{ label: say('跳过', 'Skip'), intent: press('跳过') }] : []),
    ...(answered(interview) ? [{ label: form.submit, intent: press('完成') }] : []),
    { label: say('取消', 'Cancel'), intent: press('取消') },
  ]
  return {
    blocks: [
      { kind: 'text', text: sentences.filter(Boolean).join('\n') },
      ...(type === 'choice' ? [choices] : []),
      { kind: 'buttons', buttons: steps },
    ],
  }
}
