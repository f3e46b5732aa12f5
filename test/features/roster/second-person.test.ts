import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { post } from '../../../src/features/people/post/second-person.ts'
import { lapseRequests } from '../../../src/features/requests/lapse-requests.ts'
import { isDone } from '../../../src/features/roster/open-roster.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import type { Bank } from '../../support/bank.ts'
import { DATABASES, ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { openRosterBank, type RosterBank } from './roster-bank.ts'
import { bankSheets, changed } from './sheets.ts'

const changedOf = (sheets: { 人员: string }, from: string, to: string) => {
  return { 人员: sheets.人员.replace(from, to) }
}

let bank: Bank
let roster: RosterBank
const open = async (kind: Database['kind']) => {
  roster = await openRosterBank(kind)
  bank = roster.bank
  await roster.open(
    bankSheets({ people: 'K2 | 叶青 | 营销 | DM\nR2 | 白露 | 风险 | DR | | r2@bank.cn' }),
  )
  await roster.enrolAll()
}
afterEach(() => bank.close())

const withMore = (people: string) => ({
  人员: `${bankSheets()['人员']}\nK2 | 叶青 | 营销 | DM\n${people}`,
})
const R2 = 'R2 | 白露 | 风险 | DR'
const person = async (code: string) =>
  (await roster.people()).find((line) => line.startsWith(`${code} `))

describe.each(ONE_DATABASE)('what waits for a second person, on %s', (kind) => {
  beforeEach(() => open(kind))

  test.each<[what: string, sheets: () => Readonly<Record<string, string>>, asks: string[]]>([
    ['a new lead', () => withMore(`${R2}\nL9 | 新主管 | 主管 | T1`), ['H0', 'H1']],
    ['a new head', () => withMore(`${R2}\nH9 | 副行长 | 负责人 | B1`), ['H0', 'H1']],
    ['a new officer of marketing', () => withMore(`${R2}\nK9 | 新人 | 营销 | DM`), ['K1', 'K2']],
    ['a new officer of risk', () => withMore(`${R2}\nR9 | 新人 | 风险 | DR`), ['R1', 'R2']],
    ['somebody of risk in another unit', () => withMore('R2 | 白露 | 风险 | HQ'), ['R1']],
    ['another address of risk', () => withMore(`${R2} | | other@bank.cn`), ['R1']],
    ['another account of risk', () => withMore(`${R2} | | | U00000NEW`), ['R1']],
    ['risk that becomes marketing', () => withMore('R2 | 白露 | 营销 | DM'), ['K1', 'K2']],
    [
      'a lead who becomes a manager',
      () => changedOf(withMore(R2), '谢英 | 团队主管', '谢英 | 客户经理'),
      ['H0', 'H1'],
    ],
    ['another name and number of risk', () => withMore(`R2 | 白璐 | 风险 | DR | 13800138009`), []],
  ])('%s waits, and whoever may confirm is told', async (_what, sheets, asks) => {
    const before = asks.length > 0 ? await roster.people() : null
    await bank.told()
    const { awaiting } = await roster.open(sheets())
    expect(awaiting).toHaveLength(asks.length > 0 ? 1 : 0)
    if (before) expect(await roster.people()).toEqual(before)
    else expect((await roster.people()).join()).toContain('R2 白璐 risk /HQ/DR/ +8613800138009')
    const told = await bank.told()
    expect(
      told.filter(({ text }) => text.includes('请第二人确认')).map(({ code }) => code),
    ).toEqual(asks)
    // The same workbook again asks nobody again.
    expect(isDone(await roster.plan(sheets()))).toBe(true)
    await roster.open(sheets())
    expect(await bank.told()).toEqual([])
  })
})

describe.each(DATABASES)('a workbook and the second person, on %s', (kind) => {
  beforeEach(() => open(kind))

  test('it is done once the second person confirms, and everybody concerned hears of it', async () => {
    await roster.open(withMore('R2 | 白露 | 风险 | DR | | other@bank.cn'))
    const told = await bank.told()
    expect(told.find(({ code }) => code === 'R2')?.text).toContain(
      '有人提出变更您的资料：白露（R2）：邮箱 r2@bank.cn → other@bank.cn。要等 高远 确认才生效',
    )
    await play(
      bank,
      `
      R1> 待确认
      管理员（服务器上） 请第二人确认：
      白露（R2）：邮箱 r2@bank.cn → other@bank.cn
      R1> [确认]
      已确认，已生效：白露（R2）：邮箱 r2@bank.cn → other@bank.cn
      R2<
      人员变动已生效：白露（R2）：邮箱 r2@bank.cn → other@bank.cn
      R1> 待确认
      没有待确认的事
      `,
    )
    expect(await person('R2')).toBe('R2 白露 risk /HQ/DR/ other@bank.cn')
    expect(
      await bank.rows(`select command, result, code from act join staff on staff.id = staff_id
        where command = 'confirm-request'`),
    ).toEqual([{ command: 'confirm-request', result: 'done', code: 'R1' }])
    expect(
      await bank.rows(`select status, code from request join staff on staff.id = decided_by`),
    ).toEqual([{ status: 'confirmed', code: 'R1' }])
  })

  test('nobody confirms what is about themselves, nor what is for others', async () => {
    await roster.open(withMore('R2 | 白露 | 风险 | DR | | other@bank.cn'))
    const [request] = await bank.rows<{ id: string }>(`select id from request`)
    const intent = { command: 'confirm-request', input: { requestId: request?.id } }
    for (const code of ['R2', 'K1', 'H0', 'H1', 'L1', 'M1']) await bank.send(code, intent)
    expect(await person('R2')).toBe('R2 白露 risk /HQ/DR/ r2@bank.cn')
    await bank.send('R1', intent)
    expect(await person('R2')).toBe('R2 白露 risk /HQ/DR/ other@bank.cn')
  })

  test('declined or lapsed it is not done; another workbook about the same takes its place', async () => {
    const lead = (unit: string) => withMore(`${R2}\nL9 | 新主管 | 主管 | ${unit}`)
    await roster.open(lead('T1'))
    await roster.open(lead('T2'))
    await play(
      bank,
      `
      H1> 待确认
      没有待确认的事
      H0> 待确认
      新主管（L9）入职：团队主管 · 二队
      H0> [不同意]
      没有改动
      `,
    )
    expect(await person('L9')).toBeUndefined()
    await roster.open(lead('T1'))
    bank.setClock('2026-12-08T09:00:00+08:00')
    await play(bank, `H1> 待确认\n没有待确认的事`)
    await lapseRequests(() => [post]).run(bank.app.services, bank.app.services.moment())
    expect(await bank.rows(`select status from request order by id`)).toEqual(
      ['superseded', 'declined', 'lapsed'].map((status) => ({ status })),
    )
    expect(await person('L9')).toBeUndefined()
  })

  test('what can no longer be done when it is confirmed is refused, and says why', async () => {
    await roster.open(withMore(`${R2}\nL9 | 新主管 | 主管 | T1 | | new@bank.cn`))
    await bank.rows(`update staff set email = 'new@bank.cn' where code = 'M2' returning 1`)
    await play(bank, `H1> 待确认\n新主管\nH1> [确认]\n邮箱或聊天账号已经是 M2 的`)
    expect(await person('L9')).toBeUndefined()
    await bank.rows(`update staff set email = null where code = 'M2' returning 1`)
    await play(bank, `H1> 待确认\n新主管\nH1> [确认]\n已确认`)
    expect(await person('L9')).toBe('L9 新主管 lead /HQ/B1/T1/ new@bank.cn')
  })

  test('where nobody could confirm, the row is faulted', async () => {
    await bank.rows(`update staff set active = false where role in ('head', 'marketing', 'risk')
      returning 1`)
    const { faults } = await roster.plan(changed(['D1 | 林涛 | 条线部门', 'D1 | 林涛 | 营销']))
    expect(faults.map(({ why }) => why.zh).join()).toContain('没有能确认的人')
  })
})
