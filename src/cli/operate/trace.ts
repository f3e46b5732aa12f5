import { z } from 'zod'
import { traceOf } from '../../bot/operations/trace.ts'
import type { Config } from '../../config.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

const known = z.union([z.uuid(), z.string().regex(/^[0-9a-f]{8}$/)])

/** Prints what became of an event: when it came, what it was taken for, what was sent because of it. */
export async function trace(config: Config, which: string): Promise<void> {
  const asked = known.safeParse(which.trim().toLowerCase())
  if (!asked.success) {
    throw new Fault(
      `${which} 不是编号：请写日志里 received 或 message 后面的编号，或告诉用户的 8 位编号。`,
      `${which} is no reference: give what stands behind received or message in the log, or the 8 characters that people were told.`,
    )
  }
  const database = await openForScripts(config)
  try {
    const found = await traceOf(database.prisma, asked.data, new Date())
    if (!found) {
      throw new Fault(
        `没有 ${which}：可能已过保留期，8 位编号只查最近 30 天。`,
        `There is no ${which}: its term may be over, and 8 characters are looked up 30 days back.`,
      )
    }
    const { event, acts, messages } = found
    for (const line of [{ event }, ...acts.map((act) => ({ act }))])
      console.log(JSON.stringify(line))
    for (const message of messages) console.log(JSON.stringify({ message }))
  } finally {
    await database.close()
  }
}
