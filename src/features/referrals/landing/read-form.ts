import { z } from 'zod'
import { readPhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { dayIn } from '../../../core/calendar/time.ts'
import { type Evidence, LEAST_SECONDS, type NewEntry } from '../entries/rules.ts'
import type { Keyring } from './guard/keyring.ts'
import { openedAt, proves, readStamp, receiptOf, type Stamp } from './guard/stamp.ts'

/** A page's own form has ten fields at most. */
const MOST_FIELDS = 12

/** Control characters have no place in what people write, and PostgreSQL takes no NUL. */
const line = (most: number, name: string) =>
  z
    .string()
    .transform((typed) => typed.replace(/[\p{C}\s]+/gu, ' ').trim())
    .pipe(z.string().max(most, name))

/** What a visitor sends; each fault's path is the name of the field. */
const visitorSchema = z.object({
  // A name has letters: 1 is a slip of the thumb.
  name: line(40, 'name').pipe(z.string().regex(/\p{L}/u, 'name')),
  phone: z.string().transform((typed, context) => {
    const phone = typed.length <= 40 ? readPhone(typed) : null
    if (phone) return phone
    context.addIssue('phone')
    return z.NEVER
  }),
  business: line(60, 'business').default(''),
  need: line(200, 'need').default(''),
  consent: z.literal('yes', 'consent'),
})

/** What is needed of a request. */
interface Sent {
  header(name: string): string | undefined
  text(): Promise<string>
}

export type ReadForm =
  | { readonly kind: 'refused'; readonly why: 'wrong-type' | 'not-ours' }
  | {
      readonly kind: 'faulty'
      readonly entered: Readonly<Record<string, string>>
      readonly faults: readonly string[]
      /** Good to be sent again with; null: a new one is needed. */
      readonly stamp: string | null
    }
  | {
      readonly kind: 'entry'
      readonly entered: Readonly<Record<string, string>>
      readonly entry: Omit<NewEntry, 'linkId' | 'language' | 'device' | 'network'>
    }

/** Reads a form that was sent for a link, and notes what is suspicious about how it was. */
export async function readForm(
  request: Sent,
  code: string,
  challenged: boolean,
  keyring: Keyring,
  at: Moment,
): Promise<ReadForm> {
  const type = request.header('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    return { kind: 'refused', why: 'wrong-type' }
  }
  const fields = [...new URLSearchParams(await request.text())]
  if (fields.length > MOST_FIELDS) return { kind: 'refused', why: 'not-ours' }
  const entered = Object.fromEntries(fields)
  const given = entered['stamp'] ?? ''
  const stamp = await stampOf(given, code, keyring, at)
  const visitor = visitorSchema.safeParse(entered)
  if (!stamp || !visitor.success) {
    const faults = visitor.error?.issues.map(({ path }) => String(path[0])) ?? []
    const stale = stamp ? [] : ['stale']
    return { kind: 'faulty', entered, faults: [...stale, ...faults], stamp: stamp && given }
  }
  const { name, phone, business, need } = visitor.data
  const seconds = (at.now.getTime() - stamp.openedAt.getTime()) / 1000
  const evidence: Evidence[] = []
  if (entered['website']) evidence.push({ kind: 'trap' })
  if (seconds < LEAST_SECONDS) evidence.push({ kind: 'fast', seconds: Math.floor(seconds) })
  if (challenged && !proves(given, entered['proof'] ?? '')) evidence.push({ kind: 'unproven' })
  return {
    kind: 'entry',
    entered,
    entry: {
      name,
      phone,
      business: business || null,
      need: need || null,
      consentVersion: stamp.consentVersion,
      via: stamp.via,
      evidence,
      receipt: receiptOf(stamp, phone),
    },
  }
}

/** Null when the stamp is not ours, is of another link or too old. */
async function stampOf(
  given: string,
  code: string,
  keyring: Keyring,
  at: Moment,
): Promise<Stamp | null> {
  const opened = openedAt(given)
  if (!opened) return null
  const secret = await keyring.of(dayIn(opened, at.timezone), at.today)
  return secret && readStamp(given, code, secret)
}
