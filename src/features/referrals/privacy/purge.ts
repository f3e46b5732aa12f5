import type { House, Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import { addDays, addMonths } from '../../../core/time.ts'
import { forgetKeys } from '../landing/keyring.ts'
import { RETENTION_YEARS } from '../rules.ts'
import { erase } from './store.ts'

/** Hashes of devices and networks are of use for two days, as long as there is a key to them. */
const HASH_DAYS = 2
/** What a rejected visitor wrote, so that a reviewer can look again. */
const REJECTED_DAYS = 30
/** Few enough that an embedded database does not keep its process waiting. */
const BATCH = 2000

/** Each night: deletes what was promised to be deleted, and the keys to what is no longer needed. */
export const purgeReferrals: Job = {
  name: 'purge-referrals',
  at: () => '03:41',
  catchUpHours: 20,
  async run(house, moment) {
    house.log.info(await purge(house, moment), 'referrals purged')
  },
}

export interface Purged {
  readonly keys: number
  readonly hashes: number
  readonly rejected: number
  readonly clicks: number
  /** People whose two years are over. */
  readonly people: number
}

export async function purge({ database }: House, { now, today }: Moment): Promise<Purged> {
  const { prisma } = database
  const since = addMonths(today, -12 * RETENTION_YEARS)
  const keys = await forgetKeys(database, today)
  const hashes = await prisma.$executeRaw`
    update referral_entry set device = null, network = null,
      phone = case when status in ('accepted', 'repeated') then null else phone end
    where (device is not null or network is not null)
      and entered_at < ${addDays(today, -HASH_DAYS)}::date`
  const rejected = await prisma.$executeRaw`
    update referral_entry set name = null, phone = null, business = null, need = null
    where status = 'rejected' and decided_at < ${addDays(today, -REJECTED_DAYS)}::date
      and num_nonnulls(name, phone, business, need) > 0`
  let clicks = 0
  for (let gone = BATCH; gone === BATCH; clicks += gone) {
    gone = await prisma.$executeRaw`
      delete from referral_click where id in (
        select id from referral_click where clicked_at < ${since}::date limit ${BATCH})`
  }
  await prisma.$executeRaw`
    update referral_entry set name = null, phone = null, business = null, need = null
    where entered_at < ${since}::date and num_nonnulls(name, phone, business, need) > 0`
  const over = await prisma.$queryRaw<{ id: string }[]>`
    select id from client
    where kind = 'prospect' and source = 'referral' and entered_at < ${since}::date
      and not exists (select from referral_entry
        where client_id = client.id and entered_at >= ${since}::date)
      and not exists (select from outcome where client_id = client.id and undone_at is null
        and (kind in ('applied', 'granted') or logged_on >= ${since}::date))`
  for (const { id } of over) await database.transaction((tx) => erase(tx, id, now))
  return { keys, hashes, rejected, clicks, people: over.length }
}
