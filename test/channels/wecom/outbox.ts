import { expect } from 'vitest'
import type { App } from '../../../src/app.ts'
import type { Block } from '../../../src/core/card.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { until } from '../../support/until.ts'

/** The outbox of a service whose clock stands, as a test fills, hastens and looks into it. */
export function outboxOf(database: Database, app: App, code: string) {
  const { prisma } = database
  const count = (state: string) => prisma.message.count({ where: { state } })
  return {
    /** Nothing was sent or pushed yet. */
    async clear() {
      await app.delivery.settled()
      await prisma.$executeRaw`delete from message`
      await prisma.$executeRaw`update task_list set pushed_at = null`
    },
    async tell(...blocks: Block[]) {
      const { id } = await prisma.staff.findUniqueOrThrow({ where: { code } })
      await database.transaction((tx) => app.services.tell(tx, id, () => ({ blocks })))
      app.services.wake()
    },
    /** Makes due what waits, until so many are sent. */
    sent: (wanted: number) =>
      until(async () => {
        await prisma.$executeRaw`update message set not_before = 'epoch' where state <> 'sending'`
        await app.delivery.settled()
        expect(await count('sent')).toBe(wanted)
      }),
    /** Waits for the one message that is in this state. */
    waiting: (state: string) => until(async () => expect(await count(state)).toBe(1)),
  }
}
