import type { Job } from '../../bot/feature.ts'
import type { Moment } from '../../bot/moment.ts'
import { addressesOf, enqueue } from '../../bot/outbox/enqueue.ts'
import type { Services } from '../../bot/services.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import { textCard } from '../../core/card.ts'
import { type Language, speaker } from '../../core/text.ts'
import { toDay } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import { takenBy } from '../../infra/sheets/writing/taken.ts'
import { listCard, reminderCard } from './cards.ts'
import { isListDay, REMIND_AFTER, type Row } from './rules.ts'
import {
  type Department,
  departmentsWaiting,
  linesWithoutDepartment,
  listsToRemind,
  makeList,
  markReminded,
  officersOf,
  openRows,
  rhythmOf,
} from './store.ts'
import { handOverBook } from './workbook.ts'

/** On each department's day: its list; and a reminder of lists that were not answered. */
export const sendLists: Job = {
  name: 'hand-over',
  at: () => '09:12',
  catchUpHours: 8,
  run: (services, moment) => handOver(services, moment),
}

/** What is due on a day; a second run of the day sends nothing twice. */
export async function handOver(services: Services, at: Moment, everyone = false): Promise<void> {
  const { database } = services
  const waiting = await database.transaction((tx) => departmentsWaiting(tx))
  for (const department of waiting) {
    await database.transaction(async (tx) => {
      const rhythm = await rhythmOf(tx, department.code)
      if (everyone || isListDay(rhythm, at.today, at.workdays)) await sendTo(tx, department, at)
    })
  }
  if (at.workdays.isWorkday(at.today)) {
    await database.transaction(async (tx) => {
      await remind(tx, at)
      const orphans = await linesWithoutDepartment(tx)
      if (orphans.length > 0 && isListDay({ every: 'week', on: 1 }, at.today, at.workdays)) {
        await tellMarketing(tx, `lines:${at.today}`, at, (language) => {
          const say = speaker(language)
          const named = orphans.map((each) => `${say(each.label, each.labelEn)} ${each.count}`)
          return say(
            `这些条线有需求等着移交，但还没有指定部门：${named.join('、')}。请说"条线 名称 归 部门"。`,
            `Needs of these lines wait, as no department serves them: ${named.join(', ')}. Say "line NAME to DEPARTMENT".`,
          )
        })
      }
    })
  }
  services.wake()
}

/** A department that no chat reaches keeps waiting, and marketing hears why. */
async function sendTo(tx: Queries, department: Department, at: Moment): Promise<void> {
  const officers = await addressesOf(
    tx,
    (await officersOf(tx, department)).map(({ id }) => id),
  )
  if (officers.length === 0) {
    await tellMarketing(tx, `nobody:${department.code}:${at.today}`, at, (language) =>
      speaker(language)(
        `${department.name}没有能收到消息的条线人员，移交名单没有发出。请为该部门开通账号，下次会补发。`,
        `Nobody of ${department.name} can be reached in chat, so its list was not sent. Enrol somebody; the list waits.`,
      ),
    )
    return
  }
  const rows = await makeList(tx, department, at.today)
  if (rows.length === 0) return
  const taken = takenBy(department, at)
  const books = new Map<Language, Buffer>()
  for (const language of new Set(officers.map((officer) => officer.language))) {
    books.set(language, await handOverBook(rows, at.catalogue, language, taken))
  }
  const letters = officers.map(({ staffId, channel, conversation, language }) => ({
    ...{ channel, conversation, replaces: null, notBefore: at.now },
    card: listCard(department.name, rows, books.get(language) ?? Buffer.alloc(0), at, language),
    onceKey: `hand-over:${department.code}:${at.today}:${rows.at(-1)?.id}:${staffId}`,
  }))
  await enqueue(tx, letters, at.now)
}

async function remind(tx: Queries, at: Moment): Promise<void> {
  for (const list of await listsToRemind(tx, workdaysBefore(at, REMIND_AFTER))) {
    const open = await openRows(tx, list.path)
    const rows = open.filter((row) => row.status === 'sent' && row.sentOn === toDay(list.sentOn))
    await tellOfficers(tx, list.path, rows, `remind:${list.id}`, at)
    await markReminded(tx, list.id, at.today)
  }
}

async function tellOfficers(
  tx: Queries,
  path: string,
  rows: readonly Row[],
  key: string,
  at: Moment,
): Promise<void> {
  const officers = (await officersOf(tx, { path })).map(({ id }) => id)
  const letters = (await addressesOf(tx, officers)).map(
    ({ staffId, channel, conversation, language }) => ({
      ...{ channel, conversation, replaces: null, notBefore: at.now },
      card: reminderCard(rows, at, language),
      onceKey: `hand-over:${key}:${staffId}`,
    }),
  )
  await enqueue(tx, letters, at.now)
}

/** The day from which so many workdays have passed. */
function workdaysBefore({ today, workdays }: Moment, count: number): Day {
  let date = today
  for (let left = count; left > 0; ) {
    date = addDays(date, -1)
    if (workdays.isWorkday(date)) left--
  }
  return date
}

async function tellMarketing(
  tx: Queries,
  key: string,
  at: Moment,
  text: (language: Language) => string,
): Promise<void> {
  const staff = await tx.staff.findMany({ where: { role: 'marketing', active: true } })
  const letters = (
    await addressesOf(
      tx,
      staff.map(({ id }) => id),
    )
  ).map(({ staffId, channel, conversation, language }) => ({
    ...{ channel, conversation, replaces: null, notBefore: at.now },
    card: textCard(text(language)),
    onceKey: `hand-over:${key}:${staffId}`,
  }))
  await enqueue(tx, letters, at.now)
}
