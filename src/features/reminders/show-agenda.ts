import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { saidDay } from '../../bot/grammar/day.ts'
import { dayField } from '../../bot/grammar/fields.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { whyNotDay } from '../../bot/grammar/slots/kinds/day.ts'
import type { Moment } from '../../bot/moment.ts'
import { daysOf } from '../../core/calendar/period.ts'
import { linesOf } from '../tasks/list/line-store.ts'
import { type Agenda, agendaCard } from './cards.ts'
import * as policy from './policy.ts'
import { appointmentsOf, remindersOf } from './store.ts'

const SPANS = ['today', 'tomorrow', 'this-week', 'next-week'] as const
/** `day`: that one and no other. */
const input = z.object({ span: z.enum(SPANS).default('today'), day: dayField })

const SAID: readonly (readonly [RegExp, (typeof SPANS)[number]])[] = [
  [/^(?:的|今[天日]|today|\s)*$/i, 'today'],
  [/^(?:明[天日]|tomorrow)$/i, 'tomorrow'],
  [/^(?:本周|这周|这个?星期|一周|(?:this )?week)$/i, 'this-week'],
  [/^(?:下周|下个?星期|next week)$/i, 'next-week'],
]

/** 我明天几点要见谁: the same, asked. */
const ASKED =
  /^我?(?<when>.{0,6}?)(?:几点)?(?:要|该|得|约了)?见(?:谁|哪些(?:人|客户)|哪几个(?:人|客户)?)[吗呢啊?？。.!\s]*$/

function read(line: string, at: Moment): Reading<z.input<typeof input>> {
  const rest = line.match(ASKED)?.groups?.['when'] ?? line
  const said = rest.replace(/[。.!?？！\s]+$/, '').trim()
  const span = SAID.find(([shape]) => shape.test(said))?.[1]
  if (span) return { kind: 'understood', input: { span } }
  const meant = saidDay(said, at)
  if (meant?.rest !== '') return { kind: 'no' }
  if ('day' in meant) return { kind: 'understood', input: { day: meant.day } }
  const question = {
    zh: `"${meant.said}"${whyNotDay(meant.fault).zh}，看哪一天的日程？比如 12月3日。`,
    en: `"${meant.said}" ${whyNotDay(meant.fault).en}. Which day's agenda? For example 3 Dec.`,
  }
  return { kind: 'asks', input: {}, doubts: [{ question, slots: ['day'], expects: 'day' }] }
}

/** `日程`: what has an hour, one's own and of whom one stands in for, and one's reminders. */
export const showAgenda = query<z.infer<typeof input>, Agenda>({
  name: 'agenda',
  may: policy.ownReminders,
  help: {
    usage: { zh: '日程 · 日程 明天 · 日程 本周', en: 'agenda · agenda tomorrow · agenda week' },
    purpose: {
      zh: '约好钟点的客户和自己的提醒',
      en: 'clients at an hour, and your own reminders',
    },
  },
  phrases: {
    words: ['日程', '我的日程', '日程表', 'agenda', 'my agenda', 'appointments', 'my appointments'],
    shape: ASKED,
    read,
  },
  input,
  async load(tx, { span, day }, { who, at }) {
    const { from, until } = day ? { from: day, until: day } : daysOf(span, at.today)
    // All spans have both ends; of the week what is over is not shown.
    const days = {
      from: from && from > at.today ? from : at.today,
      until: until ?? at.today,
    }
    const [appointments, reminders] = await Promise.all([
      appointmentsOf(tx, [who.id, ...who.standsInFor], days),
      remindersOf(tx, [who.id], days),
    ])
    const lines = await linesOf(
      tx,
      appointments.map(({ taskId: id }) => ({ id, readerId: who.id })),
    )
    return { ...days, lines, reminders }
  },
  reply: (agenda, _input, { at, who }) => agendaCard(agenda, at, who.language),
})
