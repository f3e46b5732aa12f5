import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import type { Named } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import type { Entered } from './cards.ts'
import { absenceCard, standInCard } from './cards.ts'
import { ABSENCE_PHRASES } from './phrases.ts'
import { MOST_DAYS, overlap, type Span, spanFault } from './rules.ts'
import { type Absence, absencesOf, insertAbsence } from './store.ts'

const input = z.object({
  from: dayField,
  until: dayField,
  standIn: z.string().trim().min(1, '请写谁代班。 Please say who stands in.').max(40),
  /** Said beside it, and kept nowhere. */
  why: z.string().trim().max(500).optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly standIn: Named
  /** Of both of them. */
  readonly absences: readonly Absence[]
}

/** Days on which a colleague works my list: theirs shows whose client it is. */
export const enterAbsence = command<Input, Facts, Entered>({
  name: 'absence',
  may: policy.beAbsent,
  undoable: true,
  help: {
    usage: { zh: '请假 12/1-12/5 代班 王五', en: 'away 12/1-12/5 stand-in Lee' },
    purpose: {
      zh: '请假期间由同事代办您的任务',
      en: 'a colleague works your list while you are away',
    },
  },
  phrases: ABSENCE_PHRASES,
  input,
  async load(tx, asked, { who, at }) {
    const intent = { command: 'absence', input: asked }
    const standIn = await resolveColleague(tx, who, asked.standIn, intent, 'standIn')
    if (standIn instanceof Refusal || standIn instanceof Choice) return standIn
    return { standIn, absences: await absencesOf(tx, [who.id, standIn.id], at.today) }
  },
  decide({ standIn, absences }, { from, until, why }, { who, at }): Entered | Refusal {
    const first = from ?? at.today
    const span: Span = { from: first, until: until ?? first }
    const fault = spanFault(span, at.today)
    if (fault) return SPAN_FAULTS[fault]
    const meant = absences.filter((absence) => overlap(absence, span))
    const own = meant.find(({ staffId }) => staffId === who.id)
    if (own) {
      return refuse(
        `您 ${days(own)} 已经请假（${own.standInName}代班），与这次重叠；要改请先发"销假"。`,
        `You are away ${days(own)} already (${own.standInName} stands in); to change that say "back" first.`,
      )
    }
    const away = meant.find(({ staffId }) => staffId === standIn.id)
    if (away) {
      return refuse(
        `${standIn.name} ${days(away)} 也请假，请换一位代班。`,
        `${standIn.name} is away too (${days(away)}); choose somebody else.`,
      )
    }
    const serving = meant.find(({ standInId }) => standInId === who.id)
    if (serving) {
      return refuse(
        `您 ${days(serving)} 正替 ${serving.staffName} 代班，请先由其另找代班。`,
        `You stand in for ${serving.staffName} ${days(serving)}; they need somebody else first.`,
      )
    }
    return { ...span, standIn, ...(why && { why }) }
  },
  async save(tx, { standIn, from, until }, { who, at, actId, tell }) {
    const absence = { staffId: who.id, standInId: standIn.id, from, until }
    await insertAbsence(tx, absence, actId, at.now)
    await tell(standIn.id, (language) => standInCard(who.name, { from, until }, at, language))
  },
  reply: (entered, _facts, { at, who }) => absenceCard(entered, at, who.language),
})

const short = (day: Day): string => day.slice(5).replace('-', '/')
const days = ({ from, until }: Span): string =>
  from === until ? short(from) : `${short(from)}–${short(until)}`

const SPAN_FAULTS = {
  past: refuse(
    '请假从今天或以后开始，请再说一次日期。',
    'An absence begins today or later; please give the days again.',
  ),
  backwards: refuse(
    '结束日期早于开始日期，请再说一次，例如"请假 12/1-12/5 代班 王五"。',
    'The last day is before the first; please say it again, such as "away 12/1-12/5 stand-in Lee".',
  ),
  'too-long': refuse(
    `一次最多 ${MOST_DAYS} 天；更久请主管把客户交接出去。`,
    `At most ${MOST_DAYS} days; for longer ask your lead to hand your clients over.`,
  ),
}
