import type { Job } from '../../../bot/feature.ts'
import { dayEnd, isWorkedAnywhere, type Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue, type OutgoingMessage } from '../../../bot/outbox/enqueue.ts'
import type { Services } from '../../../bot/services.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { numbered } from '../rules.ts'
import { linesOf, type TaskLine } from './line-store.ts'
import { reminderCard } from './reminder-cards.ts'
import { listsOf, saveList } from './store.ts'

/** People reminded in one transaction. */
const BATCH = 200

/** On workdays in the afternoon, those whose list still has lines to log, once. */
export const remindAfternoon: Job = {
  name: 'remind-afternoon',
  at: () => '16:18',
  catchUpHours: 1,
  async run(services, at) {
    services.log.info({ reminded: await remindOpen(services, at) }, 'afternoon reminders')
  },
}

/** Resolves to how many were new. */
export async function remindOpen(services: Services, at: Moment): Promise<number> {
  if (!isWorkedAnywhere(at)) return 0
  let reminded = 0
  for (let after = ''; ; ) {
    const listed = await services.database.prisma.$queryRaw<
      { id: string; items: string[]; path: string }[]
    >`
      select staff.id, items, unit.path from task_list join staff on staff.id = staff_id
      join unit on unit.id = staff.unit_id
      where day = ${at.today}::date and active and staff.id::text > ${after}
        and (muted_until is null or muted_until < ${at.today}::date)
        and not exists (select from absence where absence.staff_id = staff.id
          and cancelled_at is null and ${at.today}::date between from_day and until_day)
      order by staff.id::text limit ${BATCH}`
    const last = listed.at(-1)
    if (!last) break
    after = last.id
    const working = listed.filter(({ path }) => at.workdays.of(path).isWorkday(at.today))
    reminded += await services.database.transaction((tx) => remind(tx, working, services, at))
  }
  services.wake()
  return reminded
}

async function remind(
  tx: Queries,
  listed: readonly { readonly id: string; readonly items: readonly string[] }[],
  services: Services,
  at: Moment,
): Promise<number> {
  const ids = listed.map(({ id }) => id)
  const due = (await listsOf(tx, ids, at.today, at.today)).flatMap(({ readerId, ids: tasks }) =>
    tasks.map((id) => ({ id, readerId })),
  )
  const lines = Map.groupBy(await linesOf(tx, due), (line) => line.readerId)
  const addresses = await addressesOf(tx, [...lines.keys()])
  const known = new Map(listed.map(({ id, items }) => [id, items]))
  const lists: Parameters<typeof saveList>[1][] = []
  const letters: OutgoingMessage[] = []
  for (const to of addresses) {
    const open: readonly TaskLine[] = lines.get(to.staffId) ?? []
    const numbers = numbered(
      known.get(to.staffId) ?? [],
      open.map(({ id }) => id),
    )
    lists.push({ staffId: to.staffId, day: at.today, items: numbers })
    const wait = spread(to.staffId) * services.morning.spreadSeconds * 1000
    letters.push({
      channel: to.channel,
      conversation: to.conversation,
      card: reminderCard(open, numbers, to.language),
      onceKey: `afternoon:${at.today}:${to.staffId}`,
      replaces: null,
      notBefore: new Date(at.now.getTime() + wait),
      staleAt: dayEnd(at),
    })
  }
  await Promise.all(lists.map((list) => saveList(tx, list)))
  return enqueue(tx, letters, at.now)
}

/** A person's place in the spread, 0…1: the same each day, and even over many people. */
export const spread = (staffId: string): number => Number.parseInt(staffId.slice(-6), 16) / 0xffffff
