import type { Queries } from '../database/index.ts'
import type { SharedCounts } from './rate-limits.ts'

/**
 * Counts in the database, by its clock. `seal` makes of a key what may stand there: whoever reads the table learns no
 * address and no phone from it. No span is left longer than one begun now: that clock may be set back, and
 * `until` is rounded to a millisecond, which may be upwards.
 */
export const createSharedCounts = (
  prisma: Queries,
  seal: (key: string) => Promise<string>,
): SharedCounts => ({
  async add(name, key, duration) {
    const [row] = await prisma.$queryRaw<{ points: number; left: number }[]>`
      insert into rate_count (name, key, points, until)
      values (${name}, ${await seal(key)}, 1, now() + ${duration}::int * interval '1 second')
      on conflict (name, key) do update set
        points = case when rate_count.until > now() then rate_count.points + 1 else 1 end,
        until = case when rate_count.until > now()
          then least(rate_count.until, excluded.until) else excluded.until end
      returning points, least(extract(epoch from until - now()), ${duration}::int)::float8 as left`
    return row ?? { points: 1, left: duration }
  },
})

/** What no span runs for any more; resolves to how many there were. */
export const forgetCounts = (prisma: Queries): Promise<number> =>
  prisma.$executeRaw`delete from rate_count where until <= now()`
