/** @module-tag slow */

import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { importByHand, undoByHand } from '../../../src/cli/import/import-book.ts'
import { readConfig } from '../../../src/config.ts'
import { readWorkbook, writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { hire } from '../../support/hire.ts'
import { KEY } from '../../support/keyed.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { lastIntent, press, send, told } from './book.ts'

const contactsOf = (...rows: readonly (readonly string[])[]) => {
  const columns = ['姓名', '工号', '账号'].map((title) => ({ title, holds: 'text' as const }))
  return writeWorkbook({ marker: 'accounts', sheets: [{ name: '通讯录', columns, rows }] })
}

/** Accounts in WeCom, with whose they are. */
const accountsIn = (bank: Pick<Bank, 'rows'>) =>
  bank
    .rows<{ account: string }>(
      `select concat_ws(' ', channel, external_id, code) as account from account
       join staff on staff.id = staff_id where channel like 'wecom%' order by 1`,
    )
    .then((rows) => rows.map(({ account }) => account))

describe.each(ONE_DATABASE)('a contact list, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await hire(bank, 'H2', '文敏', 'head', 'B1')
  })
  afterAll(() => bank.close())
  beforeEach(async () => {
    await bank.rows("delete from account where channel like 'wecom%' returning 1")
  })

  test('joins accounts after a yes, names at its row what cannot be, and is taken back where it was not used', async () => {
    const preview = await send(
      bank,
      'H1',
      await contactsOf(
        ['周敏', 'm1', 'zhoumin'],
        ['Lee', 'M2', 'lee'],
        ['何勇', 'M3', 'Zhoumin'],
        ['无', 'X9', 'nobody'],
        ['方刚', 'K1', 'fang'],
        ['石磊', 'L2', ''],
      ),
    )
    expect(preview).toMatch(/企业微信账号 · 共 6 行，还没有写入/)
    expect(preview).toMatch(/新的 2 行\n.*不能采用 4 行/)
    expect(await accountsIn(bank)).toEqual([])
    const rejects = await bank.send('H1', await lastIntent(bank, 'H1', '不采用的行'))
    const file = rejects[0]?.blocks.find((block) => block.kind === 'file')
    const back = await readWorkbook(
      'x.xlsx',
      Buffer.from(file?.kind === 'file' ? file.base64 : '', 'base64'),
    )
    expect(back.sheets[0]?.rows.slice(1).map(({ cells }) => cells.at(-1))).toEqual([
      '和第 2 行是同一个账号。',
      '您的机构里没有工号"X9"，请核对。',
      '您的机构里没有工号"K1"，请核对。',
      '没有写账号。',
    ])
    await send(bank, 'H1', await contactsOf(['周敏', 'm1', 'zhoumin'], ['Lee', 'M2', 'lee']))
    await press(bank, 'H1', '确认导入')
    const joined = ['wecom-app lee M2', 'wecom-app zhoumin M1']
    expect(await accountsIn(bank)).toEqual([...joined, ...joined.map(inBot)])
    expect(await send(bank, 'H1', await contactsOf(['周敏', 'M1', 'zhoumin']))).toContain(
      '没有变化 1 行',
    )
    expect(await send(bank, 'H1', await contactsOf(['何勇', 'M3', 'lee']))).toContain(
      '账号现在是 M2 的',
    )
    await bank.rows(
      "update account set last_seen_at = now() where external_id = 'lee' and channel = 'wecom-bot' returning 1",
    )
    await bank.say('H1', '撤销导入')
    expect(await told(bank, 'H1')).toMatch(/已撤销 1 行\n.*留下 1 行/)
    expect(await accountsIn(bank)).toEqual(['wecom-bot lee M2'])
  })

  test('whose role is of weight has it once a second person confirms, and nothing waits once it is taken back', async () => {
    await send(bank, 'H1', await contactsOf(['谢英', 'L1', 'xie']))
    await bank.told()
    await press(bank, 'H1', '确认导入')
    expect(await accountsIn(bank)).toEqual([])
    await bank.say('H1', '撤销导入')
    expect(await told(bank, 'H1')).toContain('已撤销 1 行')
    expect(await bank.rows("select 1 from request where status = 'asked'")).toEqual([])

    await send(bank, 'H1', await contactsOf(['谢英', 'L1', 'xie']))
    await press(bank, 'H1', '确认导入')
    bank.setClock('2026-11-23T09:00:00+08:00')
    await bank.say('H2', '待确认')
    await bank.press('H2', '确认')
    expect(await accountsIn(bank)).toEqual(['wecom-app xie L1', 'wecom-bot xie L1'])
    await bank.say('H1', '撤销导入')
    expect(await told(bank, 'H1')).toContain('留下 1 行')
    expect(await accountsIn(bank)).toHaveLength(2)
  })
})

const inBot = (account: string) => account.replace('-app', '-bot')

test('an operator joins first accounts alone, another one of a lead waits, and takes the last list back', async () => {
  const bank = await openBank('postgres')
  onTestFinished(() => bank.close())
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'chenhui-contacts-')), '通讯录.csv')
  const config = readConfig({ ...KEY, DATABASE_URL: bank.database.url ?? '' })
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  onTestFinished(() => said.mockRestore())
  const bring = async (rows: string, yes = true) => {
    await writeFile(file, rows)
    const options = { kind: 'accounts', file, as: null, json: false, rejects: null } as const
    expect(await importByHand(config, { ...options, yes })).toBe(true)
  }
  await bring('工号,账号\nL1,xie\nM1,zhoumin\n', false)
  expect(await accountsIn(bank)).toEqual([])
  await bring('工号,账号\nL1,xie\nM1,zhoumin\n')
  const first = ['wecom-app xie L1', 'wecom-app zhoumin M1']
  expect(await accountsIn(bank)).toEqual([...first, ...first.map(inBot)])
  const letters = await bank.rows(
    "select card::text as card from message where conversation = 'console:M1'",
  )
  expect(letters).toEqual([{ card: expect.stringContaining('您名下新绑定了一个企业微信账号') }])
  await bring('工号,账号\nL1,xieying\n')
  expect(await bank.rows("select subject from request where status = 'asked'")).toEqual([
    { subject: 'l1' },
  ])
  await undoByHand(config, { yes: true })
  expect(await bank.rows("select 1 from request where status = 'asked'")).toEqual([])
  await undoByHand(config, { yes: true })
  expect(said.mock.calls.flat().at(-1)).toContain('已撤销 2 行')
  expect(await accountsIn(bank)).toEqual([])
  await expect(undoByHand(config, { yes: true })).rejects.toThrow('没有可以撤销的导入')
  expect(
    await bank.rows(
      "select command from act where channel = 'console' and staff_id = '00000000-0000-0000-0000-000000000000' and command like 'undo%'",
    ),
  ).toHaveLength(2)
})
