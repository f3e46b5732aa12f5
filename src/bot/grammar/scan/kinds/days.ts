import { isDay } from '../../../../core/calendar/time.ts'
import {
  after,
  before,
  type Dated,
  hasAll,
  matchesIn,
  type Piece,
  type Recogniser,
} from '../piece.ts'
import { GONE_YEAR, LIMIT, TELLS_AFTER, TELLS_BEFORE } from '../words/days.ts'
import { DAY_SHAPES } from './day-shapes.ts'

/** Days: that which is meant, or why none is; a day that only tells is said of something else. */
export const DAYS: Recogniser<Dated> = {
  ...{ rank: 4, needs: [] },
  *find(view): Iterable<Piece> {
    const {
      open,
      text,
      context: { at },
    } = view
    for (const [needs, source, meant] of DAY_SHAPES) {
      if (!hasAll(view, needs)) continue
      for (const { 0: said, index: start, groups = {} } of matchesIn(open, source)) {
        if (said === '') continue
        const end = start + said.length
        const date = meant(groups, at.today, at.workdays)
        const right = after(text, end)
        const limit = right.match(LIMIT)?.[0] ?? ''
        const place = { start, end: end + limit.length, said: said + limit }
        const tells =
          TELLS_AFTER.test(right) || TELLS_BEFORE.test(before(text, start)) || GONE_YEAR.test(said)
        if (tells) yield { kind: 'day', ...place, value: null, tells }
        else if (isDay(date) && !limit) yield { kind: 'day', ...place, value: date }
        else yield { kind: 'day', ...place, value: null, doubt: isDay(date) ? 'unclear' : date }
      }
    }
  },
}
