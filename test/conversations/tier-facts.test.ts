import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('facts and tiers on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('recorded in a line, answered with the new tier, and taken back', async () => {
    await play(
      bank,
      `
      M1> 分层 张三
      B 潜力（暂定） · 今天起
      ✓ 授信 50 万以上：90万（≥ 50万）；✓ 用信率不超过 50%：20%（≤ 50%）
      还缺 6 项，补上后分层可能变化：
      回复"补 张三 治理健全 是 一般纳税人 是"。
      [补充信息] [全部条件] [分层历史]
      M1> 补 张三 用信率 80% 经营 2027-05
      已记 张三：用信率 80%（原 20%）。
      分层随之变动：B 潜力 → D 普惠。
      经营月数的起始日 2027-05-01 在今天（2026-11-23）之后，没有记。
      D 普惠（暂定） · 今天起
      今天 B 潜力 → D 普惠（用信率 80%）
      升到 B 潜力 还需：✗ 用信率不超过 50%：80%（≤ 50%）
      [撤销] [补充信息] [全部条件] [分层历史]
      M1> 补 张三 用信率 80%
      张三 的这些信息和已登记的一样，没有改动。
      M1> 撤销
      已撤销：张三 的信息。
      M1> 分层 张三
      B 潜力（暂定） · 今天起
      M1> [分层历史]
      张三 的分层历史
      变动
      今天 D 普惠 → B 潜力
      今天 B 潜力 → D 普惠
      今天 首次 → B 潜力
      `,
    )
  })

  test('a fact that is kept as a day is called by that in the history', () =>
    play(
      bank,
      `
      M1> 补 王芳 隆盛 经营 2020-05
      已记
      M1> 分层历史 隆盛
      经营自 2021-01-01 → 2020-05-01
      M1> 撤销
      已撤销
      `,
    ))

  test('whatever is unclear is asked, and the rest is kept', async () => {
    await play(
      bank,
      `
      M1> 补 张三 公私分开 是 净资产 320 年开票 410万
      净资产是多少？请写成 320万 或 3200000。
      M1> 320万
      已记 张三：净资产 320万、年开票额 410万。
      分层没有变。
      M1> 补 张三 用信率 120%
      用信率应在 0% 到 100% 之间。
      M1> 补 张三 指数 5
      没听懂
      M1> 补 王芳 存款 5万
      有 2 位客户符合"王芳"
      M1> 2
      已记 王芳：家庭存款 5万。
      `,
    )
  })

  test('a move into A waits for marketing; until then the old tier holds', async () => {
    await play(
      bank,
      `
      M1> 补 张三 治理健全 一般纳税人 年销售 600万 负债率 60%
      已记 张三：治理健全 是、一般纳税人 是、年销售额 600万、资产负债率 60%。
      分层调整已提交审批。
      B 潜力 · 今天起
      待营销部门审批：改为 A 重点（今天提出），批准前仍按原层。
      M1> 查 张三
      分层: B 潜力（A 待批）
      M1> 今日
      张三 · 顺发五金店 · B 潜力（A 待批）
      M1> 补 张三 负债率 90%
      待审批的调整已撤回，分层不变。
      `,
    )
  })

  test('bad news is recorded by risk or a lead, after a question', async () => {
    await play(
      bank,
      `
      M1> 补 张三 恶意逾期 是
      "恶意逾期"由风险部门或团队主管登记，请告诉他们。
      L1> 补 张三 恶意逾期
      "恶意逾期"：是还是否？
      L1> 是
      要把 张三 记为"恶意逾期"吗？
      L1> 1
      已记 张三：恶意逾期 是。
      分层调整已提交审批。
      待风险部门审批：改为 F 淘汰
      L1> 撤销
      已撤销：张三 的信息。
      R1> 补 张三 风险部门指定退出 是
      不能直接填写
      L2> 补 张三 存款 5万
      没有找到"张三"
      S1> 补 张三 存款 5万
      不在您的岗位功能里
      M2> fill Tom car 150000 premises yes
      Recorded of Tom: value of cars CNY 150,000, stable place of business yes.
      `,
    )
  })

  test('the form asks for what is missing and records what is filled in', async () => {
    const id = await bank.clientId('Tom')
    const [card] = await bank.send('M2', { command: 'fact-form', input: { clientId: id } })
    const form = card?.blocks.find((block) => block.kind === 'form')
    const names = form?.kind === 'form' ? form.form.fields.map(({ name }) => name) : []
    expect(names).toContain('creditLimit')
    expect(names).not.toContain('maliciousOverdue')
    const filled = {
      clientId: id,
      creditLimit: '600000',
      usageRate: '20%',
      generalTaxpayer: '否',
      netAssets: '',
    }
    await bank.send('M2', { command: 'record-facts', input: filled })
    await play(bank, 'M2> tier Tom\nB potential')
    const odd = await bank.send('M2', {
      command: 'record-facts',
      input: { clientId: id, luck: 'yes' },
    })
    expect(JSON.stringify(odd)).toContain('There is no fact')
  })

  test('each fact keeps who recorded it and what was there before', async () => {
    const entries = await bank.rows<{
      fact: string
      before: unknown
      after: unknown
      code: string
    }>(
      `select fact, before, after, staff.code from fact_entry
       join staff on staff.id = staff_id join client on client.id = client_id
       where client.name = '张三' and undone_at is null and fact = 'debtRatio' order by fact_entry.id`,
    )
    expect(entries).toEqual([
      { fact: 'debtRatio', before: null, after: 0.6, code: 'M1' },
      { fact: 'debtRatio', before: 0.6, after: 0.9, code: 'M1' },
    ])
  })
})
