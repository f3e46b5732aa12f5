import { z } from 'zod'
import type { Event } from '../../core/chat.ts'

/** The longest line that somebody types. */
export const MOST_CHARACTERS = 4000

const intent = z.object({ command: z.string().max(60), input: z.unknown() })

const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .max(20_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue('not JSON')
        return z.NEVER
      }
    })
    .pipe(schema)

const typed = z.object({ text: z.string().trim().min(1).max(MOST_CHARACTERS) })
/** A button carries what it says. */
const pressed = z.object({ press: jsonOf(z.object({ label: z.string().max(200), intent })) })
/** A form carries its title and how its choices are called, beside the fields `field.<name>`. */
const filled = z
  .object({
    form: jsonOf(
      z.object({
        title: z.string().max(200),
        intent,
        options: z.record(z.string(), z.record(z.string(), z.string())),
      }),
    ),
  })
  .catchall(z.string().max(MOST_CHARACTERS))

const FIELD = 'field.'

/** What a person said by the page's form fields; null when it is nothing a page would send. */
export function read(body: Readonly<Record<string, string>>): Event['says'] | null {
  const text = typed.safeParse(body)
  if (text.success) return { kind: 'text', text: text.data.text }
  const press = pressed.safeParse(body)
  if (press.success) {
    const { label, intent } = press.data.press
    return { kind: 'intent', intent: { command: intent.command, input: intent.input }, label }
  }
  const sent = filled.safeParse(body)
  return sent.success ? readForm(sent.data.form, body) : null
}

function readForm(
  form: z.infer<typeof filled>['form'],
  body: Readonly<Record<string, string>>,
): Event['says'] {
  const values = Object.entries(body).flatMap(([name, value]) =>
    name.startsWith(FIELD) ? [[name.slice(FIELD.length), value] as const] : [],
  )
  const shown = values.flatMap(([name, value]) =>
    value.trim() ? [form.options[name]?.[value] ?? value] : [],
  )
  const input = { ...(form.intent.input as object), ...Object.fromEntries(values) }
  return {
    kind: 'intent',
    intent: { command: form.intent.command, input },
    label: [form.title, ...shown].join(' · '),
  }
}
