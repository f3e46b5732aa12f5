import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEventStore, type EventStore } from '../../../src/bot/inbox/store-event.ts'
import type { Event } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createLog } from '../../../src/infra/log.ts'
import { createSpool } from '../../../src/infra/spool.ts'
import { openTestDatabase } from '../../support/open.ts'

const NOW = new Date('2026-11-23T00:00:00Z')
const EVENT: Event = {
  id: 'one',
  channel: 'slack',
  conversation: 'U1',
  sender: 'U1',
  shared: false,
  says: { kind: 'text', text: '今日' },
}

let database: Database
let folder: string
let keeper: EventStore
beforeEach(async () => {
  database = await openTestDatabase('postgres')
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-spool-'))
  keeper = createEventStore(database, createSpool(folder), createLog('silent'))
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

test('an event that the database takes at once leaves no file', async () => {
  const { safe, stored } = keeper.store(EVENT, NOW)
  await safe
  expect(await stored).toBe(true)
  expect(await readdir(folder)).toEqual([])
  expect(await keeper.store(EVENT, NOW).stored).toBe(false)
})

test('while the database stands still an event is safe in a file, and leaves it once stored', async () => {
  let [release, locked] = [() => {}, () => {}]
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const standing = new Promise<void>((resolve) => {
    locked = resolve
  })
  const standstill = database.transaction(async (tx) => {
    await tx.$executeRawUnsafe('lock table received in access exclusive mode')
    locked()
    await held
  })
  await standing
  const { id, safe, stored } = keeper.store(EVENT, NOW)
  await safe
  expect(await keeper.spooled()).toEqual([{ id, event: EVENT }])
  release()
  await standstill
  expect(await stored).toBe(true)
  await expect.poll(() => keeper.spooled()).toEqual([])
})

test('a file that its process did not finish is passed over', async () => {
  await writeFile(path.join(folder, 'half.json'), '{"id":"on')
  expect(await keeper.spooled()).toEqual([])
})

test('what was left is stored under its own id, in its place, and once however often', async () => {
  const left = { id: newId(), event: EVENT }
  await createSpool(folder).write(left.id, EVENT)
  expect(await keeper.storeSpooled(left, NOW)).toBe(true)
  expect(await keeper.spooled()).toEqual([])
  expect(await keeper.storeSpooled(left, NOW)).toBe(false)
  expect(await database.prisma.received.findMany({ select: { id: true, attempts: true } })).toEqual(
    [{ id: left.id, attempts: 1 }],
  )
})
