import { type InBatch, start } from '../../../src/features/campaigns/run/broadcast.ts'
import { campaignNamed } from '../../../src/features/campaigns/store.ts'
import type { Bank } from '../../support/bank.ts'
import { insertAgain, readClients } from '../bare.ts'
import { megabytesKept } from '../memory.ts'
import { type Row, row } from '../row.ts'

/** 30 s (measured: 13) by the 8.5 s of its bare statements on a calm machine. */
const LIMIT = 3.5
/** Memory is flat when what is kept grows no more than this from the first half to the second. */
const FLAT = 1.05
/** The same of what the process occupies, garbage that waits included. */
const FLAT_PEAK = 1.2
/** For our process on a machine of any size. */
const PEAK_MEGABYTES = 400
/** Batches between two looks at what is kept. */
const LOOK_EVERY = 5

/** The broadcast to all managers, with clients chosen for each. */
export async function broadcastRows({ services }: Bank['app'], managers: number): Promise<Row[]> {
  const campaign = await services.database.transaction((tx) => campaignNamed(tx, '全行活动'))
  if (!campaign) throw new Error('the campaign was not saved')
  const kept: number[] = []
  const occupied: number[] = []
  const watch = setInterval(() => occupied.push(process.memoryUsage.rss() / 2 ** 20), 20)
  let batches = 0
  const inBatch: InBatch = async (work) => {
    const done = await services.database.transaction(work)
    if (batches++ % LOOK_EVERY === 0) kept.push(await megabytesKept())
    return done
  }
  const began = performance.now()
  const queued = await start(inBatch, campaign, services.moment())
  const ms = performance.now() - began
  clearInterval(watch)
  const middle = Math.floor(occupied.length / 2)
  const before = Math.max(...occupied.slice(0, middle))
  const after = Math.max(...occupied.slice(middle))
  const half = Math.ceil(kept.length / 2)
  const early = Math.max(...kept.slice(0, half))
  const late = Math.max(...kept.slice(half))
  if (queued < managers) throw new Error(`only ${queued} of ${managers} were queued`)
  return [
    row(
      `broadcast to ${queued} managers, composed and queued`,
      [ms, 'ms'],
      [
        'its bare statements',
        (await readClients(services.database)) + (await insertAgain(services.database)),
      ],
      LIMIT,
    ),
    row('memory kept in the second half of it', [late, 'MB'], ['in the first half', early], FLAT),
    row('peak in the second half of it', [after, 'MB'], ['in the first half', before], FLAT_PEAK),
    row(
      'peak of the whole process meanwhile',
      [Math.max(...occupied), 'MB'],
      ['limit', PEAK_MEGABYTES],
      1,
    ),
  ]
}
