import { addMonths, sayDay } from '../../../../core/calendar/time.ts'
import { ofKind, type Piece } from '../../scan/piece.ts'
import { beforeClaimed, inDoubt, nothing, type Part, type Slot, type Taken } from '../slot.ts'

const UNTIL =
  /(?<![\s,;])[\s,;]*(?:有效期至|有效至|截至|直?到|至|\buntil\b|\btill\b)\s*([^至到]{1,40})$/i
/** How much of the end of a text a last day can be: what is read is bounded. */
const END_CHARACTERS = 60
/** 至 at the beginning of a word, as nobody writes it but before a last day. */
const CLEARLY = /(?:^|[\s,;])(?:有效期?至|至(?![今少于此多亲交上])|until\b|till\b)\s*(.{1,40})$/i
/** 至 within a word or 到, followed by words of time and nothing else. */
const LIKELY =
  /(?:(?<![以甚截直乃及冬])至|(?<=^|[\s,;])直?到)\s*([\d零一二两三四五六七八九十百半几个年月日号周天季度节春夏秋冬底末初前后明今去下上旬./ -]{0,20}[年月日号周天底末初前后度节旬])$/
/** A span as a word of its own at the end: 失信 三年. */
const SPAN =
  /[\s,;]((?:for )?(?:[\d一二两三四五六七八九十半]{1,6} ?个?(?:年|月|天|周|星期|季度)[内期]?|\d{1,4} ?(?:years?|months?|weeks?|days?)))$/i
const FOR_GOOD = /^(?:长期|永久)(?:有效)?$/
/** What a day may have beside it there. */
const BESIDE = /[\s.。止为]/g

/**
 * The last day with which a part ends: 失信 至 2027-03-31. Null: none is named, or it is for good. What means a
 * day and cannot be read (至明年底, 三年) is asked about; what only contains the letter (至今, 以至) is the text.
 */
export const until = (field = 'until', { required = false } = {}): Slot => ({
  field,
  kinds: ['day'],
  required,
  asksLast: true,
  take(all, _before, claimed) {
    const part = beforeClaimed(all, claimed)
    const offset = Math.max(part.start, part.end - END_CHARACTERS)
    const end = part.scanned.text.slice(offset, part.end)
    const said = UNTIL.exec(end)
    const taken = (said && dayIn(part, said, offset)) ?? unclear(part, end, offset)
    // A day further on in the words is one that is spoken of.
    return { ...taken, weighed: ofKind(all.pieces, 'day') }
  },
  ask({ said }, _subject, { scanned }) {
    const { today } = scanned.context.at
    const example = addMonths(today, 6)
    const why = said
      ? { zh: `日期"${said}"不能确定，`, en: `"${said}" is not clear. ` }
      : { zh: '', en: '' }
    return {
      expects: 'day',
      question: {
        zh: `${why.zh}到哪一天为止？比如 ${sayDay(example, today, 'zh')}。`,
        en: `${why.en}Until which day? For example ${example}.`,
      },
    }
  },
})

/** From the word for "until" to the end of the part. */
const placeOf = (part: Part, found: RegExpExecArray, offset: number) => ({
  start: offset + found.index,
  end: part.end,
  said: found[1]?.trim() ?? '',
})

/** The day that is all that stands behind the word; null: something else does. */
function dayIn(part: Part, found: RegExpExecArray, offset: number): Taken | null {
  const place = placeOf(part, found, offset)
  const from = part.end - (found[1]?.length ?? 0)
  const days = ofKind(part.pieces, 'day').filter(({ end }) => end > from)
  const [day] = days
  if (!day || days.length > 1) return null
  const beside = `${part.scanned.text.slice(from, Math.max(from, day.start))}${part.scanned.text.slice(day.end, part.end)}`
  if (beside.replace(BESIDE, '') !== '') return null
  const piece: Piece = { kind: 'day', ...place, value: day.value }
  if (day.value !== null) return { value: day.value, claims: [piece] }
  return inDoubt(day.doubt ?? 'unclear', [piece], place.said)
}

function unclear(part: Part, end: string, offset: number): Taken {
  const found = CLEARLY.exec(end) ?? LIKELY.exec(end) ?? SPAN.exec(end)
  if (!found) return nothing
  const place = placeOf(part, found, offset)
  const piece: Piece = { kind: 'day', ...place, value: null }
  const weighed = part.pieces.filter(({ start }) => start >= place.start)
  if (FOR_GOOD.test(place.said)) return { value: null, claims: [piece], weighed }
  return { ...inDoubt('unclear', [piece], place.said), weighed }
}
