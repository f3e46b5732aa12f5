import type { App } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'
import {
  type NewList,
  type SharingOut,
  shareOut,
} from '../../../src/features/lists/share-out/store.ts'
import { runNight } from '../../../src/features/tasks/care/run-night.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import { timed } from '../timing.ts'

/** Of one manager. */
export const CLIENTS_EACH = 100

/** What goes over every client of the bank. */
export const BOOK_WORK = ['tasks of the night', 'tiers of the night', 'a list shared out'] as const
export type BookWork = (typeof BOOK_WORK)[number]

/** Each once, by the clock of the app; resolves to milliseconds. */
export async function workTheBook(app: App): Promise<Record<BookWork, number>> {
  const { services } = app
  await keepUp(app)
  await changeFacts(app)
  await services.database.wholeBook.$executeRawUnsafe('vacuum analyze')
  return {
    'tiers of the night': await timed(() => retierAll(services.database, services.moment().today)),
    'tasks of the night': await timed(() => runNight.run(services, services.moment())),
    'a list shared out': await timed(() => shareList(app)),
  }
}

/** Nobody is late: what is overdue is reported further up each day, which is a matter of days and not of size. */
async function keepUp({ services }: App): Promise<void> {
  const { today } = services.moment()
  await services.database.wholeBook.$executeRaw`
    update task set due_on = ${today}::date where status = 'open' and due_on < ${today}::date`
}

/** Of one client in a hundred, as they do over a day. */
async function changeFacts({ services }: App): Promise<void> {
  const turn = services.moment().now.getDate()
  await services.database.wholeBook.$executeRaw`
    update client_facts set usage_rate = 1 - usage_rate, credit_limit = credit_limit + 10000
    where abs(hashtext(client_id::text)) % 100 = ${turn}::int`
}

class TakenBack extends Error {}

/** Every client of tier B goes to who serves them, today; taken back afterwards. */
async function shareList({ services: { database, moment } }: App): Promise<void> {
  const { now, today, timezone } = moment()
  const staff = await database.prisma.staff.findMany({ where: { code: { startsWith: 'Q' } } })
  const [maker] = staff
  if (!maker) throw new Error('nobody works there')
  const list: NewList = {
    ...{ id: newId(), name: newId(), madeBy: maker.id, within: '/', product: null },
    ...{ talkingPoints: '问候', startsOn: today, endsOn: today, madeAt: now, actId: newId() },
  }
  const out: SharingOut = {
    choosing: { filter: [{ by: 'tier', among: ['B'] }] },
    ...{ scope: { kind: 'all' }, way: 'owner', days: [today], perDay: CLIENTS_EACH },
    ...{ about: { today, timezone, missing: null }, receivers: staff.map(({ id }) => id) },
  }
  await database
    .transaction(async (tx) => {
      await shareOut(tx, list, out)
      throw new TakenBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
    })
}
