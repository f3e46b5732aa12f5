import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, inject, test, vi } from 'vitest'
import type { Job } from '../../src/bot/feature.ts'
import { jobsFinding } from '../../src/cli/doctor/jobs-finding.ts'
import {
  machineFindings,
  spaceFinding,
  spoolFinding,
} from '../../src/cli/doctor/machine-findings.ts'
import { proxyFinding } from '../../src/cli/doctor/proxy-finding.ts'
import {
  clockFinding,
  durabilityFinding,
  memoryFinding,
  standbyFinding,
} from '../../src/cli/doctor/server-findings.ts'
import { settingsFindings } from '../../src/cli/doctor/settings-findings.ts'
import { backlogFindings } from '../../src/cli/doctor/waiting-findings.ts'
import { doctor } from '../../src/cli/doctor.ts'
import { readConfig } from '../../src/config.ts'
import type { Day } from '../../src/core/calendar/time.ts'
import { newId } from '../../src/core/ids.ts'
import { openKeyedHash } from '../../src/features/risk/key.ts'
import { barePostgres } from '../../src/infra/database/postgres.ts'
import { startWeb } from '../../src/infra/web.ts'
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

async function said(url: string, settings = {}): Promise<string> {
  const lines: string[] = []
  const print = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(`${line}`))
  await doctor(readConfig({ ...KEY, DATABASE_URL: url, ...settings }))
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

const run = async () => {}
const JOBS: Job[] = [
  { name: 'run-night', at: () => '02:20', catchUpHours: 21, run },
  { name: 'remind-afternoon', at: () => '16:18', catchUpHours: 3, run },
  { name: 'push', at: () => '06:02', again: { minutes: 5, until: '23:57' }, catchUpHours: 18, run },
]

test.each([
  ['a first day', '09:00', [], NOTHING],
  [
    'all of today done',
    '09:00',
    [
      ['run-night', '02:21'],
      ['push', '08:57'],
    ],
    /all of today.*push 08:57/,
  ],
  ['one being done', '02:40', [['remind-afternoon', '00:00']], /all of today/],
  ['the night missed', '09:00', [['push', '08:57']], /not done.*run-night \(—\)/],
  [
    'a service that stands still',
    '09:40',
    [
      ['run-night', '02:21'],
      ['push', '08:57'],
    ],
    /not done.*push \(/,
  ],
  ['the night, after its hours are over', '23:59', [['remind-afternoon', '16:18']], /run-night/],
] as const)('doctor on the jobs of the day, %s', (_, time, done, says) => {
  const at = (clock: string) => new Date(`2026-11-24T${clock}:00+08:00`)
  const runs = done.map(([job, when]) => ({ job, at: at(when) }))
  const moment = { now: at(time), today: '2026-11-24' as Day, timezone: 'Asia/Shanghai' }
  expect(jobsFinding(JOBS, runs, moment)?.text ?? '').toMatch(says)
})

test.each([
  ['all on', { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }, NOTHING],
  [
    'a standby that is waited for',
    { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'remote_apply' },
    NOTHING,
  ],
  [
    'one off',
    { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'off' },
    /with synchronous_commit off/,
  ],
  [
    'all off',
    { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
    /fsync, full_page_writes, synchronous_commit off/,
  ],
])('doctor on what a server does against a power loss: %s', (_, set, says) => {
  expect(durabilityFinding(set)?.text ?? '').toMatch(says)
})

test.each([
  [0, 0, NOTHING],
  [40, 0.2, NOTHING],
  [1, 3, /1 commits wait for a synchronous standby, the longest for 3 s/],
])(
  'doctor on %i commits that wait for a standby, the longest for %d s',
  (commits, oldest, says) => {
    expect(standbyFinding(commits, oldest)?.text ?? '').toMatch(says)
  },
)

test.each([
  [3 * 3600, /180 minutes ahead/],
  [-3 * 3600, /180 minutes behind/],
  [61, /1 minutes ahead/],
  [60, NOTHING],
  [-0.2, NOTHING],
])('doctor on a clock %i s from the database’s', (apart, says) => {
  expect(clockFinding(apart)?.text ?? '').toMatch(says)
})

test.each([
  ['nothing waits', { oldestS: 0, lanes: [] }, NOTHING],
  ['load', { oldestS: 119, lanes: [['slack', 5000, 890]] }, NOTHING],
  [
    'two days of both',
    { oldestS: 172_800, lanes: [['slack', 5000, 172_800]] },
    /500 events.*2880 minutes.*\n.*5000 messages.*2880/,
  ],
  ['of a service that is away', { oldestS: 0, lanes: [['away', 5000, 172_800]] }, NOTHING],
] as const)('doctor on what waits: %s', (_, { oldestS, lanes }, says) => {
  const vitals = {
    lanes: lanes.map(([channel, waiting, oldest]) => ({
      channel,
      waiting,
      oldestS: oldest,
      failed: 0,
    })),
    ...{ unanswered: { count: 500, oldestS }, setAside: 0 },
  }
  const found = backlogFindings(vitals, new Set(['away']))
  expect(found.map(({ text }) => text).join('\n')).toMatch(says)
})

const CONTACTS = { WECOM_CONTACT_SECRET: 'the secret', PUBLIC_URL: 'http://bank.example' }
const SERVER = { DATABASE_URL: 'postgresql://127.0.0.1/bank' }
test.each([
  [
    'two databases',
    { ...SERVER, DATA_DIR: 'data/bank' },
    ['web'],
    /DATA_DIR.*neither read nor written/,
  ],
  ['one database', SERVER, ['web'], NOTHING],
  ['a morning after the last look', { MORNING_AT: '23:59' }, ['web'], /MORNING_AT/],
  ['no address for links, in the browser', {}, ['web'], NOTHING],
  ['no address for links, in Slack', {}, ['slack'], /PUBLIC_URL is not set/],
  ['an address for links', { PUBLIC_URL: 'http://bank.example' }, ['slack'], NOTHING],
  ['contact codes without the app', CONTACTS, ['wecom-bot'], /WECOM_CONTACT_SECRET is set without/],
  ['contact codes with the app', CONTACTS, ['wecom-app'], NOTHING],
])('doctor on settings that do not go together: %s', (_, settings, chats, says) => {
  const found = settingsFindings(readConfig(settings), chats)
  expect(found.map(({ text }) => text).join('\n')).toMatch(says)
})

test.each([
  [2 ** 31, NOTHING, undefined],
  [500 * MB, /500 MB left/, 'note'],
  [99 * MB, /99 MB left/, 'no'],
])('doctor on a disk with %i bytes left', (free, says, state) => {
  const finding = spaceFinding('/data', free)
  expect([finding?.text ?? '', finding?.state]).toEqual([expect.stringMatching(says), state])
})

test('doctor on a folder for events: made by the service, or in the place of a file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chenhui-spool-'))
  expect(spoolFinding(path.join(folder, 'to', 'be', 'made'))).toBeNull()
  const file = path.join(folder, 'file')
  writeFileSync(file, '')
  expect(spoolFinding(path.join(file, 'spool'))?.text).toContain('SPOOL_DIR')
})

test('doctor tells its own service at a port and an address from another program, and from nobody', async () => {
  const [other, own] = [await freePort(), await freePort()]
  const web = await startWeb('127.0.0.1', own, [])
  const program = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
  await once(program.listen(other, '127.0.0.1'), 'listening')
  const found = async (settings: Record<string, string>) =>
    (await machineFindings(readConfig(settings))).map(({ text }) => text).join('\n')
  expect(await found({ PORT: `${other}` })).toContain(
    `127.0.0.1:${other}, and the service cannot start`,
  )
  expect(await found({ PORT: `${own}` })).not.toContain('cannot start')
  const at = (port: number) => ({ PORT: '0', PUBLIC_URL: `http://127.0.0.1:${port}` })
  expect(await found(at(own))).toContain(`pages: http://127.0.0.1:${own}`)
  expect(await found(at(other))).toContain('something else answers there')
  expect(await found(at(await freePort()))).toContain('nobody answers there')
  program.close()
  await web.stop()
})

test('doctor names a key that the negative list was not made with, and changes nothing', async () => {
  const database = await openTestDatabase('postgres')
  const { prisma } = database
  await openKeyedHash(database, 'the key of the negative list')
  const text = () => said(`${database.url}`, { NEGATIVE_LIST_KEY: 'another key of the list' })
  // An empty list has no key yet that it could differ from.
  expect(await text()).not.toContain('NEGATIVE_LIST_KEY')
  const [id, of] = [newId(), { actId: newId(), addedBy: newId(), addedAt: new Date() }]
  const keys = { create: { hash: 'x' } }
  await prisma.negativeEntry.create({ data: { id, reason: 'fraud', ...of, keys } })
  const before = await prisma.setting.findMany()
  expect(await text()).toContain('NEGATIVE_LIST_KEY is not the key')
  expect(await prisma.setting.findMany()).toEqual(before)
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
