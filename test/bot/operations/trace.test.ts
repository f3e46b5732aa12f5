import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { traceOf } from '../../../src/bot/operations/trace.ts'
import { newId } from '../../../src/core/ids.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

describe.each(DATABASES)('an event is followed to its end on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const lastEvent = async () => {
    const [row] = await bank.rows<{ id: string }>(
      'select id from received order by id desc limit 1',
    )
    return row?.id ?? ''
  }

  test('to its command, its answer and what others were told, by each of its names', async () => {
    // Beside it another is answered at the same time, as in a batch.
    await Promise.all([
      bank.say('L1', '交办 M1 张三 明天 送合同'),
      bank.say('M2', '客户 13912345678'),
    ])
    const acts = await bank.rows<{ received_id: string }>(
      `select received_id from act where command = 'assign'`,
    )
    const id = acts[0]?.received_id ?? ''
    const { prisma } = bank.database
    const now = new Date()
    const found = await traceOf(prisma, id, now)
    expect(found).toMatchObject({
      event: { id, channel: 'console', attempts: 1 },
      acts: [{ command: 'assign', result: 'done', undoneAt: null }],
    })
    // Whoever said it and whoever is to do it.
    expect(found?.messages.length).toBeGreaterThanOrEqual(2)
    expect(await traceOf(prisma, id.slice(-8), now)).toEqual(found)
    expect(await traceOf(prisma, found?.messages[0]?.id ?? '', now)).toEqual(found)
    // Nothing of what was said, and of nobody.
    expect(JSON.stringify(found)).not.toMatch(/张三|送合同|13912345678|M1|M2/)
  })

  test('an event that waits has come to nothing yet; of another there is nothing', async () => {
    await bank.say('M1', '今日')
    const id = await lastEvent()
    const { prisma } = bank.database
    await prisma.$executeRaw`update received set answered_at = null where id = ${id}::uuid`
    expect(await traceOf(prisma, id, new Date())).toMatchObject({ acts: [], messages: [] })
    for (const unknown of [newId(), '00000000']) {
      expect(await traceOf(prisma, unknown, new Date())).toBeNull()
    }
  })
})
