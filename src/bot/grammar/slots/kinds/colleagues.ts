import { asTypedIn } from '../../scan/typed-line.ts'
import type { Slot } from '../slot.ts'
import { staff } from './staff.ts'

/** Marks between two people. */
const BETWEEN = /^\s?[,、和跟与及&]\s?/
/** 周敏和Lee, but not 李和平: a name has two characters at least. */
const AND = /(?<=[^\s]{2})[和跟与及&](?=[^\s]{2})/
/** What another stands behind besides: and Mary; a staff code is one by itself: M001,M002. */
const FURTHER = /^(?:and\s+|(?=[a-z]{1,4}\d{1,8}(?![\p{L}\d])))/iu

/**
 * Somebody of the bank whom a line names first, or several with marks between them (周敏、Lee): one is a string,
 * several are an array.
 */
export const colleagues = (field: string, options: Parameters<typeof staff>[1] = {}): Slot => {
  const one = staff(field, options)
  return {
    ...one,
    take(part, before, claimed) {
      const named: string[] = []
      // What stands behind the first of several may be nobody's name: who it is is asked.
      const first = one.take(part, before, claimed)
      for (let start = part.start; ; ) {
        const taken = one.take({ ...part, start }, before, claimed)
        const until = taken.from ?? start
        const several = taken.doubt?.code === 'several' && until > start
        const said = several ? asTypedIn(part.scanned, start, until) : taken.value
        if (typeof said !== 'string') return named.length > 0 ? first : taken
        named.push(...said.replace(/[\s,、]+$/, '').split(AND))
        const behind = part.scanned.text.slice(until, part.end)
        const next = behind.match(several ? BETWEEN : FURTHER)
        if (!several && !next) {
          const people = [...new Set(named)]
          return { ...taken, value: people.length > 1 ? people : people[0] }
        }
        start = until + (next?.[0].length ?? 0)
      }
    },
  }
}
