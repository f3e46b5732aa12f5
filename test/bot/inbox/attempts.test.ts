/** @module-tag long */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { type Bank, bankOn, CLIENTS, openBank } from '../../support/bank.ts'
import { hold } from '../../support/hold.ts'
import { KEYED } from '../../support/keyed.ts'
import { DATABASES, openNewPglite, openTestDatabase } from '../../support/open.ts'
import { runnerOn } from '../../support/runner.ts'

/** As the last process left it: stored, begun so often, and not answered. */
async function left(
  { prisma }: Database,
  code: string,
  text: string,
  attempts: number,
  receivedAt = new Date(0),
) {
  const id = newId()
  await prisma.received.create({
    data: {
      ...{ id, channel: 'console', externalId: id, conversation: `console:${code}`, sender: code },
      ...{ shared: false, says: { kind: 'text', text }, receivedAt, attempts },
    },
  })
}

async function answersTo({ prisma }: Database, code: string): Promise<string[]> {
  const rows = await prisma.message.findMany({
    where: { conversation: `console:${code}` },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ card }) => render(card as unknown as Card))
}

const received = ({ prisma }: Database) =>
  prisma.$queryRaw<{ code: string; attempts: number; answered: boolean; aside: boolean }[]>`
    select sender as code, attempts::int, answered_at is not null as answered,
      set_aside_at is not null as aside from received order by id`

describe.each(DATABASES)('an event that was begun and not ended, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test.each([
    [0, '顺发五金店', false],
    [1, '顺发五金店', false],
    [2, '顺发五金店', false],
    [5, '顺发五金店', false],
    [6, '刚才没有办成', true],
    [7, '刚才没有办成', true],
  ])('%i times before', async (attempts, answer, aside) => {
    const { database } = bank
    await left(database, 'M1', '查 张三', attempts)
    const runner = runnerOn(bank.app.services)
    await runner.resume()
    expect(await answersTo(database, 'M1')).toEqual([expect.stringContaining(answer)])
    expect(await received(database)).toMatchObject([{ answered: true, aside }])
    // Nobody takes it up again.
    await runner.resume()
    expect(await answersTo(database, 'M1')).toHaveLength(1)
  })

  test.each([
    [0, 0, true],
    [1, 0, true],
    [2, 59, false],
    [2, 60, true],
    [3, 179, false],
    [3, 180, true],
    [4, 479, false],
    [4, 480, true],
    [5, 1199, false],
    [5, 1200, true],
  ])('%i times before, %i s after it arrived', async (attempts, seconds, answered) => {
    const { now } = bank.app.services.moment()
    const at = new Date(now.getTime() - seconds * 1000)
    await left(bank.database, 'M1', '查 张三', attempts, at)
    await runnerOn(bank.app.services).resume()
    expect(await received(bank.database)).toMatchObject([{ answered, aside: false }])
  })

  test('counts its first attempt with its storing', async () => {
    await bank.say('M1', '查 张三')
    expect(await received(bank.database)).toEqual([
      { code: 'M1', attempts: 1, answered: true, aside: false },
    ])
  })

  test('and is stopped in good order before it is begun counts none', async () => {
    const runner = runnerOn(bank.app.services)
    await runner.stop()
    const one = newId()
    await runner.receive({
      ...{ id: one, channel: 'console', conversation: 'console:M1', sender: 'M1', shared: false },
      says: { kind: 'text', text: '查 张三' },
    })
    await runner.stop()
    expect(await received(bank.database)).toMatchObject([{ attempts: 0, answered: false }])
    await runnerOn(bank.app.services).resume()
    expect(await answersTo(bank.database, 'M1')).toEqual([expect.stringContaining('顺发五金店')])
  })
})

const STAFF = ['M1', 'M2', 'M3', 'L1', 'L2', 'K1', 'S1']

/** Starts the service again and again, as an init system does, until it ends by itself. */
async function startUntilDone(where: string): Promise<number> {
  for (let start = 1; start < 20; start++) {
    const child = spawn(process.execPath, ['test/bot/inbox/victim.ts', where], { stdio: 'inherit' })
    const [code] = await once(child, 'exit')
    if (code === 0) return start
    expect(code).toBe(null)
  }
  return Number.POSITIVE_INFINITY
}

describe('an event that ends the process', () => {
  // Where the deadly ones stand among those that came with them, how often they were begun before, and the most
  // starts that it takes: one for each attempt that is left to each, and the last to the end.
  test.concurrent.for([
    ['postgres', [0, 6], 4, 5],
    ['pglite', [2], 0, 7],
  ] as const)(
    'is set aside after its sixth attempt, and its companions are answered: on %s, at %j, begun %i times',
    async ([kind, places, before, starts], { expect }) => {
      const deadly: readonly number[] = places
      const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-victim-'))
      let database = kind === 'pglite' ? await openNewPglite(folder) : await openTestDatabase(kind)
      const where = database.url ?? folder
      await bankOn(database, CLIENTS)
      for (const [place, code] of STAFF.entries()) {
        if (deadly.includes(place)) await left(database, code, '致命', before)
        else await left(database, code, '帮助', 0)
      }
      if (kind === 'pglite') await database.close()
      expect(await startUntilDone(where)).toBeLessThanOrEqual(starts)
      database =
        kind === 'pglite'
          ? await openPglite(folder, { ...KEYED, flush: false })
          : await openPostgres(where, KEYED)
      for (const [place, code] of STAFF.entries()) {
        const says = deadly.includes(place) ? /刚才没有办成/ : /可以这样说|What you can say/
        expect(await answersTo(database, code)).toEqual([expect.stringMatching(says)])
      }
      const rows = await received(database)
      expect(rows.every(({ answered }) => answered)).toBe(true)
      expect(rows.flatMap(({ aside }, place) => (aside ? [place] : []))).toEqual(deadly)
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  )
})

test('what another instance is answering is not set aside by this one', async () => {
  const bank = await openBank('postgres')
  const { database } = bank
  await left(database, 'M1', '查 张三', 6)
  const other = await openPostgres(`${database.url}`, KEYED)
  const ends = await hold(
    other,
    (tx) => tx.$queryRaw`
      select pg_advisory_xact_lock(hashtextextended('console' || E'\n' || 'console:M1', 0))::text`,
  )
  const runner = runnerOn(bank.app.services)
  await runner.resume()
  expect(await received(database)).toMatchObject([{ answered: false, aside: false }])
  await ends()
  await runner.resume()
  expect(await received(database)).toMatchObject([{ answered: true, aside: true }])
  await other.close()
  await bank.close()
})
