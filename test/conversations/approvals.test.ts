import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryMoves, tellMoves } from '../../src/features/tiers/approvals/carry-on.ts'
import { readWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('approvals on %s', (kind) => {
  let bank: Bank
  const run = (job: typeof carryMoves) => job.run(bank.app.services, bank.app.services.moment())
  beforeAll(async () => {
    bank = await openBank(kind)
    // 张三 and 钱进 move to E, which marketing decides, Tom to F, which risk does.
    await play(
      bank,
      `
      M1> 补 张三 指标下滑
      分层调整已提交审批。
      M3> 补 钱进 行业 审慎
      分层调整已提交审批。
      L1> 补 Tom 行业 禁入
      要把 Tom 记为"行业类别"吗？
      L1> 1
      分层调整已提交审批。
      `,
    )
  })
  afterAll(() => bank.close())

  test('approvers hear once, are reminded after two workdays, and their head after four', async () => {
    await bank.told()
    await run(carryMoves)
    await run(carryMoves)
    const first = await bank.told()
    expect(first.map(({ code }) => code).sort()).toEqual(['K1', 'K2', 'R1'])
    expect(first.find(({ code }) => code === 'K1')?.text).toContain('待批共 2 件：新提出 2 件')

    bank.setClock('2026-11-24T08:41:00+08:00')
    await run(carryMoves)
    expect(await bank.told()).toEqual([])
    bank.setClock('2026-11-25T08:41:00+08:00')
    await run(carryMoves)
    const reminded = await bank.told()
    expect(reminded.map(({ code }) => code).sort()).toEqual(['K1', 'K2', 'R1'])
    expect(reminded[0]?.text).toContain('等了 2 个工作日以上')

    await bank.rows(`update staff set unit_id = (select unit_id from staff where code = 'K1')
      where code = 'H1' returning 1`)
    // Above risk there is nobody.
    await bank.rows(`
      with apart as (
        insert into unit (id, code, name, kind, path)
        values (gen_random_uuid(), 'X', '风险中心', 'department', '/X/') returning id)
      update staff set unit_id = apart.id from apart where code = 'R1' returning 1`)
    // Friday, and on Saturday nothing.
    bank.setClock('2026-11-27T08:41:00+08:00')
    await run(carryMoves)
    bank.setClock('2026-11-28T08:41:00+08:00')
    await run(carryMoves)
    const escalated = await bank.told()
    expect(escalated.map(({ code }) => code).sort()).toEqual(['H1', 'K1', 'K2', 'R1'])
    const to = (wanted: string) => escalated.find(({ code }) => code === wanted)?.text
    expect(to('H1')).toBe(
      [
        '营销部门有 2 件分层调整等了 4 个工作日以上还没有决定，请督促 方刚、叶青：',
        '张三 B 潜力 → E 调整 · 周敏',
        '钱进 D 普惠 → E 调整 · 何勇',
      ].join('\n'),
    )
    expect(to('K2')).toContain('等了 4 个工作日以上 2 件，已告知上级。')
    expect(to('R1')).toContain('等了 4 个工作日以上 1 件。')
    bank.setClock('2026-11-30T09:00:00+08:00')
  })

  test('numbers, names and buttons decide; each department only its own', async () => {
    await play(
      bank,
      `
      K1> 批准 1
      请先发"待批"看编号。
      K1> 待批
      待批的分层调整 · 2 件
      B → E 1，D → E 1
      1 张三 · 顺发五金店　B 潜力 → E 调整
      指标下滑、审慎行业或营销部门指定：经营财务发展指标下滑；无明显恶意逾期、重大诉讼和不良嗜好 · 授信 90万 · 周敏 · 11月23日提出
      K1> 批准 3
      清单上没有第 3 件，共 2 件。什么都没有决定。
      K2> 批准 Tom
      Tom 没有等您部门决定的调整。
      M1> 批准 1
      不在您的岗位功能里
      K1> 驳回 2
      为什么驳回？请写理由。
      K1> 行业分类有误
      已驳回 1 件（行业分类有误）：
      钱进 D 普惠 → E 调整
      [待批 1 件]
      M3<
      方刚没有批准您客户的分层调整（行业分类有误），仍按原层：
      钱进 D 普惠 → E 调整
      M3> 分层 钱进
      D 普惠
      按标准应为 E 调整，方刚未批准：行业分类有误。
      K2> 驳回 2 x
      请先发"待批"看编号。
      K1> 驳回 2 再看看
      这些调整已由他人处理或已失效。
      K1> 批准 张三 李四
      没听懂
      K1> 批准 1 季报已核
      已批准 1 件（季报已核），即日生效：
      张三 B 潜力 → E 调整
      M1<
      方刚批准了您客户的分层调整（季报已核）：
      张三 B 潜力 → E 调整
      M1> 分层 张三
      E 调整 · 今天起
      11月23日 B 潜力 → E 调整（经营财务发展指标下滑 是）
      M1> [分层历史]
      11月23日 B 潜力 → E 调整（经营财务发展指标下滑 是）
      标准第 1 版 · 方刚 今天批准（季报已核）
经营财务发展指标下滑 未登记 → 是 · 周敏
      K1> 待批
      没有待批的调整。
      `,
    )
  })

  test('a rejected move is not proposed again by the same facts', async () => {
    await play(
      bank,
      `
      M3> 补 钱进 存款 5万
      分层没有变。
      K1> 待批
      没有待批的调整。
      `,
    )
  })

  test('into F the marketing tasks end, and out of it they begin again', async () => {
    const tasks = () =>
      bank.rows<{ status: string; why: string | null; due: string }>(
        `select task.status, no_next as why, due_on::text as due from task
         join client on client.id = client_id where client.name = 'Tom'`,
      )
    await play(
      bank,
      `
      R1> 待批
      1 Tom　D 普惠 → F 淘汰
      禁入行业 · Lee
      R1> [批准]
      已批准 1 件，即日生效：
      M2> client Tom
      Tier F: no marketing.
      `,
    )
    expect(await tasks()).toEqual([{ status: 'cancelled', why: 'exit-tier', due: '2026-11-23' }])
    await play(bank, 'L1> 补 Tom 行业 一般\n已提交审批')
    await play(bank, 'R1> 全部批准\n共 1 件待批，全部批准吗？\nR1> 1\n已批准 1 件')
    expect(await tasks()).toEqual([{ status: 'open', why: null, due: '2026-11-30' }])
  })

  test('a fact that makes a move moot takes it off the list', async () => {
    await play(
      bank,
      `
      M1> 补 张三 指标下滑 否
      分层调整已提交审批。
      K2> 待批
      E 调整 → B 潜力
      M1> 补 张三 指标下滑 是
      待审批的调整已撤回，分层不变。
      K2> 批准 1
      这些调整已由他人处理或已失效。
      `,
    )
  })

  test('what moved by itself is told to its manager in one message, unless they did it', async () => {
    await bank.told()
    await play(bank, 'L1> 补 王芳 用信 20%\n2 位客户\nL1> 1\n分层随之变动：C 维护 → B 潜力')
    await play(bank, 'M3> 补 钱进 行业 一般\nM3> 补 钱进 授信 60万 用信 20% 有省内住房')
    await bank.told()
    await run(tellMoves)
    await run(tellMoves)
    const told = await bank.told()
    expect(told.map(({ code }) => code)).toEqual(['M1'])
    expect(told[0]?.text).toContain('您有 1 位客户的分层有变：\n王芳 C 维护 → B 潜力')
  })

  test('many are decided at once after their number was said, and long lists come as a workbook', async () => {
    await bank.rows(`
      insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
      select gen_random_uuid(), 'existing', '甲' || n, 'jia', 'j', 'list', staff.id, now()
      from generate_series(1, 30) as n join staff on staff.code = case when n % 2 = 0 then 'M3' else 'M1' end
      returning 1`)
    await bank.rows(`
      insert into client_tier (client_id, tier, decided, provisional, standard_version, since)
      select id, 'B', 'A', false, 1, '2026-11-01' from client where name like '甲%' returning 1`)
    await bank.rows(`
      insert into tier_change (id, client_id, "from", "to", standard_version, changed_on, status, approver_role)
      select gen_random_uuid(), id, 'B', 'A', 1, '2026-11-30', 'pending', 'marketing'
      from client where name like '甲%' returning 1`)
    await play(
      bank,
      `
      K1> 待批
      待批的分层调整 · 30 件
      [全部批准（30）] [还有 22 件] [导出表格]
      K1> [还有 22 件]
      9 甲
      `,
    )
    const [card] = await bank.say('K1', '待批 导出')
    const file = card?.blocks.find((block) => block.kind === 'file')
    const bytes = Buffer.from(file?.kind === 'file' ? file.base64 : '', 'base64')
    const workbook = await readWorkbook('pending.xlsx', bytes)
    expect(workbook.sheets[0]?.rows).toHaveLength(31)
    await bank.told()
    await play(
      bank,
      `
      K1> 批准 29-30
      已批准 2 件，即日生效
      K1> 全部批准 年度重检
      共 28 件待批，全部批准吗？
      K1> 1
      已批准 28 件（年度重检），即日生效：
      还有 20 件
      `,
    )
    const told = (await bank.told()).filter(({ code }) => code === 'M1' || code === 'M3')
    expect(
      told
        .filter(({ text }) => text.includes('还有'))
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['M1', 'M3'])
    const [left] = await bank.rows<{ held: number }>(
      `select count(*)::int as held from client_tier join client on id = client_id
       where name like '甲%' and tier = 'A' and since = '2026-11-30'`,
    )
    expect(left?.held).toBe(30)
  })
})
