import type { Moment } from '../moment.ts'
import { readAmount } from './amount.ts'
import { saidDay } from './day.ts'
import { normalise } from './normalise.ts'
import { readPhone } from './phone.ts'
import type { Expects } from './reading.ts'
import { readCount } from './scan/kinds/numerals.ts'
import { hourText, readTime } from './scan/kinds/times.ts'

/** What says that the rest is the answer, whatever it looks like. */
const ANSWERING = /^(?:答|回答|答复|理由|原因|answer|reason)\s*:\s*/i

/**
 * The hour that an answer names beside its day (明天下午3点); null: none. `unclear`: there is one that may be
 * several.
 */
export function hourBesideDay(typed: string, at: Moment): string | null {
  const times = saidDay(typed, at)?.times ?? []
  const hours = new Set(
    times.flatMap(({ value, doubt }) => {
      if (doubt) return 'unclear'
      return value && 'minutes' in value ? hourText(value.minutes) : []
    }),
  )
  const [hour = null] = hours
  return hours.size > 1 ? 'unclear' : hour
}

/** The value that an answer gives to a slot; null when it is no answer to that. */
export function readSlot(expects: Expects, typed: string, at: Moment): string | number | null {
  const said = normalise(typed)
  switch (expects) {
    case 'text':
    case 'colleague':
      return said.replace(ANSWERING, '') || null
    case 'file':
      return null
    case 'amount':
      return readAmount(said)
    case 'count': {
      const count = readCount(said.replace(/(?:次|户|个|笔|家|单|times)$/i, '').trim())
      return Number.isInteger(count) ? count : null
    }
    case 'hour':
      return readTime(said)
    case 'phone':
      return readPhone(said)
    case 'day': {
      const found = saidDay(said, at)
      return found && 'day' in found ? found.day : null
    }
    default:
      return expects.among[said.toLowerCase()] ?? null
  }
}
