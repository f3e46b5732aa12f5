import type { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Question } from '../grammar/parse.ts'
import { readSlot } from '../grammar/reading.ts'
import type { Moment } from '../moment.ts'
import type { Interview } from './form-dialog.ts'

/** What the bot waits to hear from one person in one conversation. */
export type Expected =
  | { kind: 'choice'; options: { label: string; intent: Intent }[] }
  /** `earlier`: questions left before this one, the latest first. */
  | ({ kind: 'answer'; earlier?: readonly Question[] } & Question)
  | { kind: 'form'; interview: Interview }

export interface Place {
  readonly channel: string
  readonly conversation: string
  readonly staffId: string
}

const PATIENCE_MS = 30 * 60_000

export const expectChoice = (choice: Choice): Expected => ({
  kind: 'choice',
  options: choice.options.map(({ label, intent }) => ({ label, intent })),
})

export const expectAnswer = (
  { intent, doubts }: Question,
  earlier: readonly Question[] = [],
): Expected => ({ kind: 'answer', intent, doubts, ...(earlier.length > 0 && { earlier }) })

/** Something that the bot waits to hear at a place. */
export interface Awaited extends Place {
  readonly expects: Expected
  readonly patienceMs?: number
}

/** Waits for what was asked, in so many places. */
export async function expectAll(tx: Queries, asked: readonly Awaited[], now: Date): Promise<void> {
  if (asked.length === 0) return
  const rows = asked.map(({ patienceMs = PATIENCE_MS, ...each }) => {
    return { ...each, until: new Date(now.getTime() + patienceMs) }
  })
  await tx.$executeRaw`
    insert into dialog (channel, conversation, staff_id, expects, expires_at)
    select channel, conversation, "staffId", expects, until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as asked (
      channel text, conversation text, "staffId" uuid, expects jsonb, until timestamptz)
    on conflict (channel, conversation, staff_id)
    do update set expects = excluded.expects, expires_at = excluded.expires_at`
}

/** Waits no longer, in so many places. */
export async function forgetAll(tx: Queries, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return
  await tx.$executeRaw`
    delete from dialog
    using jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as place (channel text, conversation text, "staffId" uuid)
    where dialog.channel = place.channel and dialog.conversation = place.conversation
      and dialog.staff_id = place."staffId"`
}

/** What is expected at a place. */
export async function expectedAt(tx: Queries, place: Place, now: Date): Promise<Expected | null> {
  const [row] = await tx.$queryRaw<{ expects: Expected }[]>`
    select expects from dialog
    where channel = ${place.channel} and conversation = ${place.conversation}
      and staff_id = ${place.staffId}::uuid and expires_at >= ${now}::timestamptz`
  return row?.expects ?? null
}

/** What was expected at a place; asked for once, it is gone. */
export async function takeExpected(tx: Queries, place: Place, now: Date): Promise<Expected | null> {
  const [row] = await tx.$queryRaw<{ expects: Expected }[]>`
    delete from dialog
    where channel = ${place.channel} and conversation = ${place.conversation}
      and staff_id = ${place.staffId}::uuid
    returning case when expires_at >= ${now}::timestamptz then expects end as expects`
  return row?.expects ?? null
}

/**
 * What a line comes to when it answers what was expected: the intent, or the next question about
 * it; null when it is no answer.
 */
export function answer(expected: Expected, typed: string, at: Moment): Intent | Question | null {
  const said = typed.trim()
  if (expected.kind === 'form') return null
  if (expected.kind === 'choice') {
    const number = /^\d{1,2}$/.test(said) ? Number(said) : 0
    const chosen =
      expected.options[number - 1] ?? expected.options.find((option) => option.label === said)
    return chosen?.intent ?? null
  }
  const value = readSlot(expected.doubts[0].expects, said, at.today, at.workdays)
  return value === null ? null : withAnswer(expected, value)
}

/** What a question comes to when its first doubt is cleared: the intent, or the next question. */
export function withAnswer({ intent, doubts }: Question, value: unknown): Intent | Question {
  const [{ slots }, next, ...rest] = doubts
  const input = slots.reduce((partly, slot) => filled(partly, slot.split('.'), value), intent.input)
  const clearer = { command: intent.command, input }
  return next ? { intent: clearer, doubts: [next, ...rest] } : clearer
}

/** A copy of `input` with the value at the end of the path. */
function filled(input: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(input)) {
    return input.map((each, index) => (index === Number(key) ? filled(each, rest, value) : each))
  }
  const fields = (input ?? {}) as Record<string, unknown>
  return { ...fields, [key]: filled(fields[key], rest, value) }
}
