import { expect, inject, test, vi } from 'vitest'
import { proxyFinding } from '../../src/cli/doctor/proxy-finding.ts'
import { doctor, memoryFinding } from '../../src/cli/doctor.ts'
import { readConfig } from '../../src/config.ts'
import { addDays, dayIn } from '../../src/core/calendar/time.ts'
import { newId } from '../../src/core/ids.ts'
import { barePostgres } from '../../src/infra/database/postgres.ts'
import { freePort } from '../support/free-port.ts'
import { KEY } from '../support/keyed.ts'
import { openTestDatabase } from '../support/open.ts'
import { createDatabase } from '../support/postgres.ts'

const MB = 2 ** 20
const NOTHING = /^$/

test.each([
  ['as it is shipped, with a large book', 128, 3000, 80, /128 MB.*3000 MB.*quarter/],
  ['as it is shipped, with a small book', 128, 200, 80, NOTHING],
  ['set to a quarter of the memory, in huge pages', 6000, 3000, null, NOTHING],
  [
    'set to a quarter of the memory, without huge pages',
    6000,
    3000,
    3100,
    /6000 MB.*nr_hugepages=3100/,
  ],
  ['of a few hundred megabytes, without huge pages', 512, 300, 280, NOTHING],
])('doctor on a PostgreSQL %s', (_, buffers, stored, pagesMissing, says) => {
  const finding = memoryFinding({ buffers: buffers * MB, stored: stored * MB, pagesMissing })
  expect(finding?.text ?? '').toMatch(says)
})

test.each([
  ['by https and no proxy counted', { PUBLIC_URL: 'https://bank.example' }, /TRUSTED_HOPS/],
  ['by https and one proxy', { PUBLIC_URL: 'https://bank.example', TRUSTED_HOPS: '1' }, NOTHING],
  ['by http', { PUBLIC_URL: 'http://127.0.0.1:8707' }, NOTHING],
  ['from nowhere outside', {}, NOTHING],
])('doctor on public pages reached %s', (_, settings, says) => {
  expect(proxyFinding(readConfig(settings))?.text ?? '').toMatch(says)
})

async function said(url: string): Promise<string> {
  const lines: string[] = []
  const print = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(`${line}`))
  await doctor(readConfig({ ...KEY, DATABASE_URL: url, WEB_CHAT_SECRET: 'long enough secret' }))
  print.mockRestore()
  return lines.join('\n')
}

test('doctor names how many events were set aside and the last of them, and not what they said', async () => {
  const database = await openTestDatabase('postgres')
  const url = `${database.url}`
  expect(await said(url)).not.toContain('搁置')
  const ids = [newId(), newId(), newId()]
  const says = { kind: 'intent', intent: { command: 'log-outcome', input: '张三 13800138000' } }
  await database.prisma.received.createMany({
    data: ids.map((id, index) => ({
      ...{
        id,
        channel: 'slack',
        externalId: id,
        conversation: 'C1',
        sender: 'U1',
        shared: false,
        says,
      },
      ...{ receivedAt: new Date(0), answeredAt: new Date(index), attempts: 3 },
      // The third was answered at its second attempt.
      setAsideAt: index < 2 ? new Date(Date.UTC(2026, 10, 28, index)) : null,
    })),
  })
  const text = await said(url)
  expect(text).toContain('2 条消息')
  expect(text).toContain('2 events')
  expect(text).toContain(
    `2026-11-28T01:00:00.000Z · slack intent log-outcome · ${ids[1]?.slice(-8)}`,
  )
  expect(text).not.toMatch(/张三|13800138000/)
  await database.close()
})

test('doctor names the setting and the host of a database that nobody answers for', async () => {
  const host = `127.0.0.1:${await freePort()}`
  const text = await said(`postgresql://postgres:secret@${host}/bank`)
  expect(text).toContain('DATABASE_URL')
  expect(text).toContain(host)
  expect(text).not.toMatch(/secret| {4}at /)
})

test.each([
  [-2, true],
  [0, false],
])('doctor names tasks of the night that were last made %i days ago: %s', async (days, named) => {
  const database = await openTestDatabase('postgres')
  const value = addDays(dayIn(new Date(), 'Asia/Shanghai'), days)
  await database.prisma.setting.create({ data: { key: 'night-done', value } })
  expect((await said(`${database.url}`)).includes('tasks of the night')).toBe(named)
  await database.close()
})

test('doctor changes nothing: of an empty database it says so, and makes no table', async () => {
  const url = await createDatabase(inject('postgres'), 'template0')
  expect(await said(url)).toMatch(/还没有建表.*The database is empty/)
  const bare = await barePostgres(url)
  const tables = await bare.inTransaction((tx) =>
    tx.rows(`select 1 from pg_tables where schemaname = 'public'`),
  )
  expect(tables).toEqual([])
  await bare.close()
})
