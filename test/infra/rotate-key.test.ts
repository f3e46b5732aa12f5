/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { newId } from '../../src/core/ids.ts'
import { DataKeyFault, givenKey } from '../../src/infra/database/encryption/data-key.ts'
import { wrapAnew } from '../../src/infra/database/encryption/kept-keys.ts'
import { type Rotating, rotate } from '../../src/infra/database/encryption/rotate.ts'
import { secret, secretKey } from '../../src/infra/database/encryption/secret.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { barePostgres, openPostgres } from '../../src/infra/database/postgres.ts'
import { noting } from '../sql/noting.ts'
import { KEY } from '../support/keyed.ts'
import { createDatabase } from '../support/postgres.ts'

const DATA_KEY = givenKey(KEY.DATA_KEY)
const key = Buffer.from(KEY.DATA_KEY, 'hex')
const NOTES = 2400

describe('a key is changed', () => {
  let url: string
  let serving: Database
  let operator: Database
  const open = () => openPostgres(url, { dataKey: DATA_KEY, keysReadMs: 40 })
  beforeAll(async () => {
    url = await createDatabase(inject('postgres'), 'template0')
    serving = await open()
    operator = noting(await open(), inject('statements'))
    await serving.prisma.$executeRaw`
      insert into unit (id, code, name, kind, path) values (${newId()}::uuid, 'HQ', '总行', 'head-office', '/HQ/')`
    for (let n = 0; n < NOTES; n += 400) {
      const rows = Array.from({ length: 400 }, (_, at) => ({
        id: newId(),
        reason: secret('note', `理由 ${n + at}`),
      }))
      await serving.prisma.$executeRaw`
        insert into request (id, kind, subject, payload, asked_by, reason, asked_at, expires_at)
        select id, 'erase', id::text, '{}', id, reason, now(), now()
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, reason text)`
    }
  })
  afterAll(async () => {
    await serving.close()
    await operator.close()
  })

  const said: string[] = []
  const how = (more: Partial<Rotating> = {}): Rotating => ({
    ...{ key, beside: true, hashes: false, waitMs: 400, say: (what) => said.push(what) },
    ...more,
  })
  const byKey = async () =>
    operator.prisma.$queryRaw<{ by: string; count: number }[]>`
      select encrypted_by(reason) as by, count(*)::int from request group by 1 order by 1`
  const find = (database: Database, text: string) =>
    database.prisma.$queryRaw<{ reason: string }[]>`
      select reason from request where secret_key(reason) = ${secretKey('note', text)}`

  test('beside a service that writes and reads all the while, and goes on where it was killed', async () => {
    let over = false
    let written = 0
    const work = (async () => {
      for (; !over; written++) {
        const id = newId()
        await serving.prisma.$executeRaw`
          insert into request (id, kind, subject, payload, asked_by, reason, asked_at, expires_at)
          values (${id}::uuid, 'erase', ${id}, '{}', ${id}::uuid, ${secret('note', `新 ${written}`)}, now(), now())`
        const all = await serving.prisma.$queryRaw<{ reason: string }[]>`select reason from request`
        for (const { reason } of all) expect(reason).toMatch(/^(理由|新) \d+$/)
      }
    })()
    let batches = 0
    const dying: Database = {
      ...operator,
      transaction(run) {
        batches += 1
        if (batches === 8) throw new Error('killed')
        return operator.transaction(run)
      },
    }
    while (said.length === 0)
      await rotate(dying, how()).catch((error) => expect(`${error}`).toContain('killed'))
    expect(said).toEqual(['waits', 'encrypts'])
    const rows = await rotate(operator, how())
    expect(said.slice(2)).toEqual(['begun-before', 'waits', 'encrypts'])
    over = true
    await work
    expect(rows).toBeGreaterThan(0)
    expect(await byKey()).toEqual([{ by: '2', count: NOTES + written }])
    expect(await find(serving, '理由 17')).toEqual([{ reason: '理由 17' }])
    const keys = await operator.prisma.$queryRaw<object[]>`select id from data_key order by id`
    expect(keys).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }])
  })

  test('with that of the hashes, after which the old hash finds nobody', async () => {
    const hash = async () =>
      operator.prisma.$queryRaw<{ key: string }[]>`
        select secret_key(reason) as key from request order by id limit 1`
    const before = await hash()
    await rotate(operator, how({ beside: false, hashes: true }))
    expect(await hash()).not.toEqual(before)
    expect(await find(operator, '理由 17')).toEqual([{ reason: '理由 17' }])
    const fresh = await open()
    expect(await find(fresh, '理由 18')).toEqual([{ reason: '理由 18' }])
    await fresh.close()
  })

  test('DATA_KEY itself: a wrong one changes nothing, the right one only what it wraps', async () => {
    const after = Buffer.alloc(32, 7)
    const bare = await barePostgres(url)
    const wrappings = () =>
      operator.prisma.$queryRaw<
        object[]
      >`select id, encode(wrapped, 'hex') from data_key order by id`
    const before = await wrappings()
    await expect(bare.inTransaction((tx) => wrapAnew(tx, after, key))).rejects.toThrow(DataKeyFault)
    expect(await wrappings()).toEqual(before)
    await bare.inTransaction((tx) => wrapAnew(tx, key, after))
    await expect(open()).rejects.toThrow(/不是这个数据库的密钥/)
    const fresh = await openPostgres(url, { dataKey: givenKey(after.toString('hex')) })
    expect(await find(fresh, '理由 19')).toEqual([{ reason: '理由 19' }])
    await fresh.close()
    // What serves goes on with the keys that it read.
    expect(await find(serving, '新 0')).toEqual([{ reason: '新 0' }])
    await bare.inTransaction((tx) => wrapAnew(tx, after, key))
    await bare.close()
  })
})
