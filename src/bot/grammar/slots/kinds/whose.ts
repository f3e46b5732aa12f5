import { placesOf } from '../../scan/kinds/lists.ts'
import { readCount } from '../../scan/kinds/numerals.ts'
import { ofKind } from '../../scan/piece.ts'
import type { Scanned } from '../../scan/scan.ts'

/** The tasks, by number, or the clients, by name, that a line names at a place. */
export interface Whose {
  readonly tasks: readonly number[]
  /** As they are on file. */
  readonly named: readonly string[]
  readonly end: number
  /** 3 10: two of the list, or one and a day. */
  readonly loose: boolean
}

const AND = /^(?:[\s,、和跟与及&]|还有|以及|\band\b){1,4}$/i
/** A number that is in no list: 改期 三 下周三. */
const ALONE = /^(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?=[\s,])/
const LOOSE = /\d[\s~-]+\d/
/** A day or an hour is never a part of the list that it stands in: 3 5号, 3 2-4点. */
const PLAIN = /^[\d\s.、,第和]*$/

/** Null: none is named there, or numbers that are no list (3-1). */
export function whoseAt(scanned: Scanned, place: number): Whose | null {
  return numbersAt(scanned, place) ?? namesAt(scanned, place)
}

export function numbersAt({ lists, pieces, text }: Scanned, place: number): Whose | null {
  const list = lists.find(({ start }) => start === place)
  if (!list) {
    const said = text.slice(place).match(ALONE)?.[0]
    const behind = place + (said?.length ?? 0) + 1
    // 3 月底 is no third month where a day is read behind the blank.
    const apart = !/^\d/.test(said ?? '') || pieces.some(({ start }) => start === behind)
    const number = readCount(said)
    if (!said || !apart || number === null) return null
    return { tasks: [number], named: [], end: behind - 1, loose: false }
  }
  const when = pieces.find(
    ({ kind, start, end, said }) =>
      (kind === 'day' ? start > list.start : kind === 'time' && start >= list.start) &&
      start < list.end &&
      end > start &&
      !PLAIN.test(said),
  )
  const said = text.slice(list.start, when?.start ?? list.end)
  const tasks = when ? placesOf(said) : list.value
  if (!tasks || tasks.length === 0) return null
  return { tasks, named: [], end: list.start + said.length, loose: LOOSE.test(said) }
}

export function namesAt(
  { pieces, text }: Pick<Scanned, 'pieces' | 'text'>,
  place: number,
): Whose | null {
  const named: string[] = []
  let end = place
  for (const { start, end: after, value, said } of ofKind(pieces, 'name')) {
    if (start < place) continue
    const joined = named.length === 0 ? start === place : AND.test(text.slice(end, start))
    if (!joined) break
    named.push(value ?? said)
    end = after
  }
  return named.length > 0 ? { tasks: [], named, end, loose: false } : null
}
