/** @module-tag slow */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../src/infra/database/index.ts'
import { openTestDatabase } from '../../support/open.ts'
import { CHATS } from './chats.ts'
import { pushOverKills } from './pushes.ts'

let database: Database
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-kill-'))
  database = await openTestDatabase('postgres')
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

test.each(Object.entries(CHATS))(
  'over kill -9 at random moments of a push by %s, each manager gets exactly one list, and no outcome is lost',
  async (_name, play) => {
    const chat = await play()
    const size = { managers: 60, kills: 3 }
    const { due, sent, once, acknowledged, stored, twice } = await pushOverKills(
      database,
      chat,
      folder,
      size,
    )
    await chat.close()
    expect(due).toBeGreaterThanOrEqual(size.managers)
    expect({ sent, once }).toEqual({ sent: due, once: due })
    expect(acknowledged).toBeGreaterThan(0)
    expect({ stored, twice }).toEqual({ stored: acknowledged, twice: 0 })
  },
  240_000,
)
