import { answerUntil } from '../../bot/outbox/enqueue.ts'
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
    const now = new Date()
    const again = {
      state: 'queued',
      attempts: 0,
      notBefore: now,
      // Whoever asks for it now finds it worth sending.
      staleAt: answerUntil(now),
      error: null,
    }
    const data = act === 'redrive' ? again : { state: 'dropped' }
    const { count } = await database.prisma.message.updateMany({ where, data })
    console.log(`${count} 条 messages: ${act}`)
  } finally {
    await database.close()
  }
}
