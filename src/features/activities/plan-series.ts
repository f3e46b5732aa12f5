import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { dayField } from '../../bot/grammar/fields.ts'
import { type Day, day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { newId } from '../../core/ids.ts'
import { seriesCard } from './cards.ts'
import { activityInput } from './keep-activity.ts'
import { SERIES_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import type { Activity } from './rules.ts'
import { daysOfSeries, MOST_EVENTS, readEvery, type SaidEvery } from './series-rules.ts'
import { insertActivity, insertedSoFar, newDoorCode } from './store.ts'

const input = activityInput.omit({ heldOn: true }).extend({
  name: activityInput.shape.name.max(30),
  /** How often, as people say it. */
  every: z.string().transform((said, issues): SaidEvery => {
    const read = readEvery(said)
    if (read) return read
    issues.addIssue({
      code: 'custom',
      message:
        '多久一次请写成 每周三、每月第二个周三、每月10日 或 每季度15日。 Write how often as "every Wed", "every 2nd Wed" or "every month on the 10th".',
    })
    return z.NEVER
  }),
  until: dayField,
})
type Input = z.infer<typeof input>

/** Keeps events that come again, up to a year's plan, in one line. */
export const planSeries = command<Input, number, readonly Activity[]>({
  name: 'plan-series',
  may: policy.planActivity,
  help: {
    usage: {
      zh: '客户活动 新建 春茶沙龙 明年每月第二个周三 下午2点 大堂',
      en: 'new event TeaSalon next year every 2nd Wed 2pm main hall',
    },
    purpose: {
      zh: '一句话排好一个系列：每周、每月或每季度，到年底或"到 6月30日"',
      en: 'plan a series in one line: weekly, monthly or quarterly, to the end of the year or "until 30 Jun"',
    },
  },
  phrases: SERIES_PHRASES,
  input,
  load: (tx, { name }) => insertedSoFar(tx, name),
  decide(sofar, asked, { who, at }): readonly Activity[] | Refusal {
    const { name, place, startsAt, every, until } = asked
    const days = daysOfSeries(every.every, ...spanOf(every, until, at.today))
    if (days.length === 0) {
      return refuse(
        '这段时间里一场都排不上，没有改动。写明到哪天，比如"到 12月31日"，或者"明年每月…"。',
        'There is no such day in that time; nothing was planned. Say until when, such as "until 31 Dec", or "next year every …".',
      )
    }
    if (days.length > MOST_EVENTS) {
      return refuse(
        `会排出 ${days.length} 场，一次最多 ${MOST_EVENTS} 场，没有改动。请把截止日提前。`,
        `That would be ${days.length} events; at most ${MOST_EVENTS} are planned at once, and nothing was. Choose an earlier last day.`,
      )
    }
    const host = { hostId: who.id, hostName: who.name, hostPath: who.unitPath }
    const counts = { cancelled: false, invited: 0, attended: 0 }
    return days.map((heldOn, index) => ({
      ...{ id: newId(), name: eventOf(name, sofar + index + 1), series: name },
      ...{ place, heldOn, startsAt, code: newDoorCode(), ...host, ...counts },
    }))
  },
  async save(tx, events) {
    for (const each of events) await insertActivity(tx, each)
  },
  reply: (events, _facts, { at, who }) => seriesCard(events, at, who.language),
})

/** 春茶沙龙第3期: what an event of a series is called by itself. */
const eventOf = (series: string, number: number): string =>
  /\p{Script=Han}/u.test(series) ? `${series}第${number}期` : `${series}-${number}`

/** From tomorrow at the earliest, to the last day that is said, or to the end of the year. */
function spanOf({ year }: SaidEvery, until: Day | null, today: Day): readonly [Day, Day] {
  const of = Number(today.slice(0, 4)) + (year === 'next' ? 1 : 0)
  const from = year === 'next' ? day(`${of}-01-01`) : today
  return [from, until ?? day(`${of}-12-31`)]
}
