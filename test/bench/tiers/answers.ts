import { addDays, day } from '../../../src/core/calendar/time.ts'
import { newId } from '../../../src/core/ids.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import type { Bank } from '../../support/bank.ts'
import { readTier } from '../bare.ts'
import { type Row, row } from '../row.ts'
import { inTurn, p99 } from '../timing.ts'
import { changeFacts, idOf, MANAGERS, nameOf } from './book.ts'

/** 30 and 100 ms (measured: 15 and 41) by the bare queries' p99 of 2.5 and 6 ms on a calm machine. */
const LIMIT = { quiet: 12, busy: 16 }

/** "分层 name" through the pipe, alone and while nights run one after the other. */
export async function answers(bank: Bank, clients: number, count: number): Promise<Row[]> {
  const quiet = await asked(bank, clients, count)
  let running = true
  const night = async () => {
    let today = day('2027-06-01')
    for (let turn = 50; running; turn++) {
      today = addDays(today, 1)
      await changeFacts(bank.database, turn)
      await retierAll(bank.database, today)
    }
  }
  const nightly = night()
  const busy = await asked(bank, clients, count)
  running = false
  await nightly
  const against = (what: string, times: typeof quiet, limit: number) =>
    row(what, [p99(times.ours), 'ms'], ['its bare queries', p99(times.bare)], limit)
  return [
    against('p99 of a tier by name through the pipe', quiet, LIMIT.quiet),
    against('… while the book is re-tiered', busy, LIMIT.busy),
  ]
}

/** So many answers, in turn with the bare queries for the same clients. */
function asked(bank: Bank, clients: number, count: number) {
  const clientOf = (turn: number) => ((turn * 7907) % clients) + 1
  return inTurn(count, {
    async ours(turn) {
      const n = clientOf(turn)
      const { answered } = await bank.app.inbox({
        id: newId(),
        channel: 'console',
        conversation: `console:Q${(n % MANAGERS) + 1}`,
        sender: `Q${(n % MANAGERS) + 1}`,
        shared: false,
        says: { kind: 'text', text: `分层 ${nameOf(n)}` },
      })
      await answered
    },
    bare: (turn) => readTier(bank.database, idOf(clientOf(turn))),
  })
}
