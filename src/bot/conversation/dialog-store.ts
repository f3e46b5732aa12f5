import type { Choice } from '../../core/decision.ts'
import { newId } from '../../core/ids.ts'
import type { Intent } from '../../core/intent.ts'
import type { Queries } from '../../infra/database/index.ts'
import { hourBesideDay, readSlot } from '../grammar/answer.ts'
import type { Question } from '../grammar/parse.ts'
import { isFree } from '../grammar/reading.ts'
import type { Moment } from '../moment.ts'
import type { Interview } from './form-dialog.ts'

/** A question that waits; its key tells its buttons from others', also when some of it is answered. */
export interface Waiting extends Question {
  readonly key: string
}

/** What the bot waits to hear from one person in one conversation. */
export type Expected =
  | { kind: 'choice'; options: { label: string; intent: Intent }[] }
  /**
   * `earlier`: what was asked before and is open too, the latest first. `standing`: something else was
   * said since it was asked.
   */
  | ({ kind: 'answer'; earlier?: readonly Waiting[]; standing?: boolean } & Waiting)
  | { kind: 'form'; interview: Interview }

export interface Place {
  readonly channel: string
  readonly conversation: string
  readonly staffId: string
}

/** Where what was left waits until it is taken up again, besides what is waited for. */
export const aside = (place: Place, left: 'form' | 'question'): Place => ({
  ...place,
  conversation: `${place.conversation}#${left}`,
})

const PATIENCE_MS = 30 * 60_000

export const expectChoice = (choice: Choice): Expected => ({
  kind: 'choice',
  options: choice.options.map(({ label, intent }) => ({ label, intent })),
})

export const asWaiting = (question: Question | Waiting): Waiting => {
  const { intent, doubts, begun } = question
  const key = 'key' in question ? question.key : newId()
  return { key, intent, doubts, ...(begun && { begun }) }
}

export const expectAnswer = (
  question: Question | Waiting,
  earlier: readonly Waiting[] = [],
  standing = false,
): Expected & { kind: 'answer' } => ({
  kind: 'answer',
  ...asWaiting(question),
  ...(earlier.length > 0 && { earlier }),
  ...(standing && { standing }),
})

/** The questions that are open, the latest first. */
export function openIn(expected: Expected | null): readonly Waiting[] {
  if (expected?.kind !== 'answer') return []
  return [asWaiting(expected), ...(expected.earlier ?? [])]
}

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
    from json_to_recordset(${JSON.stringify(rows)}::json) as asked (
      channel text, conversation text, "staffId" uuid, expects json, until timestamptz)
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
 * What a line comes to when it answers what was expected: the intent, or what is still open of the
 * question; null when it is no answer. Free text is the answer only to what is asked first.
 */
export function answer(expected: Expected, typed: string, at: Moment): Intent | Waiting | null {
  const said = typed.trim()
  if (expected.kind === 'form') return null
  if (expected.kind === 'choice') {
    const number = /^\d{1,2}$/.test(said) ? Number(said) : 0
    const chosen =
      expected.options[number - 1] ?? expected.options.find((option) => option.label === said)
    return chosen?.intent ?? null
  }
  const [question, ...earlier] = openIn(expected)
  return (
    (question && answerTo(question, said, at, true)) ??
    earlier.map((each) => answerTo(each, said, at, false)).find((each) => each !== null) ??
    null
  )
}

function answerTo(
  question: Waiting,
  said: string,
  at: Moment,
  mayBeText: boolean,
): Intent | Waiting | null {
  for (const [place, { expects }] of question.doubts.entries()) {
    if (isFree(expects) && (place > 0 || !mayBeText)) continue
    const value = readSlot(expects, said, at)
    if (value === null) continue
    const hour = expects === 'day' ? hourBesideDay(said, at) : null
    // Asked again: a day without its hour would be half of what was said.
    if (hour === 'unclear') continue
    return withAnswer(hour ? withHour(question, hour, place) : question, value, place)
  }
  return null
}

/** The field of the hour beside each field of a day. */
const HOURS: Readonly<Record<string, string>> = { nextDate: 'nextTime', dueOn: 'dueTime' }

/** The question with the hour that was said with the day it asks for. */
function withHour(question: Waiting, hour: string, place: number): Waiting {
  const input = (question.doubts[place]?.slots ?? []).reduce((partly, slot) => {
    const path = slot.split('.')
    const field = HOURS[path.at(-1) ?? '']
    return field ? filled(partly, [...path.slice(0, -1), field], hour) : partly
  }, question.intent.input)
  return { ...question, intent: { ...question.intent, input } }
}

/** What a question comes to when one of its doubts is cleared: the intent, or what is still open. */
export function withAnswer<Asked extends Question>(
  question: Asked,
  value: unknown,
  place = 0,
): Intent | Asked {
  const { intent, doubts } = question
  const slots = doubts[place]?.slots ?? []
  const input = slots.reduce((partly, slot) => filled(partly, slot.split('.'), value), intent.input)
  const clearer = { command: intent.command, input }
  const [next, ...rest] = doubts.filter((_, index) => index !== place)
  // What follows the first answer to a word is no line behind it.
  return next
    ? { ...question, intent: clearer, doubts: [next, ...rest], begun: undefined }
    : clearer
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
