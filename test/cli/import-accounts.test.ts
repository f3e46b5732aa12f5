import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { importAccounts } from '../../src/cli/import/import-accounts.ts'
import { readConfig } from '../../src/config.ts'
import { writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { bankOn } from '../support/bank.ts'
import { openTestDatabase } from '../support/open.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-contacts-'))
})

test('the contact list joins accounts to staff, names codes of nobody, and may be imported again', async () => {
  const database = await openTestDatabase('postgres')
  await bankOn(database, [])
  await database.prisma.$executeRaw`delete from account`
  const columns = [{ title: '姓名' }, { title: '工号' }, { title: '账号' }]
  const rows = [
    ['周敏', 'M1', 'zhoumin'],
    ['李', 'M2', 'lee'],
    ['无', 'X9', 'nobody'],
    ['空', 'M3', ''],
  ]
  const file = path.join(folder, '通讯录.xlsx')
  const sheets = [{ name: '通讯录', columns, rows }]
  await writeFile(file, await writeWorkbook({ marker: 'contacts', sheets }))
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  const config = readConfig({ DATABASE_URL: database.url ?? '' })
  await importAccounts(config, file, { yes: false })
  expect(said.mock.calls.flat().join('\n')).toContain('新 new 2 · 改绑 moved 0 · 不变 same 0')
  expect(await database.prisma.account.count()).toBe(0)
  await importAccounts(config, file, { yes: true })
  await importAccounts(config, file, { yes: true })
  expect(said.mock.calls.flat().join('\n')).toContain('已写入')
  expect(said.mock.calls.flat().join('\n')).toContain('不变 same 2')
  expect(said.mock.calls.flat().join('\n')).toContain('X9')
  said.mockRestore()
  const accounts = await database.prisma.account.findMany({
    orderBy: [{ channel: 'asc' }, { externalId: 'asc' }],
    include: { staff: true },
  })
  expect(
    accounts.map(({ channel, externalId, staff, reachable }) =>
      [channel, externalId, staff.code, reachable].join(' '),
    ),
  ).toEqual([
    'wecom-app lee M2 false',
    'wecom-app zhoumin M1 false',
    'wecom-bot lee M2 false',
    'wecom-bot zhoumin M1 false',
  ])
  await database.close()
})

test('who has an account already hears of another, and nobody of their own in the other channel', async () => {
  const database = await openTestDatabase('postgres')
  await bankOn(database, [])
  await database.prisma.$executeRaw`delete from account`
  await database.prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select 'slack', 'U' || code, id, 'U' || code, now() from staff where code in ('M1', 'L1')`
  const file = path.join(folder, 'more.csv')
  await writeFile(file, '工号,账号\nM1,zhoumin\nM2,lee\n')
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  const config = readConfig({ DATABASE_URL: database.url ?? '' })
  await importAccounts(config, file, { yes: true })
  await importAccounts(config, file, { yes: true })
  await writeFile(file, '工号,账号\nM2,zhoumin\n')
  await importAccounts(config, file, { yes: false })
  expect(said.mock.calls.flat()).toContain('  ~ zhoumin: M1 → M2')
  said.mockRestore()
  const letters = await database.prisma.message.findMany({ orderBy: { id: 'asc' } })
  expect(letters.map(({ conversation, card }) => [conversation, JSON.stringify(card)])).toEqual([
    ['UM1', expect.stringContaining('您名下新绑定了一个企业微信账号')],
    ['UL1', expect.stringContaining('周敏 名下新绑定了一个企业微信账号')],
  ])
  await database.close()
})

test.each([
  ['工号,账户名\nM1,x', '没有找到'],
  ['', '不是可读的'],
])('a list that reads %j is refused: %s', async (text, sentence) => {
  const file = path.join(folder, 'list.csv')
  await writeFile(file, text)
  await expect(importAccounts(readConfig({}), file, { yes: true })).rejects.toThrow(sentence)
})

test('a file that is not there, or no table, is refused', async () => {
  const file = path.join(folder, 'list.png')
  await writeFile(file, 'x')
  await expect(importAccounts(readConfig({}), file, { yes: true })).rejects.toThrow('.xlsx 或 .csv')
  await expect(importAccounts(readConfig({}), `${file}x`, { yes: true })).rejects.toThrow(
    '读不了文件',
  )
})
