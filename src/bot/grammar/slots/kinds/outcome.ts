import { offeredKinds } from '../../../../core/outcome.ts'
import { speaker } from '../../../../core/text.ts'
import { MOST_OFFERED } from '../../reading.ts'
import { aloneOutcome, besideWeak, mannerOf, withoutRemark } from '../../scan/kinds/outcomes.ts'
import { ofKind, type Piece } from '../../scan/piece.ts'
import { NO_HINT, NOT_ALONE, OF_ALL, PARTICLES } from '../../scan/words/outcomes.ts'
import { type Fields, inDoubt, type Part, type Slot, type Subject, type Taken } from '../slot.ts'

const CLAUSE_ENDS = /[,;。!?\n]/

/** The one outcome that a part is sure of. */
export function takeOutcome(part: Part, before: Fields | null, field: string): Taken {
  const { scanned, start, end } = part
  const { text, context } = scanned
  const same = ofKind(part.pieces, 'same')
  if (same.length > 0 && saysOnly(part, same) && before && onlyOutcome(before, field)) {
    return { value: before[field], claims: same }
  }
  const heard = ofKind(part.pieces, 'outcome')
  const said = text.slice(start, end).trim()
  const [token = ''] = said.split(/[\s,;:。、]/)
  const [first] = heard
  const lead = first ? text.slice(start, first.start).replace(/[\s,:]/g, '') : ''
  const starts = first !== undefined && (lead === '' || OF_ALL.test(lead))
  const alone = starts || NOT_ALONE.test(said) ? null : aloneOutcome(context.at.kinds, token)
  const strong = heard.filter(({ value }) => value?.how === 'sure')
  // What only hints at an outcome counts where nothing else is said of one.
  const hinted = strong.length === 0 && alone === null
  const hints = hinted && !NO_HINT.test(text.slice(start, end))
  const sure = hints ? heard.filter((each) => isHint(each, part)) : strong
  const codes = new Set([
    ...(alone ? [alone] : []),
    ...sure.flatMap(({ value }) => value?.code ?? []),
  ])
  const meant = onTheDay(withoutRemark(codes, context.at.kinds), hints)
  const [code] = meant
  if (code === undefined || meant.length > 1) {
    return asking(code === undefined ? 'missing' : 'several', heard, meant)
  }
  // A word of its own at the beginning is the outcome; a doubtful one after it is a remark.
  const decisive =
    alone !== null ||
    (starts && first.value?.how === 'sure' && PARTICLES.test(text.slice(first.end, end)))
  const open = heard.filter(({ value }) => value?.how !== 'sure' && value?.how !== 'weak')
  // 没有拒绝,再考虑: what is only denied in another clause leaves the sure word standing.
  const blocks = open.some(
    (each) => each.value?.how === 'asked' || sure.some((one) => inOneClause(text, one, each)),
  )
  if (blocks && !decisive) return asking('unclear', heard, meant)
  if (hasCondition(part, code, first?.start ?? start)) return asking('unclear', heard, [])
  const word = alone ? [wordAt(part, said, token, alone)] : []
  const own = sure.filter(({ value }) => value?.code === code)
  // 嫌利率高 says why, and stays in the note.
  const claims = hinted && besideWeak(code) === null ? [] : own
  return { value: code, claims: [...word, ...claims], weighed: heard }
}

/** 要20万，下周二见面: of what hints at one the appointment says more, as it has a day. */
function onTheDay(codes: string[], hints: boolean): string[] {
  const dated = hints ? codes.filter((code) => besideWeak(code) === 'day') : []
  const others = codes.filter((code) => !dated.includes(code))
  return others.every((code) => besideWeak(code) === 'amount') && dated.length > 0 ? dated : codes
}

/** Whether a weak word stands beside what makes it one: 要|十五万, 约|周三. */
function isHint({ value, start, end: last }: Piece<'outcome'>, part: Part): boolean {
  if (value?.how !== 'weak') return false
  const { pieces, scanned } = part
  // 约了沈华周三: the client stands between.
  const end = ofKind(scanned.pieces, 'name').find((each) => each.start === last)?.end ?? last
  const kind = besideWeak(value.code)
  return (
    kind === null ||
    pieces.some(
      (each) =>
        (each.kind === kind || (kind === 'day' && each.kind === 'time')) &&
        !each.tells &&
        ((each.start >= end && each.start <= end + 1) ||
          (kind === 'day' && each.end <= start && each.end >= start - 1)),
    )
  )
}

/** A word that is an outcome by standing alone, as a piece. */
function wordAt({ scanned, start }: Part, said: string, token: string, code: string): Piece {
  const from = scanned.text.indexOf(said, start)
  return {
    ...{ kind: 'outcome', start: from, end: from + token.length, said: token },
    value: { code, how: 'sure' },
  }
}

/** A wish to be left alone, with a day or an hour beside it when to call again. */
function hasCondition({ scanned, pieces }: Part, code: string, wish: number): boolean {
  if (mannerOf(scanned.context.at.kinds, code) !== 'ban') return false
  return pieces.some(
    ({ kind, tells, start }) => !tells && (kind === 'day' || (kind === 'time' && start > wish)),
  )
}

const asking = (
  code: 'missing' | 'several' | 'unclear',
  about: readonly Piece[],
  likely: string[],
): Taken => {
  const { doubt } = inDoubt(code, about)
  return { value: null, claims: [], weighed: about, ...(doubt && { doubt: { ...doubt, likely } }) }
}

const inOneClause = (text: string, one: Piece, other: Piece): boolean =>
  !CLAUSE_ENDS.test(text.slice(Math.min(one.end, other.end), Math.max(one.start, other.start)))

const saysOnly = ({ scanned, start, end, pieces }: Part, only: readonly Piece[]): boolean =>
  pieces.length === only.length &&
  /^[\s,;.。!:、)也]*$/.test(
    only.reduce((left, { said }) => left.replace(said, ''), scanned.text.slice(start, end)),
  )

/** 同上 repeats an outcome, but no amount or day that was said with it. */
const onlyOutcome = (before: Fields, field: string): boolean =>
  typeof before[field] === 'string' &&
  Object.entries(before).every(
    ([key, value]) => key === field || value === null || value === undefined,
  )

/** What came of it: a kind of the bank's, by its code. */
export const outcome = (field: string): Slot => ({
  field,
  kinds: ['outcome', 'same'],
  required: true,
  take: (part, before) => takeOutcome(part, before, field),
  ask({ likely = [] }, subject, part) {
    const labels = offeredKinds(part.scanned.context.at.kinds)
    const offered = likely.length > 1 ? labels.filter(({ code }) => likely.includes(code)) : labels
    const zh = speaker('zh')
    // All of them stand on the buttons below.
    const listed = offered.length < labels.length || labels.length > MOST_OFFERED
    const names = (say: typeof zh) =>
      say('：', ': ') + offered.map(({ label }) => say(label.zh, label.en)).join(say('、', ', '))
    const day = dayBeside(part)
    const place = subjectOf(subject)
    return {
      expects: {
        among: Object.fromEntries(
          labels.flatMap(({ code, label }) =>
            [label.zh, label.en, code].map((word) => [word, code]),
          ),
        ),
      },
      question: {
        zh: `${place.zh}的结果是哪一种${listed ? names(zh) : ''}？${day ? `只改日期就发"改期 ${place.short} ${day}"。` : ''}`,
        en: `What came of ${place.en}${listed ? names(speaker('en')) : ''}?${day ? ` For another day only say "postpone ${place.short} ${day}".` : ''}`,
      },
    }
  },
})

function subjectOf(subject: Subject) {
  if (!subject) return { zh: '这一件', en: 'it', short: '' }
  return { ...subject, short: subject.zh.replace(/^第 | 件$/g, '') }
}

/** What was said of another time, which may be all that was meant. */
const dayBeside = ({ pieces }: Part): string | null =>
  pieces.find(({ kind, value }) => kind === 'day' && value !== null)?.said.trim() ?? null
