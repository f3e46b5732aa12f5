import type { Reading } from '../../../bot/grammar/reading.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { readMeasure, readReached, readSpan, takeHolder } from '../phrases.ts'
import type { Measure } from '../rules.ts'
import { monthOf, type Span } from '../span.ts'
import type { How } from './rules.ts'

export interface SplitWords {
  readonly span: Span
  readonly of: string
  readonly measure: Measure
  readonly how: How
}

const EVENLY = /^(?:平均|平均分|按人数?|均分|evenly)$/i
const BY_CLIENTS = /^(?:按客户数?|按户数|by-clients)$/i

/** Reads "12月 一队 走访 平均", "Q4 城东支行 放款额 按客户", "12月 一队 走访 M1 12 M2 8", "… M1 60% M2 40%". */
export function readSplit(said: string, today: Day): Reading<SplitWords> {
  const taken = takeHolder(said.replace(/\bby clients\b/i, 'by-clients'), today)
  const [word = '', first = '', ...more] = taken?.words ?? []
  const measure = readMeasure(word)
  if (!taken || !measure || !first) return { kind: 'no' }
  const { span, of } = taken
  const understood = (how: How): Reading<SplitWords> => ({
    kind: 'understood',
    input: { span, of, measure, how },
  })
  if (more.length === 0) {
    if (EVENLY.test(first)) return understood('evenly')
    return BY_CLIENTS.test(first) ? understood('by-clients') : { kind: 'no' }
  }
  const pairs = [first, ...more]
  if (pairs.length % 2 === 1) return { kind: 'no' }
  const parts: Exclude<How, string>[number][] = []
  for (let place = 0; place < pairs.length; place += 2) {
    const [name = '', number = ''] = pairs.slice(place, place + 2)
    const percent = number.match(/^(\d{1,3}(?:\.\d)?)%$/)?.[1]
    const target = percent ? null : readReached(measure, number)
    if (!percent && target === null) return { kind: 'no' }
    parts.push({ of: name, percent: percent ? Number(percent) : null, target })
  }
  return understood(parts)
}

/** Reads "", "12月", "12月 一队": how what is to be reached is given out; `of` null: one's own unit. */
export function readParts(
  said: string,
  today: Day,
): Reading<{ readonly span: Span; readonly of: string | null }> {
  if (!said.trim()) return { kind: 'understood', input: { span: monthOf(today), of: null } }
  const alone = readSpan(said, today)
  if (alone) return { kind: 'understood', input: { span: alone, of: null } }
  const taken = takeHolder(said, today)
  if (!taken || taken.words.length > 0) return { kind: 'no' }
  return { kind: 'understood', input: { span: taken.span, of: taken.of } }
}
