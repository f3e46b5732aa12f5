/** @module-tag slow */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { keepUpload, readBytes } from '../../src/bot/inbox/uploads.ts'
import { newId } from '../../src/core/ids.ts'
import { DataKeyFault, givenKey, keyBeside } from '../../src/infra/database/encryption/data-key.ts'
import { secret, secretDocument, secretTail } from '../../src/infra/database/encryption/secret.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { KEYED } from '../support/keyed.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'
import { createDatabase } from '../support/postgres.ts'

const PHONE = '+8613812345678'
const NOTE = '他说"下周"再谈，\\ 先别打。\n{a}'

describe.each(DATABASES)('values that are encrypted on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(kind)
  })
  afterAll(() => database.close())
  const first = async <Row>(asked: Promise<Row[]>) => (await asked)[0]

  test('come back as they were, alone, in JSON, in arrays, and by Prisma', async () => {
    const note = secret('note', NOTE)
    const json = JSON.stringify({
      note,
      rest: [secret('phone', PHONE)],
      all: secretDocument({ note: NOTE }),
    })
    const row = await first(
      database.prisma.$queryRaw<object[]>`
        select ${note}::text as alone, ${json}::jsonb as json, ${json}::jsonb ->> 'note' as inner,
          ${[secret('phone', PHONE), 'x']}::text[] as "all", length(${note}::text) as length`,
    )
    const expected = {
      alone: NOTE,
      inner: NOTE,
      json: { note: NOTE, rest: [PHONE], all: { note: NOTE } },
    }
    expect(row).toMatchObject({ ...expected, all: [PHONE, 'x'] })
    expect(row).not.toHaveProperty('length', NOTE.length)
    await database.prisma.setting.create({ data: { key: 'secret', value: { note } } })
    const kept = await database.prisma.setting.findUnique({ where: { key: 'secret' } })
    expect(kept?.value).toEqual({ note: NOTE })
    const stored = await first(
      database.prisma.$queryRaw<{ clear: boolean }[]>`
        select strpos(value::text, '下周') > 0 as clear from setting where key = 'secret'`,
    )
    expect(stored).toEqual({ clear: false })
  })

  test('come back as they were, where they are a file', async () => {
    const now = new Date()
    for (const bytes of [
      randomBytes(100_000),
      Buffer.from('\uE0C8A.1.file...', 'utf8'),
      Buffer.from([0]),
    ]) {
      const id = newId()
      await database.transaction((tx) => keepUpload(tx, { id, name: 'a.bin', bytes }, now))
      const { bytes: back } = (await readBytes(database.prisma, id)) ?? {}
      expect(back?.equals(bytes)).toBe(true)
      const [kept] = await database.prisma.$queryRaw<object[]>`
        select file_encrypted_by(bytes) as by, length(bytes) > ${bytes.length}::int + 28 as more from upload
        where id = ${id}::uuid`
      expect(kept).toEqual({ by: '1', more: true })
    }
  })

  test('are found by the whole and by the tail, and never look alike where nobody looks for them', async () => {
    const row = await first(
      database.prisma.$queryRaw<object[]>`
        select secret_key(${secret('phone', PHONE)}) = secret_key(${secret('phone', PHONE)}) as same,
          secret_key(${secret('phone', PHONE)}) = secret_key(${secret('id', PHONE)}) as "otherKind",
          tail_key(${secret('phone', PHONE)}) = ${secretTail('phone', '5678')}::text as tail,
          ${secretDocument(NOTE)}::text = ${secretDocument(NOTE)}::text as documents,
          secret_key('13812345678') as clear, tail_key('13812345678') as "clearTail"`,
    )
    const alike = { same: true, otherKind: false, tail: true, documents: false }
    expect(row).toEqual({ ...alike, clear: '13812345678', clearTail: '5678' })
  })

  test('cannot be put in by whoever knows a ciphertext, nor changed unseen', async () => {
    const seen = await first(
      database.prisma.$queryRaw<{ codes: string }[]>`
        select encode(convert_to(${secret('phone', PHONE)}::text, 'UTF8'), 'base64') as codes`,
    )
    const ciphertext = Buffer.from(`${seen?.codes}`, 'base64').toString('utf8')
    expect(ciphertext).toMatch(/^\uE0C8A\.1\.phone\..*\uE0C9$/)
    const given = await first(
      database.prisma.$queryRaw<{ text: string }[]>`select ${ciphertext}::text as text`,
    )
    expect(given?.text).toBe(ciphertext.slice(1, -1))
    await expect(
      database.prisma.$queryRaw`
        select replace(${secret('phone', PHONE)}::text, '.phone.', '.id.') as text`,
    ).rejects.toThrow()
  })
})

test('a wrong or missing key is told before anything is written', async () => {
  const url = await createDatabase(inject('postgres'), inject('template'))
  await expect(openPostgres(url, { dataKey: givenKey(null) })).rejects.toThrow('DATA_KEY')
  await (await openPostgres(url, KEYED)).close()
  const other = givenKey('f'.repeat(64))
  await expect(openPostgres(url, { dataKey: other })).rejects.toThrow(DataKeyFault)
  await expect(openPostgres(url)).rejects.toThrow('DATA_KEY')
  await (await openPostgres(url, KEYED)).close()
})

test('an embedded database makes a key beside its folder that is its owner’s alone', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'chenhui-key-')), 'bank')
  const open = () => openPglite(folder, { dataKey: keyBeside(`${folder}/`), flush: false })
  await (await open()).close()
  expect((await stat(`${folder}.key`)).mode & 0o777).toBe(0o600)
  await (await open()).close()
  await rm(`${folder}.key`)
  await expect(open()).rejects.toThrow('.key')
  await expect(stat(`${folder}.key`)).rejects.toThrow('ENOENT')
})
