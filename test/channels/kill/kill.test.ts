/** @module-tag long */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'vitest'
import { openTestDatabase } from '../../support/open.ts'
import { CHATS } from './chats.ts'
import { pushOverKills } from './pushes.ts'

// They wait for the pace at which a chat service takes messages, so they wait beside each other.
test.concurrent.for(Object.entries(CHATS))(
  'over kill -9 at random moments of a push by %s, each manager gets exactly one list, and no outcome is lost',
  async ([_name, play], { expect, onTestFinished }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-kill-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const database = await openTestDatabase('postgres')
    onTestFinished(() => database.close())
    const chat = await play()
    onTestFinished(() => chat.close())
    const size = { managers: 60, kills: 3 }
    const killed = await pushOverKills(database, chat, folder, size)
    const { due, sent, once, acknowledged, stored, twice, apologised } = killed
    expect(due).toBeGreaterThanOrEqual(size.managers)
    expect({ sent, once }).toEqual({ sent: due, once: due })
    expect(acknowledged).toBeGreaterThan(0)
    expect({ stored, twice, apologised }).toEqual({ stored: acknowledged, twice: 0, apologised: 0 })
  },
)
