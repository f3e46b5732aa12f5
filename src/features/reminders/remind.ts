import type { Job } from '../../bot/feature.ts'
import { isWorkedAnywhere, type Moment } from '../../bot/moment.ts'
import { addressesOf, enqueue, type OutgoingMessage } from '../../bot/outbox/enqueue.ts'
import type { Services } from '../../bot/services.ts'
import { instantOf, timeIn } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { quietAt } from '../playbook/contact-rules.ts'
import { playbookOn } from '../playbook/store.ts'
import { linesOf } from '../tasks/list/line-store.ts'
import { forgetLinks } from './calendar-link/store.ts'
import { dueCard, soonCard } from './cards.ts'
import { givenAt, hoursToRemind, minutesOf, timeOf } from './rules.ts'
import { dueAppointments, dueReminders, forgetReminders, noteReminded } from './store.ts'

/** What a service that was away gives late, as long as the hour itself has not gone by. */
const LOOKS_BACK_MINUTES = 60

/** Every minute: who has an appointment soon, and who asked to be reminded. */
export const remind: Job = {
  name: 'remind',
  at: () => '00:01',
  again: { minutes: 1, until: '23:59' },
  catchUpHours: 0,
  async run(services, at) {
    const given = await remindDue(services, at)
    if (given > 0) services.log.info({ given }, 'reminders')
  },
}

/** Resolves to how many were new. */
export async function remindDue(services: Services, at: Moment): Promise<number> {
  if (!isWorkedAnywhere(at)) return 0
  const given = await services.database.transaction(async (tx) => {
    const [soon, own] = [await appointmentLetters(tx, services, at), await ownLetters(tx, at)]
    return enqueue(tx, [...soon, ...own], at.now)
  })
  if (given > 0) services.wake()
  return given
}

/** Once for each appointment and hour, whoever works it today: the key outlives a restart. */
async function appointmentLetters(
  tx: Queries,
  { reminders }: Services,
  at: Moment,
): Promise<OutgoingMessage[]> {
  const { quietHours } = await playbookOn(tx, at.today)
  const until = timeIn(at.now, at.timezone)
  const span = { after: timeOf(Math.max(0, minutesOf(until) - LOOKS_BACK_MINUTES)), until }
  const due = await dueAppointments(tx, at.today, {
    visits: hoursToRemind(span, reminders.visitMinutes, quietHours),
    others: hoursToRemind(span, reminders.minutes, quietHours),
  })
  const working = due.filter(({ path }) => at.workdays.of(path).isWorkday(at.today))
  const lines = await linesOf(tx, working)
  const addresses = await addressesOf(tx, [...new Set(lines.map(({ readerId }) => readerId))])
  return lines.flatMap((line) => {
    const to = addresses.find(({ staffId }) => staffId === line.readerId)
    if (!to) return []
    const { channel, conversation, language } = to
    return [
      {
        ...{ channel, conversation, replaces: null, notBefore: at.now },
        card: soonCard(line, at, language),
        onceKey: `soon:${line.id}:${line.dueOn} ${line.dueTime}`,
        staleAt: instantOf(line.dueOn, line.dueTime ?? '23:59', at.timezone),
      },
    ]
  })
}

/** Those of people who work now; who is away is reminded when they are back. */
async function ownLetters(tx: Queries, at: Moment): Promise<OutgoingMessage[]> {
  const { quietHours } = await playbookOn(tx, at.today)
  const time = timeIn(at.now, at.timezone)
  if (quietAt(quietHours, time)) return []
  const due = (await dueReminders(tx, at.today)).filter(
    ({ dueOn, dueTime, path }) =>
      at.workdays.of(path).isWorkday(at.today) &&
      (dueOn < at.today || givenAt(dueTime, quietHours) <= time),
  )
  const addresses = await addressesOf(tx, [...new Set(due.map(({ staffId }) => staffId))])
  const letters = due.flatMap((reminder) => {
    const to = addresses.find(({ staffId }) => staffId === reminder.staffId)
    if (!to) return []
    const { channel, conversation, language } = to
    return [
      {
        ...{ channel, conversation, replaces: null, notBefore: at.now },
        card: dueCard(reminder, { today: at.today, time }, language),
        onceKey: `reminder:${reminder.id}`,
      },
    ]
  })
  await noteReminded(
    tx,
    due.filter(({ staffId }) => addresses.some((to) => to.staffId === staffId)).map(({ id }) => id),
    at.now,
  )
  return letters
}

/** At night: what was given long ago. */
export const forget: Job = {
  name: 'forget-reminders',
  at: () => '04:47',
  catchUpHours: 12,
  async run({ database }, { today, now }) {
    await forgetReminders(database.prisma, today)
    await forgetLinks(database.prisma, now)
  },
}
