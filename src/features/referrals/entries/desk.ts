import type { Services } from '../../../bot/services.ts'
import { newId } from '../../../core/ids.ts'
import { batch } from '../../../infra/batch.ts'
import { wantCodes } from '../contact-codes/store.ts'
import { linksById } from '../store.ts'
import { look } from './look.ts'
import type { NewEntry } from './rules.ts'
import { holdForFault, insertEntries, takeNew } from './store.ts'

/** Where forms are handed in: written down at once, looked at right afterwards. */
export interface Desk {
  /** Resolves when the form is safe; the same receipt again changes nothing. */
  take(entry: NewEntry): Promise<void>
  /** Resolves when everything handed in so far has been looked at. */
  settled(): Promise<void>
}

/** Entries looked at in one transaction. */
const BATCH = 20
/** How soon what a fault left is looked at again. */
const AGAIN_MS = 30_000

const desks = new WeakMap<Services, Desk>()

/** The house's one desk. */
export function deskOf(services: Services): Desk {
  const desk = desks.get(services) ?? openDesk(services)
  desks.set(services, desk)
  return desk
}

function openDesk(services: Services): Desk {
  const { database, log, contactWays } = services
  let looking: Promise<void> | null = null
  let more = false

  const insert = batch(
    async (entries: readonly NewEntry[]) => {
      const { now } = services.moment()
      await insertEntries(
        database.prisma,
        entries.map((entry) => ({ id: newId(), ...entry })),
        now,
      )
      return entries.map(() => undefined)
    },
    { waitMs: 2, size: 200, concurrency: 2 },
  )

  async function lookAtAll(): Promise<void> {
    do {
      more = false
      while ((await lookAt(BATCH)) > 0) more = false
    } while (more)
  }

  async function lookAt(most: number): Promise<number> {
    try {
      return await database.transaction(async (tx) => {
        const entries = await takeNew(tx, most)
        const links = await linksById(tx, [...new Set(entries.map(({ linkId }) => linkId))])
        for (const entry of entries) {
          const link = links.get(entry.linkId)
          if (link) await look(tx, services, entry, link)
          else await holdForFault(tx, entry.id)
        }
        if (contactWays) await wantCodes(tx, [...links.keys()], services.moment().now)
        return entries.length
      })
    } catch (error) {
      if (most > 1) return lookAt(1)
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'entry not looked at')
      const [first] = await database.prisma.$queryRaw<{ id: string }[]>`
        select id from referral_entry where status = 'new' order by id limit 1`
      if (first) await holdForFault(database.prisma, first.id)
      return 1
    } finally {
      services.wake()
      if (contactWays) services.wakeWork()
    }
  }

  function wake(): void {
    more = true
    looking ??= lookAtAll()
      .catch(() => {
        log.error({}, 'desk')
        setTimeout(wake, AGAIN_MS).unref()
      })
      .finally(() => {
        looking = null
        if (more) wake()
      })
  }

  return {
    async take(entry) {
      await insert(entry)
      wake()
    },
    async settled() {
      wake()
      while (looking) await looking
    },
  }
}
