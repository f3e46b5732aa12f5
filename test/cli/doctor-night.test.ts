/** @module-tag slow */

import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayIn } from '../../src/core/calendar/time.ts'
import { openNewPglite } from '../support/open.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-doctor-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test.each([
  [-2, true],
  [0, false],
])(
  'doctor names tasks of the night that were last made %i days ago: %s',
  async (days, named) => {
    const database = await openNewPglite(folder)
    const value = addDays(dayIn(new Date(), 'Asia/Shanghai'), days)
    await database.prisma.setting.create({ data: { key: 'night-done', value } })
    await database.close()
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder }
    const args = [path.resolve('src/main.ts'), 'doctor']
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
    expect(stdout.includes('tasks of the night')).toBe(named)
  },
  60_000,
)
