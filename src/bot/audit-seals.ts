import type { Day } from '../core/calendar/time.ts'
import { toDay } from '../infra/database/columns.ts'
import type { Queries } from '../infra/database/index.ts'

// Triggers keep whoever uses the service's connection from changing what stands on the audit trail. Whoever
// owns the database can drop a trigger, so every day that is over is sealed as well: with a hash of the seal
// before and of each of its acts. To change an act unseen, all seals since would have to be made anew, and the
// last of them is printed for the bank to keep elsewhere (npx chenhui verify-audit).

/** What a day of the trail is by its rows: the acts, and the hash that seals them behind the seal before. */
const sealOf = (tx: Queries, day: Day, timezone: string, before: Uint8Array | null) => tx.$queryRaw<
  { acts: number; hash: Uint8Array }[]
>`
  select count(*)::int as acts, sha256(coalesce(${before}::bytea, ''::bytea) ||
    convert_to(${day}::text, 'UTF8') || coalesce(string_agg(sha256(convert_to(concat_ws('|', id, staff_id,
      channel, command, result, undoable, coalesce(given_out, -1), extract(epoch from at),
      encode(input_hash, 'hex'), nullif(array_to_string(seen, ','), ''), room), 'UTF8')), ''::bytea order by id), ''::bytea)) as hash
  from act where at >= ${day}::date::timestamp at time zone ${timezone}
    and at < (${day}::date + 1)::timestamp at time zone ${timezone}`

/** Days behind the last seal and before `today` on which somebody did something, the earliest first. */
async function daysToSeal(tx: Queries, today: Day, timezone: string): Promise<Day[]> {
  const rows = await tx.$queryRaw<{ day: Date }[]>`
    select distinct (at at time zone ${timezone})::date as day from act
    where at < ${today}::date::timestamp at time zone ${timezone}
      and at >= coalesce((select (max(day) + 1)::timestamp at time zone ${timezone} from audit_seal),
        '-infinity')
    order by day`
  return rows.map(({ day }) => toDay(day))
}

/** Seals the days that are over; resolves to how many. */
export async function sealDays(
  tx: Queries,
  { now, today, timezone }: { readonly now: Date; readonly today: Day; readonly timezone: string },
): Promise<number> {
  // Two instances would seal one day behind one seal.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('audit_seal', 0))`
  const [last] = await tx.$queryRaw<{ hash: Uint8Array }[]>`
    select hash from audit_seal order by day desc limit 1`
  let before = last?.hash ?? null
  const days = await daysToSeal(tx, today, timezone)
  for (const day of days) {
    const [seal] = await sealOf(tx, day, timezone, before)
    if (!seal) continue
    await tx.$executeRaw`
      insert into audit_seal (day, acts, hash, sealed_at)
      values (${day}::date, ${seal.acts}, ${seal.hash}, ${now}::timestamptz)`
    before = seal.hash
  }
  return days.length
}

/** What is wrong with a day of the trail. */
export type Broken =
  /** An act was changed, or another put in the place of one that was taken out. */
  | { readonly day: Day; readonly kind: 'changed' }
  /** There are fewer or more acts than were sealed. */
  | { readonly day: Day; readonly kind: 'count'; readonly sealed: number; readonly found: number }
  /** What was said stands otherwise than it was, and was not erased. */
  | { readonly day: Day; readonly kind: 'input'; readonly acts: number }

export interface TrailReport {
  readonly days: number
  /** How many of them went when their term was over. */
  readonly purged: number
  /** Of the last day that is sealed; null: none is. */
  readonly last: { readonly day: Day; readonly hash: string } | null
  readonly broken: readonly Broken[]
  /** Acts of days that lie before the last seal and have none. */
  readonly unsealed: number
}

/** Holds every sealed day of the trail against its seal. */
export async function verifyTrail(tx: Queries, timezone: string): Promise<TrailReport> {
  const seals = await tx.$queryRaw<
    { day: Date; acts: number; hash: Uint8Array; purged: boolean }[]
  >`
    select day, acts, hash, audit_purge.day is not null as purged
    from audit_seal left join audit_purge using (day) order by day`
  const broken: Broken[] = []
  let before: Uint8Array | null = null
  for (const { day: date, acts, hash, purged } of seals) {
    const day = toDay(date)
    const [found] = await sealOf(tx, day, timezone, before)
    before = hash
    // What it sealed is gone; its hash holds the days behind it.
    if (purged && found?.acts === 0) continue
    if (found && found.acts !== acts) {
      broken.push({ day, kind: 'count', sealed: acts, found: found.acts })
    } else if (found && !Buffer.from(found.hash).equals(Buffer.from(hash))) {
      broken.push({ day, kind: 'changed' })
    }
  }
  for (const { day, acts } of await otherInputs(tx, timezone)) {
    broken.push({ day: toDay(day), kind: 'input', acts })
  }
  const last = seals.at(-1)
  return {
    days: seals.length,
    purged: seals.filter(({ purged }) => purged).length,
    last: last ? { day: toDay(last.day), hash: Buffer.from(last.hash).toString('hex') } : null,
    broken,
    unsealed: await unsealed(tx, timezone),
  }
}

/** Acts whose input is neither what was hashed nor erased, by day. */
const otherInputs = (tx: Queries, timezone: string) => tx.$queryRaw<{ day: Date; acts: number }[]>`
  select (at at time zone ${timezone})::date as day, count(*)::int as acts from act
  where input_hash is distinct from sha256(convert_to(input::text, 'UTF8'))
    and not erased
  group by day order by day`

async function unsealed(tx: Queries, timezone: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ acts: number }[]>`
    select count(*)::int as acts from act
    where at < (select (max(day) + 1)::timestamp at time zone ${timezone} from audit_seal)
      and not exists (select from audit_seal where day = (at at time zone ${timezone})::date)`
  return row?.acts ?? 0
}
