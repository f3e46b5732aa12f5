import type { Services } from '../../bot/services.ts'
import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { type Text, text } from '../../core/text.ts'
import { facilitiesChanged } from '../facilities/changed.ts'
import { askAboutUnknown } from './merge/ask-unknown.ts'
import { inLanes } from './merge/lanes.ts'
import { mergePart, PASSES } from './merge/merge-part.ts'
import { endUnnamed, type Part, unnamed } from './merge/store.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { type Feed, FeedFault, judge, MOST_ENDED, type Mode, mayEnd } from './rules.ts'
import { type GivenFeed, MOST_FAULTS, type Staged, stageFeed } from './stage-feed.ts'
import {
  clearOldRows,
  clearRows,
  type FeedReport,
  keepLoad,
  lastLoad,
  type RowFault,
} from './store.ts'
import { setEarlierAside, setEarlierFactsAside } from './twice/store.ts'

/** Rows merged in one transaction. */
const PART = 5000
/** Tables whose statistics are old once a feed is loaded. */
const FILLED: Readonly<Record<Feed, readonly string[]>> = {
  facts: ['client_facts', 'client_tier'],
  facilities: ['facility', 'client_facts', 'client', 'client_tier'],
  clients: ['client', 'client_phone', 'client_tier'],
}
/** How many parts are merged side by side: each is work of one of the server's processors. */
const LANES = 2

/**
 * Reads a file of the core system, of any size in constant memory, and merges it: staged, matched to
 * clients, and then in parts of which each is whole. Resolves to what came of it; null: the same file was
 * loaded before. Throws `FeedFault` for one that cannot be used, of which nothing is merged, and `FeedBusy`
 * while another one is loaded.
 */
export const loadFeed = (services: Services, given: GivenFeed): Promise<FeedReport | null> =>
  oneAtATime(services.database.prisma, (stillAlone) => load(services, given, stillAlone))

async function load(
  services: Services,
  given: GivenFeed,
  stillAlone: () => Promise<void>,
): Promise<FeedReport | null> {
  const { database } = services
  const loadId = newId()
  const at = services.moment()
  const lap = stopwatch()
  await clearOldRows(database, loadId)
  try {
    const staged = await stageFeed(services, given, loadId)
    const { day, mode } = settled(given, staged)
    const last = await lastLoad(database.prisma, given.feed)
    const { sha256, rows } = staged
    const stated = staged.said.rows ?? staged.ended?.rows ?? null
    if (judge(given.feed, { day, sha256, rows, said: stated }, last, at.today) === 'repeat')
      return null
    const secondsStaged = lap()
    await database.prisma.$executeRawUnsafe('analyze feed_row')
    const merged = await merge(services, given.feed, loadId, staged, day)
    await stillAlone()
    const whole = mode === 'full' && (stated !== null || staged.ended !== null)
    const ends =
      given.feed === 'facilities' && whole ? await end(services, given, { day, loadId }) : NO_END
    await database.prisma.$executeRawUnsafe(`analyze ${FILLED[given.feed].join(', ')}`)
    const report: FeedReport = {
      ...{ feed: given.feed, day, mode, rows, ...ends },
      ...{ entered: merged.entered, changed: merged.changed, unmatched: merged.unmatched },
      rejected: staged.rejected + merged.rejected,
      faults: [...staged.faults, ...merged.faults].slice(0, MOST_FAULTS),
      seconds: { staged: secondsStaged, merged: lap() },
    }
    await keepLoad(database.prisma, report, sha256, at.now)
    services.wake()
    return report
  } finally {
    await clearRows(database, loadId)
  }
}

/** Seconds since it was asked last, to a tenth. */
function stopwatch(): () => number {
  let since = performance.now()
  return () => {
    const before = since
    since = performance.now()
    return Math.round((since - before) / 100) / 10
  }
}

const NO_END = { ended: 0, waiting: 0, unknown: 0 }

function settled({ feed }: GivenFeed, staged: Staged): { day: Day; mode: Mode } {
  const { day, mode } = staged.said
  if (day && mode) return { day, mode }
  throw day
    ? new FeedFault(
        `${feed} 没有写明是全量还是增量。请用 --full 或 --changes，或写在第一行（# 全量）或文件名里。`,
        `${feed} does not say whether it is full or changes: use --full or --changes, the first line (# full) or the file name.`,
      )
    : new FeedFault(
        `${feed} 没有写明业务日期。请用 --day 2026-11-27，或写在第一行（# 2026-11-27）或文件名里。`,
        `${feed} does not say its business day: use --day 2026-11-27, the first line (# 2026-11-27) or the file name.`,
      )
}

/** Merges what is staged, part by part. */
async function merge(
  services: Services,
  feed: Feed,
  loadId: string,
  { lastLine, fields, keyKinds }: Staged,
  day: Day,
): Promise<Pick<FeedReport, 'entered' | 'changed' | 'unmatched' | 'rejected' | 'faults'>> {
  const { database } = services
  const wholeBook = database.wholeBook
  let [entered, changed, unmatched, rejected] = [0, 0, 0, 0]
  const faults: RowFault[] = []
  const setAside = (lines: readonly number[], because: Text) => {
    rejected += lines.length
    faults.push(...lines.slice(0, MOST_FAULTS).map((line) => ({ line, because })))
  }
  if (feed === 'facts') {
    setAside(await setEarlierFactsAside(wholeBook, loadId, keyKinds), CLIENT_AGAIN)
  }
  if (feed === 'facilities') {
    setAside(await setEarlierAside(wholeBook, loadId, 'account'), ACCOUNT_AGAIN)
  }
  // Parts of different clients do not wait for each other.
  const apart = feed === 'facts' && database.kind === 'postgres'
  for (const pass of PASSES[feed]) {
    if (pass === 'columns') {
      // Newcomers are known by now, whichever of their numbers a row has.
      setAside(await setEarlierAside(wholeBook, loadId, 'client_id'), CLIENT_AGAIN)
    }
    await inLanes(apart ? LANES : 1, partsOf(loadId, lastLine), async (part) => {
      const merged = await database.transaction((tx) =>
        mergePart(tx, services, pass, part, { day, fields }),
      )
      entered += merged.entered
      changed += merged.changed
      unmatched += merged.unmatched.length
      rejected += merged.refused.length
      const nobody = merged.unmatched.map((line) => ({ line, because: NOBODY }))
      faults.push(...[...nobody, ...merged.refused].slice(0, MOST_FAULTS))
    })
  }
  const inOrder = faults.toSorted((a, b) => a.line - b.line)
  return { entered, changed, unmatched, rejected, faults: inOrder }
}

function* partsOf(loadId: string, lastLine: number): Generator<Part> {
  for (let after = 0; after < lastLine; after += PART) yield { loadId, after, last: after + PART }
}

const CLIENT_AGAIN = text(
  '后面还有同一位客户的一行，采用了后面那行',
  'a later row is about the same client and was taken instead',
)
const ACCOUNT_AGAIN = text(
  '后面还有同一账号的一行，采用了后面那行',
  'a later row is about the same account and was taken instead',
)
const NOBODY = text('没有这位客户', 'no such client')

/** Ends what a full feed did not name, where that is no more than may end; asks about what leads confirmed. */
async function end(
  services: Services,
  { yes, share }: GivenFeed,
  { day, loadId }: { readonly day: Day; readonly loadId: string },
): Promise<Pick<FeedReport, 'ended' | 'waiting' | 'unknown'>> {
  const { database, bank } = services
  const at = services.moment()
  const { ending, open, unknown } = await unnamed(database.prisma, day, loadId)
  await database.transaction((tx) => askAboutUnknown(tx, day, at.now))
  if (!yes && !mayEnd(ending, open, share ?? MOST_ENDED)) {
    return { ended: 0, waiting: ending, unknown }
  }
  let ended = 0
  for (let more = ending > 0; more; ) {
    more = await database.transaction(async (tx) => {
      const some = await endUnnamed(tx, { day, loadId, now: at.now, most: PART })
      await facilitiesChanged(tx, some.clientIds, { staffId: null, actId: null, at, bank })
      ended += some.ended
      return some.ended > 0
    })
  }
  return { ended, waiting: 0, unknown }
}
