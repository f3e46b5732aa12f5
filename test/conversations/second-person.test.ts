/** @module-tag long */

import { afterEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { carryMoves } from '../../src/features/tiers/approvals/carry-on.ts'
import { lapseNamed } from '../../src/features/tiers/nominations/lapse-nominations.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { lastIntent, send } from '../features/import/book.ts'
import { type Bank, type NewTestClient, openBank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

const HOME = {
  industry_class: 'neutral',
  operating_since: '2021-01-01',
  stable_home: true,
  owns_home_in_province: true,
  home_value: 800_000,
}
const NAMES = ['甲子', '乙丑', '丙寅'] as const
const CLIENTS: readonly NewTestClient[] = NAMES.map((name, index) => ({
  name,
  phone: `+861349002000${index}`,
  owner: 'M1',
  facts: HOME,
}))

/** How a move of 甲子 comes about, who made it, and who else is of the department that decides it. */
interface Way {
  readonly way: string
  readonly makes: (bank: Bank) => Promise<unknown>
  readonly maker: string
  readonly other: string
  readonly tier: string
}

const exits = async (bank: Bank) => {
  const template = (await bank.say('R1', '退出名单 模板')).flatMap(({ blocks }) => blocks)
  const file = template.find((block) => block.kind === 'file')
  const empty = await readWorkbook(
    't.xlsx',
    Buffer.from(file?.kind === 'file' ? file.base64 : '', 'base64'),
  )
  const titles = empty.sheets[0]?.rows[0]?.cells ?? []
  const bytes = await writeWorkbook({
    marker: empty.marker,
    sheets: [
      {
        name: empty.sheets[0]?.name ?? '',
        columns: titles.map((title) => ({ title: String(title), width: 20 })),
        rows: [['甲子', '13490020000', null, null, '连续欠息', null]],
      },
    ],
  })
  await send(bank, 'R1', bytes, 'exits.xlsx')
  await bank.send('R1', await lastIntent(bank, 'R1', '确认导入'))
  await bank.app.working.settled()
}

const WAYS: readonly Way[] = [
  {
    way: 'facts recorded by risk',
    makes: (bank) => play(bank, 'R1> 补 甲子 恶意逾期 是\n要把 甲子 记为\nR1> 1\n已提交审批'),
    maker: 'R1',
    other: 'R2',
    tier: 'F 淘汰',
  },
  {
    way: 'facts recorded by marketing',
    makes: (bank) => play(bank, 'K1> 补 甲子 指标下滑\n已提交审批'),
    maker: 'K1',
    other: 'K2',
    tier: 'E 调整',
  },
  {
    way: 'the form of facts',
    makes: async (bank) =>
      bank.send('K1', {
        command: 'record-facts',
        input: { clientId: await bank.clientId('甲子'), trendDeclining: '是' },
      }),
    maker: 'K1',
    other: 'K2',
    tier: 'E 调整',
  },
  {
    way: 'named for adjustment',
    makes: (bank) => play(bank, 'K2> 指定调整 甲子 亏损 至 2027-03-31\n已指定'),
    maker: 'K2',
    other: 'K1',
    tier: 'E 调整',
  },
  {
    way: 'named for exit',
    makes: (bank) => play(bank, 'R1> 指定退出 甲子 连续欠息 至 2027-03-31\n已指定'),
    maker: 'R1',
    other: 'R2',
    tier: 'F 淘汰',
  },
  {
    way: 'named for exit by the list of the year',
    makes: exits,
    maker: 'R1',
    other: 'R2',
    tier: 'F 淘汰',
  },
  {
    way: 'released, by whoever approved the nomination',
    makes: (bank) =>
      play(
        bank,
        `R1> 指定退出 甲子 涉诉 至 2027-03-31
        R2> 批准 甲子
        已批准 1 件
        R1<
        @ 2026-11-24T09:00:00+08:00
        R2> 解除指定 甲子
        已解除`,
      ),
    maker: 'R2',
    other: 'R1',
    tier: 'D 普惠',
  },
  {
    way: 'a fact taken back',
    makes: async (bank) => {
      await play(bank, 'K1> 补 甲子 指标下滑\n@ 2026-11-23T08:12:00+08:00\nK2> 批准 甲子\nK2<')
      bank.setClock('2026-11-23T08:15:00+08:00')
      await play(bank, 'K1> 撤销')
    },
    maker: 'K1',
    other: 'K2',
    tier: 'D 普惠',
  },
]

describe.each(ONE_DATABASE)('whoever made a move does not decide it, on %s', (kind) => {
  let bank: Bank
  const open = async () => {
    bank = await openBank(kind, CLIENTS)
    await hire(bank, 'R2', '沈月', 'risk', 'HQ')
  }
  const said = async (code: string, line: string) => (await bank.say(code, line)).map(render).join()
  const tierOf = async () =>
    (
      await bank.rows<{ tier: string }>(
        `select tier from client_tier join client on client.id = client_id where name = '甲子'`,
      )
    )[0]?.tier
  afterEach(() => bank.close())

  test.each(WAYS)('$way', async ({ makes, maker, other, tier }) => {
    await open()
    await makes(bank)
    const before = await tierOf()
    // The others of the department hear of it at once, and only they.
    const told = await bank.told()
    const heard = told.filter(({ text }) => text.includes('甲子') && text.includes('待您'))
    expect(heard.map(({ code }) => code)).toEqual([other])
    // In words, by number, all at once, by a button that stands from before.
    const [pending] = await bank.rows<{ id: string }>(
      `select id from tier_change where status = 'pending'`,
    )
    expect(await said(maker, '批准 甲子')).toContain('请同事决定')
    const list = await said(maker, '待批')
    expect(list).toContain('须由同事决定')
    expect(list).not.toContain('[批准]')
    expect(await said(maker, '批准 1')).toContain('请同事决定')
    expect(await said(maker, '驳回 1 再看看')).toContain('请同事决定')
    expect(await said(maker, '全部批准')).toContain('请同事决定')
    for (const command of ['approve', 'approve-all', 'reject']) {
      const input = { ids: [pending?.id], all: command === 'approve-all' || undefined, count: 1 }
      await bank.send(maker, { command, input: { ...input, reason: '看过' } })
    }
    expect(await tierOf()).toBe(before)
    await play(
      bank,
      `${other}> 待批\n1 甲子　\n→ ${tier}\n${other}> [批准]\n已批准 1 件，即日生效：`,
    )
    expect(await tierOf()).toBe(tier.slice(0, 1))
  })

  test.each([
    ['by a manager, for marketing', 'M1> 补 甲子 指标下滑\n已提交审批', 'K1', 'E'],
    ['by a lead, for risk', 'L1> 补 甲子 恶意逾期 是\nL1> 1\n已提交审批', 'R1', 'F'],
    ['by marketing, for risk', 'K1> 补 甲子 行业 禁入\nK1> 1\n已提交审批', 'R1', 'F'],
  ])('facts recorded %s are approved as ever', async (_, makes, approver, tier) => {
    await open()
    await play(bank, makes)
    expect((await bank.told()).filter(({ text }) => text.includes('待您'))).toEqual([])
    await play(bank, `${approver}> 待批\n1 甲子　\n${approver}> [批准]\n已批准 1 件，即日生效：`)
    expect(await tierOf()).toBe(tier)
  })

  test('what was recorded before the tier in force, or taken back since, is nobody’s move', async () => {
    await open()
    await play(
      bank,
      `
      K1> 补 甲子 指标下滑
      @ 2026-11-23T09:00:00+08:00
      K2> 批准 甲子
      已批准 1 件
      @ 2026-11-23T09:10:00+08:00
      M1> 补 甲子 指标下滑 否
      已提交审批
      K1> 批准 甲子
      已批准 1 件
      @ 2026-11-23T09:20:00+08:00
      K1> 补 甲子 存款 5万
      K1> 撤销
      M1> 补 甲子 指标下滑
      已提交审批
      K1> 批准 甲子
      已批准 1 件
      `,
    )
  })

  test('a nomination that lapsed was ended by nobody', async () => {
    await open()
    await play(bank, 'R1> 指定退出 甲子 涉诉 至 2027-03-31\nR2> 批准 甲子\n已批准 1 件')
    bank.setClock('2027-04-01T04:21:00+08:00')
    await lapseNamed.run(bank.app.services, bank.app.services.moment())
    await play(bank, 'R1> 批准 甲子\n已批准 1 件')
  })

  test('of several, those of one’s own are left out, with why', async () => {
    await open()
    await play(
      bank,
      `
      R1> 指定退出 甲子 连续欠息 至 2027-03-31
      R2> 指定退出 乙丑 连续欠息 至 2027-03-31
      L1> 补 丙寅 恶意逾期 是
      L1> 1
      R1> 待批
      待批的分层调整 · 3 件
      甲子
      您指定的，须由同事决定
      [全部批准（2）]
      R1> 批准 1-3 已核
      已批准 2 件（已核），即日生效：
      甲子：您指定的，请同事决定。
      R2> 补 丙寅 恶意逾期 否
      R2> 全部批准
      共 1 件待批，全部批准吗？
      丙寅：您登记的信息
      R2> 1
      已批准 1 件
      丙寅：您登记的信息，请同事决定。
      R1> 全部批准
      共 1 件待批
      R1> 1
      已批准 1 件
      `,
    )
  })

  test('alone in the department, one is told that a second person is needed', async () => {
    bank = await openBank(kind, CLIENTS)
    await play(
      bank,
      `
      R1> 指定退出 甲子 连续欠息 至 2027-03-31
      本部门没有第二位同事
      R1> 批准 甲子
      本部门没有第二位同事
      R1> 补 甲子 存款 5万
      分层没有变
      `,
    )
  })

  test('the reminders count for each what they may decide', async () => {
    await open()
    await play(bank, 'R1> 指定退出 甲子 连续欠息 至 2027-03-31')
    await play(bank, 'L1> 补 丙寅 恶意逾期 是\nL1> 1\n已提交审批')
    await bank.told()
    await carryMoves.run(bank.app.services, bank.app.services.moment())
    const first = new Map((await bank.told()).map(({ code, text }) => [code, text]))
    expect(first.get('R1')).toContain('待批共 1 件：新提出 1 件')
    expect(first.get('R2')).toContain('待批共 2 件：新提出 1 件')
    bank.setClock('2026-11-25T08:41:00+08:00')
    await play(bank, 'R2> 批准 丙寅\n已批准 1 件')
    await bank.told()
    await carryMoves.run(bank.app.services, bank.app.services.moment())
    const later = await bank.told()
    expect(later.map(({ code }) => code)).toEqual(['R2'])
    expect(later[0]?.text).toContain('等了 2 个工作日以上 1 件')
  })
})
