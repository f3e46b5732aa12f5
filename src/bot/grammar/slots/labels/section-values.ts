import type { Text } from '../../../../core/text.ts'
import { saidDay } from '../../day.ts'
import { normalise } from '../../normalise.ts'
import { readCount } from '../../scan/kinds/numerals.ts'
import type { Kind, Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import type { Part } from '../slot.ts'
import type { Read, SectionValue } from './sections.ts'

// How what stands behind a label is read.

/** Nothing is called so: who says it there means something else by it. */
const NO_NAME: readonly Kind[] = ['amount', 'day', 'time', 'phone', 'number', 'outcome']

const saidIn = ({ scanned, start, end }: Part): string => normalise(asTypedIn(scanned, start, end))
const HAN = /\p{Script=Han}/u
const BLANK = /[\s,;:。、]/

/** The pieces of a part that are words of their own there, and none of a name. */
const apart = ({ scanned: { text }, pieces, start, end }: Part): readonly Piece[] =>
  pieces.filter(
    (piece) =>
      NO_NAME.includes(piece.kind) &&
      (piece.start <= start || BLANK.test(text[piece.start - 1] ?? '')) &&
      (piece.end >= end || BLANK.test(text[piece.end] ?? '')),
  )

const readName = (part: Part, isOne: (said: string) => boolean): Read => {
  const said = saidIn(part)
  return apart(part).length === 0 && isOne(said) ? { value: said } : { doubt: 'several' }
}

/** One name. In Chinese that is one word: 城东 明天 is a name and something else. */
export const NAME: SectionValue = {
  expects: 'text',
  read: (part) => readName(part, (said) => !/\s/.test(said) || !HAN.test(said)),
}

/** Names, parted by marks: 一队、M003. */
export const NAMES: SectionValue = {
  expects: 'text',
  read: (part) =>
    readName(part, (said) =>
      said.split(/[、,;]/).every((one) => !/\S\s\S/.test(one) || !HAN.test(one)),
    ),
}

/** Words of which a digit or a blank may be a part: an address. */
export const WORDS: SectionValue = {
  expects: 'text',
  read: (part) => readName(part, () => true),
}

/** All its text, as typed, whatever it speaks of. */
export const FREE: SectionValue = {
  ...{ expects: 'text', free: true },
  read: ({ scanned, start, end }) => ({ value: asTypedIn(scanned, start, end) }),
}

/** A whole number of pieces. */
export const counted = (unit: RegExp, example: Text): SectionValue => ({
  kinds: ['number', 'count'],
  expects: 'count',
  example,
  read(part) {
    const said = saidIn(part)
    const count = readCount(said.replace(unit, '').trim())
    return count !== null && Number.isInteger(count) && count > 0
      ? { value: count }
      : { doubt: 'unclear' }
  },
})

/** One day and nothing else. */
export const ONE_DAY: SectionValue = {
  kinds: ['day'],
  expects: 'day',
  example: { zh: '12月15日', en: '15 Dec' },
  read(part) {
    // By itself, as what stands before and behind it is of other labels.
    const said = saidIn(part)
    const found = saidDay(said, part.scanned.context.at)
    return found && 'day' in found && found.rest === ''
      ? { value: found.day }
      : { doubt: found && 'fault' in found ? found.fault : 'unclear' }
  },
}

/** One of a few, each by what it is called. */
export const oneOfThese = (
  words: Readonly<Record<string, RegExp>>,
  offered: Readonly<Record<string, string>>,
): SectionValue => ({
  expects: { among: offered },
  read(part) {
    const said = saidIn(part)
    const value = Object.keys(words).find((each) => words[each]?.test(said))
    return value === undefined ? { doubt: 'unclear' } : { value }
  },
})

/** A part of a hundred, as typed: 10%. */
export const SHARE: SectionValue = {
  expects: 'text',
  example: { zh: '10%', en: '10%' },
  read(part) {
    const said = saidIn(part)
    return /^\d{1,3} ?%?$/.test(said) ? { value: said } : { doubt: 'unclear' }
  },
}
