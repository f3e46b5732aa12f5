import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { writePersonFile } from '../../../src/cli/operate/person-file.ts'
import { readConfig } from '../../../src/config.ts'
import { personFile } from '../../../src/features/referrals/privacy/person-file.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { fillOldBank } from '../../fixtures/old-bank/open.ts'
import { noting } from '../../sql/noting.ts'
import { type Bank, bankOn } from '../../support/bank.ts'
import { KEY, KEYED } from '../../support/keyed.ts'
import { createDatabase } from '../../support/postgres.ts'

let bank: Bank
let url: string
beforeAll(async () => {
  // Every table of it is filled.
  url = await createDatabase(inject('postgres'), 'template0')
  await fillOldBank(url)
  bank = await bankOn(noting(await openPostgres(url, KEYED), inject('statements')), null)
})
afterAll(() => bank?.close())

/** What is gone within the day: an open question, a feed that is being read. */
const PASSING = ['dialog', 'feed_row']

test('has something of every table in which the person stands, by name, number or id', async () => {
  const found = await bank.rows<{ id: string; traces: string[] }>(`
    select id::text, array_remove(array[id::text, secret_key(phone), secret_key(id_number),
      secret_key(credit_code), phone, id_number, credit_code,
      wechat, case when count(*) over (partition by name) = 1 then name end], null) as traces
    from client`)
  // A number in a table is found by its keyed hash, in what was said by itself.
  const clients = found.map(({ id, traces }) => ({
    ...{ id, traces: traces.map((trace) => trace.replace(/^\+86/, '')) },
  }))
  const tables = await bank.rows<{ table: string }>(`
    select table_name as table from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name like '\\_%'`)
  const has = new Map<string, ReadonlySet<string>>()
  for (const { id } of clients) {
    const file = await personFile(bank.database.prisma, id)
    has.set(id, new Set([...Object.keys(file.tables), ...Object.keys(file.words)]))
  }
  const missed: string[] = []
  for (const { table } of tables) {
    if (PASSING.includes(table)) continue
    const stands = await bank.database.prisma.$queryRawUnsafe<{ id: string }[]>(
      `select id from jsonb_to_recordset($1::jsonb) as client (id text, traces text[])
       where exists (select from "${table}" as kept, unnest(client.traces) as trace
         where strpos(replace(to_jsonb(kept)::text, '张三丰', ''), trace) > 0)`,
      JSON.stringify(clients),
    )
    missed.push(...stands.flatMap(({ id }) => (has.get(id)?.has(table) ? [] : [table])))
  }
  expect(missed).toEqual([])
  expect(new Set([...has.values()].flatMap((each) => [...each])).size).toBeGreaterThan(25)
})

test('says nothing of anybody else that chat said beside them', async () => {
  await bank.say('M1', '今日')
  const { words } = await personFile(bank.database.prisma, await bank.clientId('张三'))
  const lines = Object.values(words).flatMap((each) => each.flatMap((said) => said.lines))
  expect(lines.join()).toContain('张三')
  expect(lines.filter((line) => line.includes('陈立'))).toEqual([])
})

test('is written by an operator, with photos and documents, and that stands on the trail', async () => {
  const out = path.join(await mkdtemp(path.join(tmpdir(), 'person-')), 'file')
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  const config = readConfig({ ...KEY, DATABASE_URL: url, LOG_LEVEL: 'silent' })
  try {
    await expect(writePersonFile(config, '13900000000', out)).rejects.toThrow('没有这个号码的人')
    await bank.say('M1', '查 张三')
    await writePersonFile(config, '13490010001', out)
    await expect(writePersonFile(config, '13490010001', out)).rejects.toThrow('还没有的文件夹')
  } finally {
    print.mockRestore()
  }
  const file = JSON.parse(await readFile(path.join(out, 'file.json'), 'utf8'))
  expect(file.tables.client).toMatchObject([{ name: '张三', phone: '+8613490010001' }])
  expect(file.seen).toContainEqual(expect.objectContaining({ by: 'M1', command: 'client' }))
  const attached = await bank.rows(`select 1 from upload where id in (
    select upload_id from client_document where client_id = '${file.tables.client[0].id}'
    union select photo_id from visit where client_id = '${file.tables.client[0].id}')`)
  expect(await readdir(out)).toHaveLength(1 + attached.length)
  const [act] =
    await bank.rows(`select channel, given_out is not null as counted, array_length(seen, 1) as seen
    from act where command = 'person-file'`)
  expect(act).toEqual({ channel: 'server', counted: true, seen: 1 })
})
