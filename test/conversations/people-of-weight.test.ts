import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('people of weight come, move and leave, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    await hire(bank, 'H0', '行长', 'head', 'HQ')
  })
  afterEach(() => bank.close())

  const place = async (code: string) => {
    const [found] = await bank.rows<{ place: string }>(`
      select concat_ws(' ', role, unit.code, case when active then null else 'left' end) as place
      from staff join unit on unit.id = unit_id where staff.code = '${code}'`)
    return found?.place ?? null
  }

  test('a lead comes once another head confirms; a manager at once', async () => {
    await play(
      bank,
      `
      H1> 入职 M9 新人 一队
      已登记：新人（M9）· 一队。
      H1> 入职 L9 李英 主管 一队
      这要第二个人确认：已请 行长 确认，14 天内有效；确认前不生效。
      H1> 待确认
      您提出、等别人确认的
      李英（L9）入职：团队主管 · 一队
      H0<
      唐宁 请第二人确认：
      李英（L9）入职：团队主管 · 一队
      `,
    )
    expect(await place('L9')).toBeNull()
    await play(
      bank,
      `
      H0> 待确认
      李英（L9）入职
      H0> [确认]
      已确认，已生效：李英（L9）入职：团队主管 · 一队
      H1<
      行长 已确认，已生效
      H1> 开通 L9
      绑定码
      `,
    )
    expect([await place('L9'), await place('M9')]).toEqual(['lead T1', 'manager T1'])
  })

  test('marketing, risk and line officers come by a head, with their own as the second person', async () => {
    await play(
      bank,
      `
      H0> 入职 K9 新人 营销 HQ
      已请 方刚、叶青 确认
      H0> 入职 R9 新人 风险 HQ
      已请 高远 确认
      H0> 入职 D9 新人 条线 公司金融部
      已请 方刚、叶青、高远 确认
      K2> 待确认
      新人（K9）入职：营销管理 · 总行
      新人（D9）入职：条线部门 · 公司金融部
      K2> [确认]
      已确认，已生效：新人（K9）
      `,
    )
    expect([await place('K9'), await place('R9')]).toEqual(['marketing HQ', null])
  })

  test('a manager becomes a lead, and a lead goes to another team', async () => {
    await play(
      bank,
      `
      H1> 调岗 M3 一队 主管
      已请 行长 确认
      H1> 调岗 L2 T1
      已请 行长 确认
      L2<
      有人提出变更您的资料：石磊（L2）：机构 二队 → 一队。要等 行长 确认才生效
      H0> 待确认
      何勇（M3）：岗位 客户经理 → 团队主管，机构 二队 → 一队
      石磊（L2）：机构 二队 → 一队
      `,
    )
    expect([await place('M3'), await place('L2')]).toEqual(['manager T2', 'lead T2'])
    const requests = await bank.rows<{ id: string }>(`select id from request order by id`)
    for (const { id } of requests) {
      await bank.send('H0', { command: 'confirm-request', input: { requestId: id } })
    }
    expect([await place('M3'), await place('L2')]).toEqual(['lead T1', 'lead T1'])
  })

  test('risk leaves once a colleague of another duty confirms; nobody lets themselves or a boss go', async () => {
    await play(
      bank,
      `
      H0> 离职 R1
      已请 方刚、叶青 确认
      K1> 待确认
      高远（R1）离职：风险管理 · 总行
      K1> [不同意]
      没有改动
      H0> 离职 H0
      您的团队里没有"H0"
      H1> 离职 H0
      您的团队里没有"H0"
      L1> 离职 L1
      您的团队里没有
      `,
    )
    expect(await place('R1')).toBe('risk HQ')
    await play(bank, `H0> 离职 R1\n已请\nK1> 待确认\n高远\nK1> [确认]\n已生效`)
    expect(await place('R1')).toBe('risk HQ left')
    expect(await bank.rows(`select 1 from account where external_id = 'R1'`)).toEqual([])
  })

  test('where nobody could confirm, it is refused; a lead registers no other lead', async () => {
    await bank.rows(`update staff set active = false
      where role in ('head', 'marketing', 'risk') and code <> 'H0' returning 1`)
    await play(
      bank,
      `
      H0> 入职 L9 李英 主管 一队
      行里没有能确认的人
      L1> 入职 L8 王英 主管
      团队主管由上级负责人登记
      L1> 入职 S8 王英 员工
      已登记：王英（S8）· 员工 · 一队
      `,
    )
    expect(await bank.rows(`select 1 from request`)).toEqual([])
  })
})
