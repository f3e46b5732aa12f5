import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBank } from '../../src/cli/bank/open-bank.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { APP_SECRET, CORP_ID, openWecomApp, type WecomAppDouble } from '../doubles/wecom/app.ts'
import { bankOn } from '../support/bank.ts'
import { KEY } from '../support/keyed.ts'
import { openTestDatabase } from '../support/open.ts'

let database: Database
let wecom: WecomAppDouble
beforeEach(async () => {
  database = await openTestDatabase('postgres')
  wecom = await openWecomApp()
  await bankOn(database, [])
  wecom.contacts.departments = [
    { id: 1, name: '总行', parentid: 0, order: 1 },
    { id: 2, name: '城东支行', parentid: 1, order: 9 },
    { id: 3, name: '一队', parentid: 2, order: 2 },
    { id: 4, name: '二队', parentid: 2, order: 1 },
  ]
  wecom.contacts.users = [
    { userid: 'zhoumin', name: '周敏', department: [3] },
    { userid: 'gaoyuan', name: '高远', department: [1] },
    { userid: 'wang', name: '王五', department: [4] },
  ]
})
afterEach(async () => {
  await wecom.close()
  await database.close()
})

/** What the command prints, with the sentence by which it was refused. */
async function opened(settings: Record<string, string> = {}): Promise<string> {
  const config = readConfig({
    ...{ ...KEY, DATABASE_URL: `${database.url}`, WECOM_API_URL: wecom.apiUrl },
    ...{ WECOM_CORP_ID: CORP_ID, WECOM_APP_SECRET: APP_SECRET },
    ...settings,
  })
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await openBank(config, { workbook: null, yes: true, json: false, trial: false, leaving: null })
    return said.mock.calls.flat().join('\n')
  } catch (error) {
    return `${(error as Error).message}`
  } finally {
    said.mockRestore()
  }
}

const accounts = () =>
  database.prisma.$queryRaw<{ line: string }[]>`
    select concat_ws(' ', channel, external_id, code) as line from account
    join staff on staff.id = staff_id where channel <> 'console' order by 1`

test('members get their accounts by name and unit; what weighs is asked of a second person', async () => {
  const shown = await opened()
  expect(shown).toContain('~ M1 周敏: 企业微信账号 WeCom account — → zhoumin')
  expect(shown).toContain('? R1 高远: 企业微信账号 WeCom account — → gaoyuan')
  expect(shown).toContain('对不上工号的成员（请在"人员"表里加上，或填其账号）：王五 wang')
  expect(shown).toContain('离 left 0')
  expect((await accounts()).map(({ line }) => line)).toEqual([
    'wecom-app zhoumin M1',
    'wecom-bot zhoumin M1',
  ])
  expect(await opened()).toContain('没有要改的')
})

test('somebody who is known moves with their department', async () => {
  await opened()
  wecom.contacts.users = [{ userid: 'zhoumin', name: '周敏', department: [4] }]
  expect(await opened()).toContain('~ M1 周敏: 机构 unit T1 → T2')
})

test.each<[string, () => Record<string, string>, string]>([
  [
    'without settings',
    () => ({ WECOM_APP_SECRET: '' }),
    '要先设置 WECOM_CORP_ID 和 WECOM_APP_SECRET',
  ],
  [
    'with a wrong secret',
    () => ({ WECOM_APP_SECRET: 'another secret' }),
    '请核对 WECOM_APP_SECRET',
  ],
  [
    'from an address that WeCom does not trust',
    () => {
      wecom.trusted = false
      return {}
    },
    '企业可信IP',
  ],
  [
    'of departments that the app may not see',
    () => {
      wecom.fail('user/simplelist', { kind: 'error', errcode: 60011 })
      return {}
    },
    '可见范围',
  ],
  [
    'by a service that answers something else',
    () => {
      wecom.contacts.departments = [{ id: 1 }] as never
      return {}
    },
    '看不懂',
  ],
])('is refused %s, with what to mend', async (_how, settings, says) => {
  expect(await opened(settings())).toContain(says)
  expect(await accounts()).toEqual([])
})
