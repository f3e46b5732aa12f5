import { type Day, day } from '../../core/calendar/time.ts'
import { addPast, demoBankOf } from '../../demo/open-bank.ts'
import type { Database } from '../../infra/database/index.ts'
import { Fault } from '../fault.ts'
import { demoSince } from '../open.ts'
import { type Filling, takeIn } from './doors.ts'
import { decideTiers, listMarked, proposeMoves } from './moves.ts'

/** What the demo bank grows from unless told otherwise: it is the same at every birth. */
const SHIPPED = { seed: 20261123, clients: 4000 }
/** Tables whose statistics are old once what no door takes is added. */
const FILLED = [
  ...['act', 'need', 'task', 'client_facts', 'client_tier', 'tier_change', 'campaign_response'],
  ...['referral_link', 'referral_entry', 'referral_click'],
]
/** In the settings while it is being made. */
const UNFINISHED = 'demo-unfinished'

/**
 * Makes the demo bank where there is none, or goes on where a process left it unfinished; resolves to the day that
 * it was begun. Never on real rows.
 */
export async function ensureDemoBank(app: Filling, of = SHIPPED): Promise<string> {
  const { database, moment, bank } = app.services
  const today = await begin(database, moment().today)
  const unfinished = { where: { key: UNFINISHED } }
  if (!(await database.prisma.setting.findUnique(unfinished))) return today
  const made = demoBankOf({ ...of, today })
  await takeIn(app, made, today)
  await database.transaction(async (tx) => {
    const { now } = moment()
    await addPast(tx, made, { today, now })
    const marked = made.clients.filter(({ row }) => row['negative_list'])
    await listMarked(tx, marked, bank.keyedHash, now)
    await decideTiers(tx, made.clients, today)
    await proposeMoves(tx, made.clients, { today, now })
    await tx.setting.delete(unfinished)
    await tx.$executeRawUnsafe(`analyze ${FILLED.join(', ')}`)
  })
  return today
}

/** Resolves to the day on which the bank was begun, which is today where it was not. */
const begin = (database: Database, today: Day): Promise<Day> =>
  database.transaction(async (tx) => {
    const known = await demoSince(tx)
    if (known) return day(known)
    if ((await tx.staff.count()) > 0) {
      throw new Fault(
        '这个数据库里已有真实数据，演示数据不会写进去；请换一个 DATA_DIR 或 DATABASE_URL。',
        'This database holds a real bank; the demo will not write into it. Set another DATA_DIR or DATABASE_URL.',
      )
    }
    await tx.setting.create({ data: { key: 'demo', value: today } })
    await tx.setting.create({ data: { key: UNFINISHED, value: true } })
    return today
  })
