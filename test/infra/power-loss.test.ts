/** @module-tag long */

import fs, { copyFileSync, cpSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { KEYED } from '../support/keyed.ts'
import { openNewPglite } from '../support/open.ts'

const base = mkdtempSync(path.join(tmpdir(), 'chenhui-power-'))
const flush = fs.fsyncSync
afterEach(() => {
  fs.fsyncSync = flush
  syncBuiltinESMExports()
  rmSync(base, { recursive: true, force: true })
})

/** A copy of a folder in which every file is as it was when it was flushed last. */
function survivingPower(folder: string): string {
  const disk = path.join(base, 'disk')
  cpSync(folder, disk, { recursive: true })
  fs.fsyncSync = (fd) => {
    const file = readlinkSync(`/proc/self/fd/${fd}`)
    const within = path.relative(folder, file)
    if (fs.statSync(file).isFile() && !within.startsWith('..')) {
      copyFileSync(file, path.join(disk, within))
    }
    flush(fd)
  }
  syncBuiltinESMExports()
  return disk
}

test.runIf(process.platform === 'linux')(
  'what was committed is there after the power was lost, and the folder opens',
  async () => {
    const folder = path.join(base, 'data')
    await (await openNewPglite(folder)).close()
    const disk = survivingPower(folder)
    const database = await openPglite(folder, KEYED)
    const keys = Array.from({ length: 50 }, (_, n) => `key ${n}`)
    for (const key of keys) await database.prisma.setting.create({ data: { key, value: 1 } })
    // Neither stopped nor told: only what was flushed so far.
    const survivor = path.join(base, 'survivor')
    cpSync(disk, survivor, { recursive: true })
    await database.close()
    const found = await openPglite(survivor, KEYED)
    const rows = await found.prisma.setting.findMany({ where: { key: { startsWith: 'key ' } } })
    expect(rows.map(({ key }) => key).sort()).toEqual(keys.sort())
    await found.close()
  },
)
