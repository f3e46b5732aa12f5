import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'
import { approversOf, headsAbove } from './approvers-store.ts'
import { escalatedCard, movedCard, waitingCard } from './message-cards.ts'
import { tellOwners } from './result.ts'
import { APPROVER_ROLES, type Due, PATIENCE } from './rules.ts'
import {
  type Carried,
  carryPending,
  countPending,
  escalatedMoves,
  pendingOfOwn,
  takeUntold,
} from './store.ts'

/** Moves that a head is told of by name. */
const MOST_NAMED = 5

/**
 * On workdays, one card to each approver: what is new, what they are reminded of, and what has gone
 * to the head above them; nothing when nothing is due. Once a day at most for each stage of a move.
 */
export const carryMoves: Job = {
  name: 'carry-moves',
  at: () => '08:41',
  catchUpHours: 6,
  run: carry,
}

/** The same after lunch, for what the morning brought. */
export const carryMovesLater: Job = { ...carryMoves, name: 'carry-moves-later', at: () => '14:11' }

export async function carry(services: Services, at: Moment): Promise<void> {
  if (!at.workdays.isWorkday(at.today)) return
  for (const role of APPROVER_ROLES) {
    await services.database.transaction(async (tx) => {
      const carried = await carryPending(
        tx,
        role,
        workdaysBack(at.today, PATIENCE.remind, at.workdays),
        workdaysBack(at.today, PATIENCE.escalate, at.workdays),
      )
      if (carried.length === 0) return
      const total = await countPending(tx, role)
      const overdue = carried.some(({ stage }) => stage === 'overdue')
      const heads = overdue ? await headsAbove(tx, role) : []
      const approvers = await approversOf(tx, role)
      for (const { id } of approvers) {
        const due = dueFor(id, carried)
        if (due.fresh + due.late + due.overdue === 0) continue
        const left = total - (await pendingOfOwn(tx, role, id)).length
        await services.tell(tx, id, (language) =>
          waitingCard(due, left, heads.length > 0, language),
        )
      }
      if (heads.length === 0) return
      const up = { role, ...(await escalatedMoves(tx, role, MOST_NAMED)) }
      const names = approvers.map(({ name }) => name)
      for (const id of heads) {
        await services.tell(tx, id, (language) => escalatedCard(up, names, language))
      }
    })
  }
  services.wake()
}

/** What an approver is told of: not what they brought about themselves, which others decide. */
function dueFor(staffId: string, carried: readonly Carried[]): Due {
  const due = { fresh: 0, late: 0, overdue: 0 }
  for (const { stage, makers } of carried) {
    if (!makers.some(({ id }) => id === staffId)) due[stage] += 1
  }
  return due
}

/** The last day that lies so many workdays before another. */
export function workdaysBack(today: Day, count: number, workdays: Workdays): Day {
  let day = today
  for (let left = count; left > 0; ) {
    day = addDays(day, -1)
    if (workdays.isWorkday(day)) left -= 1
  }
  return day
}

/** Before the morning lists: each manager hears whose tier changed by itself, in one message. */
export const tellMoves: Job = {
  name: 'tell-moves',
  at: () => '07:53',
  catchUpHours: 8,
  async run(services, at) {
    for (let taken = 1; taken > 0; ) {
      taken = await services.database.transaction(async (tx) => {
        const moves = await takeUntold(tx, at.timezone, MANAGERS)
        await tellOwners(tx, moves.news, movedCard, at.now)
        return moves.taken
      })
    }
    services.wake()
  },
}

/** Managers told in one transaction. */
const MANAGERS = 200
