import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { day } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { toDay } from '../../../infra/database/columns.ts'
import { template } from '../workbooks.ts'
import { REMIND_AFTER_WORKDAYS, yearOf } from './rules.ts'
import { exitDay, noteAsked, requestOf, riskStaff } from './store.ts'

/**
 * Once a year, on a set day or the workday after it, risk is asked for the clients to exit, and
 * reminded until the list or the answer "nobody" is there.
 */
export const requestExits: Job = {
  name: 'request-exits',
  at: () => '09:11',
  catchUpHours: 8,
  run: request,
}

async function request(services: Services, at: Moment): Promise<void> {
  const { today, workdays } = at
  if (!workdays.isWorkday(today)) return
  await services.database.transaction(async (tx) => {
    const year = yearOf(today)
    if (today < day(`${year}-${await exitDay(tx)}`)) return
    const before = await requestOf(tx, year)
    if (before?.answeredAt) return
    const last = before && toDay(before.remindedOn ?? before.askedOn)
    if (last && workdays.add(last, REMIND_AFTER_WORKDAYS) > today) return
    await noteAsked(tx, year, today)
    const cards = {
      zh: await askCard(year, last !== null, 'zh'),
      en: await askCard(year, last !== null, 'en'),
    }
    for (const staffId of await riskStaff(tx)) {
      await services.tell(tx, staffId, (language) => cards[language])
    }
  })
  services.wake()
}

async function askCard(year: number, again: boolean, language: Language): Promise<Card> {
  const say = speaker(language)
  const head = again
    ? say(
        `提醒：${year} 年退出名单还没有收到。`,
        `A reminder: the exit list of ${year} is not here yet.`,
      )
    : say(`请提供 ${year} 年退出名单。`, `Please give the list of clients to exit in ${year}.`)
  const text = `${head}${say(
    '填好附件发回即可；没有要退出的客户就发"退出名单 无"。',
    ' Fill in the workbook and send it back, or say "exit list none" when there is nobody.',
  )}`
  return { blocks: [{ kind: 'text', text }, await template('exit', language)] }
}
