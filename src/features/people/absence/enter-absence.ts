import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import type { Named } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { absentOf, askedForNothing } from './absent.ts'
import type { Entered } from './cards.ts'
import { absenceCard, enteredForCard, standInCard } from './cards.ts'
import { ABSENCE_PHRASES } from './phrases.ts'
import { MOST_DAYS, overlap, type Span, spanFault } from './rules.ts'
import { type Absence, absencesOf, insertAbsence } from './store.ts'

const input = z.object({
  from: dayField,
  until: dayField,
  /** Who is away, by name or staff code; absent: whoever says so. */
  person: z.string().trim().min(1).max(40).optional(),
  standIn: z.string().trim().min(1, '请写谁代班。 Please say who stands in.').max(40),
  /** Said beside it, and kept nowhere. */
  why: z.string().trim().max(500).optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  /** Who is away. */
  readonly absent: Pick<Named, 'id' | 'name' | 'code'>
  readonly standIn: Named
  /** Of both of them. */
  readonly absences: readonly Absence[]
}

/** Days on which a colleague works somebody's list, which a lead may enter too: theirs shows whose client it is. */
export const enterAbsence = command<Input, Facts, Entered>({
  name: 'absence',
  may: policy.beAbsent,
  undoable: true,
  help: {
    usage: { zh: '请假 12/1-12/5 代班 王五', en: 'away 12/1-12/5 stand-in Lee' },
    purpose: {
      zh: '请假期间由同事代办您的任务；主管可以替组员登记：请假 M005 12/1-12/3 代班 王五',
      en: 'a colleague works your list while you are away; a lead may enter it: away M005 12/1-12/3 stand-in Lee',
    },
  },
  phrases: ABSENCE_PHRASES,
  askedInVain: askedForNothing,
  input,
  async load(tx, asked, { who, reach, at }) {
    const absent = await absentOf(tx, asked.person, { who, reach })
    if (absent instanceof Refusal) return absent
    const intent = { command: 'absence', input: asked }
    const standIn = await resolveColleague(
      tx,
      { ...who, id: absent.id },
      asked.standIn,
      intent,
      'standIn',
    )
    if (standIn instanceof Refusal || standIn instanceof Choice) return standIn
    return { absent, standIn, absences: await absencesOf(tx, [absent.id, standIn.id], at.today) }
  },
  decide({ absent, standIn, absences }, { from, until, why }, { who, at }): Entered | Refusal {
    const other = absent.id === who.id ? null : absent.name
    const first = from ?? at.today
    const span: Span = { from: first, until: until ?? first }
    const fault = spanFault(span, at.today)
    if (fault) return SPAN_FAULTS[fault]
    const meant = absences.filter((absence) => overlap(absence, span))
    const own = meant.find(({ staffId }) => staffId === absent.id)
    if (own) {
      return refuse(
        `${other ?? '您'} ${days(own)} 已经请假（${own.standInName}代班），与这次重叠；要改请先发"销假${other ? ` ${absent.code}` : ''}"。`,
        `${other ?? 'You'} ${other ? 'is' : 'are'} away ${days(own)} already (${own.standInName} stands in); to change that say "back${other ? ` ${absent.code}` : ''}" first.`,
      )
    }
    const away = meant.find(({ staffId }) => staffId === standIn.id)
    if (away) {
      return refuse(
        `${standIn.name} ${days(away)} 也请假，请换一位代班。`,
        `${standIn.name} is away too (${days(away)}); choose somebody else.`,
      )
    }
    const serving = meant.find(({ standInId }) => standInId === absent.id)
    if (serving) {
      return refuse(
        `${other ?? '您'} ${days(serving)} 正替 ${serving.staffName} 代班，请先由其另找代班。`,
        `${other ?? 'You'} ${other ? 'stands' : 'stand'} in for ${serving.staffName} ${days(serving)}; they need somebody else first.`,
      )
    }
    return { ...span, absent, other, standIn, ...(why && { why }) }
  },
  async save(tx, entered, { who, at, actId, tell }) {
    const { absent, standIn, from, until } = entered
    const absence = { staffId: absent.id, standInId: standIn.id, from, until }
    await insertAbsence(tx, absence, actId, at.now)
    if (standIn.id !== who.id) {
      await tell(standIn.id, (language) => standInCard(absent.name, entered, at, language))
    }
    if (absent.id === who.id) return
    await tell(absent.id, (language) => enteredForCard(who.name, entered, at, language))
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
