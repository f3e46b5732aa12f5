import { readlinkSync } from 'node:fs'
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createEventStore, type EventStore } from '../../../src/bot/inbox/store-event.ts'
import type { Event } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createLog } from '../../../src/infra/log.ts'
import { createSpool } from '../../../src/infra/spool.ts'
import { standStill } from '../../support/hold.ts'
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
  // At once: the time after which it would have been put into a file does not come.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { safe, stored } = keeper.store(EVENT, NOW)
  await safe
  expect(await stored).toBe(true)
  expect(await readdir(folder)).toEqual([])
  expect(await keeper.store(EVENT, NOW).stored).toBe(false)
})

/** What is flushed below the folder from now on, each file only once it is whole. */
async function flushes(): Promise<string[]> {
  const seen: string[] = []
  const handle = await open(folder, 'r')
  const kind = Object.getPrototypeOf(handle) as typeof handle
  await handle.close()
  const sync = kind.sync
  const spy = vi.spyOn(kind, 'sync').mockImplementation(async function (this: typeof handle) {
    const file = readlinkSync(`/proc/self/fd/${this.fd}`)
    if (file.endsWith('.json')) JSON.parse(await readFile(file, 'utf8'))
    await sync.call(this)
    seen.push(path.relative(folder, file))
  })
  onTestFinished(() => spy.mockRestore())
  return seen
}

test('while the database stands still an event is safe in a file, and leaves it once stored', async () => {
  const flushed = process.platform === 'linux' ? await flushes() : null
  const spool = createSpool(path.join(folder, 'data/spool'))
  keeper = createEventStore(database, spool, createLog('silent'))
  const letGo = await standStill(database, 'received')
  const { id, safe, stored } = keeper.store(EVENT, NOW)
  await safe
  // Before it is acknowledged: the file, its name, and the names of the folders that were made for it.
  if (flushed) expect(flushed).toEqual([`data/spool/${id}.json`, 'data/spool', 'data', ''])
  expect(await keeper.spooled()).toEqual([{ id, event: EVENT }])
  await letGo()
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
