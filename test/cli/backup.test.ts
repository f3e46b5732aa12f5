/** @module-tag long */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { keepUpload } from '../../src/bot/inbox/uploads.ts'
import { backup, exportTo, restore } from '../../src/cli/operate/backup.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { bankOn, CLIENTS } from '../support/bank.ts'
import { KEYED } from '../support/keyed.ts'
import { openNewPglite } from '../support/open.ts'
import { createDatabase } from '../support/postgres.ts'

let base: string
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'chenhui-backup-'))
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterAll(async () => {
  vi.restoreAllMocks()
  await rm(base, { recursive: true, force: true })
})

const at = (folder: string) => readConfig({ DATA_DIR: folder })

/** Every row of every table, as a digest a table. */
async function rowsOf({ prisma }: Database): Promise<Record<string, string>> {
  const tables = await prisma.$queryRawUnsafe<{ name: string }[]>(
    `select tablename::text as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
  )
  const digests: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await prisma.$queryRawUnsafe<{ digest: string }[]>(
      `select count(*) || ' ' || coalesce(md5(string_agg(row, ' ' order by row collate "C")), '') as digest
       from (select row_to_json(each)::text as row from "${name}" as each) as rows`,
    )
    digests[name] = row?.digest ?? ''
  }
  return digests
}

const MODULE = (name: string) =>
  JSON.stringify(new URL(`../../src/infra/database/${name}.ts`, import.meta.url).href)
/** Writes one setting after the other, and never ends. */
const SERVING = `import { keyBeside } from ${MODULE('encryption/data-key')}
  import { openPglite } from ${MODULE('pglite')}
  const dataKey = keyBeside(process.env.FOLDER)
  const { prisma } = await openPglite(process.env.FOLDER, { dataKey, flush: false })
  for (let n = 0; ; n++) {
    await prisma.setting.create({ data: { key: 'n' + String(n).padStart(6, '0'), value: n } })
    if (n === 5) console.log('serving')
    await new Promise(setImmediate)
  }`

test('a served folder is backed up as of one moment, and after kill -9 and its loss every row is restored', async () => {
  const folder = path.join(base, 'served')
  const bank = await bankOn(await openNewPglite(folder), CLIENTS)
  await bank.say('M1', '今日')
  await bank.say('M1', '1 有意向 50万 周五再联系')
  const { prisma } = bank.database
  const photo = { id: crypto.randomUUID(), name: '照片', bytes: Buffer.from([0, 10, 9, 255]) }
  await keepUpload(prisma, photo, new Date())
  const { setting: _, ...before } = await rowsOf(bank.database)
  await bank.close()

  const args = ['--input-type=module', '--eval', SERVING]
  const serving = spawn(process.execPath, args, { env: { ...process.env, FOLDER: folder } })
  await once(serving.stdout, 'data')
  const file = path.join(base, 'bank.backup')
  await backup(at(folder), file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await expect(backup(at(folder), file)).rejects.toThrow(/已经存在.*is there already/s)
  serving.kill('SIGKILL')
  await once(serving, 'exit')
  rmSync(folder, { recursive: true })
  // Neither the copy that was asked for nor a half file is left.
  expect(readdirSync(base).filter((name) => /copy|part/.test(name))).toEqual([])

  // Without its key nothing is restored, and with it all is.
  renameSync(`${folder}.key`, `${folder}.kept`)
  await expect(restore(at(folder), file)).rejects.toThrow(/没有找到密钥.*DATA_KEY/s)
  const other = readConfig({ DATA_DIR: folder, DATA_KEY: 'f'.repeat(64) })
  await expect(restore(other, file)).rejects.toThrow(/不是这个数据库的密钥/)
  renameSync(`${folder}.kept`, `${folder}.key`)
  await restore(at(folder), file)
  const restored = await openPglite(folder, KEYED)
  const { setting: __, ...after } = await rowsOf(restored)
  expect(after).toEqual(before)
  const written = await restored.prisma.setting.findMany({
    where: { key: { startsWith: 'n0' } },
    orderBy: { key: 'asc' },
  })
  expect(written.length).toBeGreaterThan(5)
  expect(written.map(({ value }) => value)).toEqual(written.map((_, n) => n))

  const url = await createDatabase(inject('postgres'), 'template0')
  // Asked of this process itself.
  await exportTo(at(folder), url)
  const moved = await openPostgres(url, KEYED)
  const { setting: ___, ...there } = await rowsOf(moved)
  expect(there).toEqual(after)
  await moved.close()
  await restored.close()
})

test('a file that is torn, or no backup, restores nothing, and the database takes a whole one then', async () => {
  const file = path.join(base, 'small.backup')
  const on = (url: string) => readConfig({ DATABASE_URL: url })
  await backup(on(await createDatabase(inject('postgres'), inject('template'))), file)
  const whole = readFileSync(file)
  const empty = on(await createDatabase(inject('postgres'), 'template0'))
  await expect(backup(empty, `${file}2`)).rejects.toThrow(/什么也没有.*nothing in this database/)
  for (const bad of [whole.subarray(0, -100), 'not a backup']) {
    writeFileSync(file, bad)
    await expect(restore(empty, file)).rejects.toThrow(/不是完整.*no whole backup/)
  }
  writeFileSync(file, whole)
  await restore(empty, file)
  await expect(restore(empty, file)).rejects.toThrow(/已经有东西.*There is something/)
})
