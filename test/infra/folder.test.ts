/** @module-tag long */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FolderInUse, lockFolder } from '../../src/infra/database/folder/folder-lock.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { KEYED } from '../support/keyed.ts'
import { openNewPglite } from '../support/open.ts'

let base: string
let folder: string
const children: ChildProcess[] = []
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'chenhui-folder-'))
  folder = path.join(base, 'data')
  await mkdir(folder)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(base, { recursive: true, force: true })
})

const MODULE = new URL('../../src/infra/database/folder/folder-lock.ts', import.meta.url).href
const CODE = `import { lockFolder } from ${JSON.stringify(MODULE)}
  try { lockFolder(process.env.FOLDER); console.log('held'); setInterval(() => {}, 1000) }
  catch (error) { console.log(error.name + ' ' + error.message) }`

/** Another process that locks a folder; resolves to what it says. */
async function other(at: string, env: Record<string, string> = {}) {
  const args = ['--input-type=module', '--eval', CODE]
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env, FOLDER: at } })
  children.push(child)
  const [said] = await once(child.stdout, 'data')
  return { child, said: String(said).trim() }
}

describe('the lock of a folder', () => {
  test('holds against another process, which hears who holds it', async () => {
    const release = lockFolder(folder)
    const { said } = await other(folder)
    expect(said).toMatch(/^FolderInUse /)
    expect(said).toContain(`PID ${process.pid}`)
    release()
    expect((await other(folder)).said).toBe('held')
  })

  test('holds in a process of its own too', () => {
    const release = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(FolderInUse)
    release()
    lockFolder(folder)()
  })

  test.each(['another TMPDIR', 'a symlink', 'a path with dots'])('holds by %s', async (way) => {
    const elsewhere = path.join(base, 'elsewhere')
    await mkdir(elsewhere)
    await symlink(folder, path.join(base, 'link'))
    const release = lockFolder(folder)
    const at = {
      'a symlink': path.join(base, 'link'),
      'a path with dots': `${elsewhere}/../data`,
      'another TMPDIR': folder,
    }[way]
    expect((await other(at ?? '', { TMPDIR: elsewhere })).said).toMatch(/^FolderInUse /)
    release()
  })

  test('is gone with its process, after kill -9 too', async () => {
    const { child, said } = await other(folder)
    expect(said).toBe('held')
    expect(() => lockFolder(folder)).toThrow(FolderInUse)
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockFolder(folder)()
  })

  test('holds in a folder whose path is longer than a socket may have', async () => {
    const deep = path.join(folder, 'x'.repeat(120), 'y'.repeat(120))
    await mkdir(deep, { recursive: true })
    const release = lockFolder(deep)
    expect((await other(deep)).said).toMatch(/^FolderInUse /)
    release()
  })

  test('a folder beside it is free', async () => {
    const beside = path.join(base, 'beside')
    await mkdir(beside)
    const release = lockFolder(folder)
    expect((await other(beside)).said).toBe('held')
    release()
  })
})

describe('a folder that does not open is a sentence', () => {
  const refusal = async (at = folder) => {
    const fault = await openPglite(at).then(
      () => null,
      (error) => error,
    )
    expect(fault?.name).toBe('FolderFault')
    return String(fault.message)
  }

  test('a new one opens, and is of the PostgreSQL that is expected', async () => {
    const database = await openNewPglite(folder)
    await database.close()
    expect((await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim()).toBe('18')
    expect(existsSync(path.join(folder, 'chenhui.lock'))).toBe(true)
    await (await openPglite(folder, KEYED)).close()
  })

  test('a file in its place', async () => {
    const file = path.join(base, 'file')
    await writeFile(file, 'x')
    expect(await refusal(file)).toMatch(/是一个文件.*is a file/)
    expect(await refusal(path.join(file, 'below'))).toMatch(/是一个文件.*is a file/)
  })

  test('of another PostgreSQL', async () => {
    await (await openNewPglite(folder)).close()
    await writeFile(path.join(folder, 'PG_VERSION'), '16\n')
    expect(await refusal()).toMatch(/PostgreSQL 16.*PostgreSQL 16/)
  })

  test('with a torn control file; whoever mends it can open it then', async () => {
    await (await openNewPglite(folder)).close()
    const control = path.join(folder, 'global/pg_control')
    const whole = await readFile(control)
    await truncate(control, 0)
    expect(await refusal()).toMatch(/损坏.*damaged/)
    await writeFile(control, whole)
    await (await openPglite(folder, KEYED)).close()
  })

  test('that cannot be written to', async () => {
    expect(await refusal('/sys/chenhui')).toMatch(/不能写.*cannot be written/)
  })
})
