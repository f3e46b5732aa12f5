import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../src/infra/database/index.ts'
import { openSlack, type SlackDouble } from '../../doubles/slack/index.ts'
import { openTestDatabase } from '../../support/open.ts'
import { pushOverKills } from './kills.ts'

const MANAGERS = 60

let slack: SlackDouble
let database: Database
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-kill-'))
  slack = await openSlack()
  database = await openTestDatabase('postgres')
})
afterAll(async () => {
  await database.close()
  await slack.close()
  await rm(folder, { recursive: true, force: true })
})

test('over kill -9 at random moments of a push, each manager gets exactly one list, and no outcome is lost', async () => {
  const { due, sent, once, acknowledged, stored, twice } = await pushOverKills(
    database,
    slack,
    folder,
    { managers: MANAGERS, kills: 6 },
  )
  expect(due).toBeGreaterThanOrEqual(MANAGERS)
  expect({ sent, once }).toEqual({ sent: due, once: due })
  expect(acknowledged).toBeGreaterThan(0)
  expect({ stored, twice }).toEqual({ stored: acknowledged, twice: 0 })
}, 240_000)
