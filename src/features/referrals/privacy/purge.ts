import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { addDays, addMonths } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { forgetCounts } from '../../../infra/limits/shared-counts.ts'
import { forgetKeys } from '../landing/guard/keyring.ts'
import { forgetRules } from '../points/store.ts'
import { RETENTION_YEARS } from '../rules.ts'
import { COMPLAINT_YEARS, POINTS_YEARS } from './rules.ts'
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
  async run(services, moment) {
    services.log.info(await purge(services, moment), 'referrals purged')
  },
}

export interface Purged {
  readonly keys: number
  readonly hashes: number
  readonly rejected: number
  readonly clicks: number
  /** People whose two years are over, or whose complaint was settled after they withdrew. */
  readonly people: number
}

export async function purge(
  { database, terms }: Services,
  { now, today }: Moment,
): Promise<Purged> {
  const { wholeBook: prisma } = database
  const since = addMonths(today, -12 * RETENTION_YEARS)
  const keys = await forgetKeys(database, today)
  await forgetCounts(prisma)
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
        select id from referral_click where clicked_at < ${addDays(today, -terms.clicks)}::date limit ${BATCH})`
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
        and (stage in ('applied', 'approved', 'signed', 'granted') or logged_on >= ${since}::date))`
  let people = 0
  for (const { id } of [...over, ...(await withdrawn(prisma))]) {
    if (await database.transaction((tx) => erase(tx, id, now))) people += 1
  }
  await prisma.$executeRaw`
    delete from complaint
    where client_id is null and registered_at < ${addMonths(today, -12 * COMPLAINT_YEARS)}::date`
  await forgetRules(prisma, addMonths(today, -12 * POINTS_YEARS))
  return { keys, hashes, rejected, clicks, people }
}

/** Who took their consent back while a complaint kept the file, and did not come again since. */
const withdrawn = (tx: Queries): Promise<{ id: string }[]> => tx.$queryRaw<{ id: string }[]>`
  select client.id from client
  where kind = 'prospect' and source = 'referral'
    and exists (select from referral_entry as gone
      where gone.client_id = client.id and gone.status = 'withdrawn'
        and not exists (select from referral_entry as later where later.client_id = client.id
          and later.status <> 'withdrawn' and later.entered_at > gone.withdrawn_at))
    and not exists (select from complaint
      where client_id = client.id and complaint.status = 'open')
    and not exists (select from outcome where client_id = client.id and undone_at is null
      and outcome.stage in ('applied', 'approved', 'signed', 'granted'))`
