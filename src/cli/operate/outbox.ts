import { drop, redrive } from '../../bot/outbox/dead-letters.ts'
import type { Config } from '../../config.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

export const OUTBOX_ACTS = ['list', 'redrive', 'drop'] as const

/** Messages that failed for good: lists them, sends them again, or gives them up. */
export async function outbox(config: Config, act: string, which: string | null): Promise<void> {
  if (!OUTBOX_ACTS.some((each) => each === act)) {
    throw new Fault(
      `没有 outbox ${act}；有：list、redrive、drop。`,
      `outbox knows: ${OUTBOX_ACTS.join(', ')}.`,
    )
  }
  const database = await openForScripts(config)
  try {
    const where = { state: 'failed', ...(which && which !== 'all' && { id: which }) }
    if (act === 'list') {
      const failed = await database.prisma.message.findMany({ where, orderBy: { id: 'asc' } })
      for (const { id, channel, conversation, createdAt, attempts, error } of failed) {
        console.log(JSON.stringify({ id, channel, conversation, createdAt, attempts, error }))
      }
      return
    }
    if (!which) {
      throw new Fault(
        `请写消息编号，或 all：outbox ${act} all。`,
        `Say which: outbox ${act} <id> or all.`,
      )
    }
    const ids = which === 'all' ? null : [which]
    const { prisma } = database
    const count = act === 'drop' ? await drop(prisma, ids) : await redrive(prisma, ids, new Date())
    console.log(`${count} 条 messages: ${act}`)
  } finally {
    await database.close()
  }
}
