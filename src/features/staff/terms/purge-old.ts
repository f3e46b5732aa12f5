import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { addDays } from '../../../core/calendar/time.ts'
import {
  beginning,
  purgeAudit,
  purgeLists,
  purgeMessages,
  purgeReceived,
  purgeRequests,
  purgeSessions,
  purgeSnapshots,
} from './store.ts'

/** Each night, after the day before was sealed: what is older than its term goes. */
export const purgeOld: Job = {
  name: 'purge-old',
  at: () => '03:52',
  catchUpHours: 20,
  async run(services, at) {
    services.log.info(await purge(services, at), 'purged what was older than its term')
  },
}

/** A book that was imported can be taken back for a month, everything else for minutes. */
const SNAPSHOT_DAYS = 90

/** Resolves to how many rows went, by table. */
export async function purge({ database, terms }: Services, { today, timezone }: Moment) {
  const before = (days: number) => beginning(addDays(today, -days), timezone)
  return {
    received: await purgeReceived(database, before(terms.chat)),
    messages: await purgeMessages(database, before(terms.chat)),
    snapshots: await purgeSnapshots(database, before(SNAPSHOT_DAYS)),
    sessions: await purgeSessions(database, before(terms.sessions)),
    lists: await purgeLists(database, addDays(today, -terms.lists)),
    requests: await purgeRequests(database, before(terms.audit)),
    acts: await purgeAudit(database, addDays(today, -terms.audit), timezone),
  }
}
