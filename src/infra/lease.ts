import { randomUUID } from 'node:crypto'
import type { Queries } from './database/index.ts'

/** The right to do something that only one instance may do at a time. */
export interface Lease {
  /** Takes or renews it for this instance; false while another one holds it. */
  hold(): Promise<boolean>
  /** Gives it up, so that another instance need not wait. */
  release(): Promise<void>
}

/** Without renewal it lapses after this. */
const LEASE_SECONDS = 15

/** Counts by the database's own clock, which all instances share. */
export function createLease(prisma: Queries, name: string): Lease {
  const holder = randomUUID()
  return {
    async hold() {
      const held = await prisma.$executeRaw`
        insert into lease (name, holder, until)
        values (${name}, ${holder}, now() + ${LEASE_SECONDS} * interval '1 second')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where lease.holder = excluded.holder or lease.until < now()`
      return held > 0
    },
    async release() {
      await prisma.$executeRaw`delete from lease where name = ${name} and holder = ${holder}`
    },
  }
}

/** Whether an instance holds it now. */
export async function isHeld(prisma: Queries, name: string): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ held: boolean }[]>`
    select until > now() as held from lease where name = ${name}`
  return row?.held ?? false
}
