import { expect } from 'vitest'
import { tell } from '../../../src/bot/outbox/enqueue.ts'
import { installCatalogue } from '../../../src/features/catalogue/store.ts'
import { CHANNELS } from '../../../src/features/people/post/store.ts'
import {
  applyPlan,
  type Plan,
  planOf,
  sheetsSource,
} from '../../../src/features/roster/open-roster.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { type Bank, bankOn } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { sheetsOf } from './sheets.ts'

type Sheets = Readonly<Record<string, string>>

/** An empty bank to be opened by workbooks. */
export interface RosterBank {
  readonly bank: Bank
  /** What sheets would do; nothing is done. */
  plan(sheets: Sheets): Promise<Plan>
  /** Does it; they have no fault. */
  open(sheets: Sheets): Promise<Plan>
  /** Everybody speaks from the console too. */
  enrolAll(): Promise<unknown>
  /** Everybody in a line each: code, name, role, place, phone, mail, `left`. */
  people(): Promise<string[]>
}

export async function openRosterBank(kind: Database['kind']): Promise<RosterBank> {
  const bank = await bankOn(await openTestDatabase(kind), null)
  const at = bank.app.services.moment()
  await bank.database.transaction(async (tx) => void (await installCatalogue(tx)))
  return {
    bank,
    plan: (sheets) =>
      bank.database.transaction((tx) => planOf(tx, sheetsSource(sheetsOf(sheets)), at.now)),
    open: (sheets) =>
      bank.database.transaction(async (tx) => {
        const plan = await planOf(tx, sheetsSource(sheetsOf(sheets)), at.now)
        expect(plan.faults.map(({ why }) => why.zh)).toEqual([])
        await applyPlan(tx, plan, {
          at,
          reaches: CHANNELS.map((each) => ({ ...each, reachable: false })),
          tell: async (staffId, compose) => void (await tell(tx, staffId, compose, at.now)),
        })
        return plan
      }),
    enrolAll: () =>
      bank.rows(`insert into account (channel, external_id, staff_id, conversation, last_seen_at)
        select 'console', code, id, 'console:' || code, now() from staff returning 1`),
    async people() {
      const rows = await bank.rows<{ line: string }>(`
        select concat_ws(' ', staff.code, staff.name, role, unit.path, phone, email,
          case when active then null else 'left' end) as line
        from staff join unit on unit.id = unit_id order by staff.code`)
      return rows.map(({ line }) => line)
    },
  }
}
