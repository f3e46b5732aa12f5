import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { newId } from '../../../../src/core/ids.ts'
import { settle, settlePoints } from '../../../../src/features/referrals/points/ledger/settle.ts'
import { sharesOf } from '../../../../src/features/referrals/points/payout/store.ts'
import { holdLedger, putRule, rulesSince } from '../../../../src/features/referrals/points/store.ts'
import { personFile } from '../../../../src/features/referrals/privacy/person-file.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { DATABASES, ONE_DATABASE } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'
import { visitorsOf } from '../../../support/visitor.ts'

const VISITOR = { consent: 'yes', business: '', need: '' }

/** The job of the morning. */
const morning = ({ app: { services } }: Bank) => settlePoints.run(services, services.moment())

const ledger = (bank: Bank) =>
  bank.rows<{ stage: string; round: number; kind: string; points: number }>(
    'select stage, round, kind, points from points_posting order by posted_at, stage, kind',
  )

describe.each(DATABASES)('points from a rule to the end on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('are earned stage by stage, taken back with the loan, and earned again with the next', async () => {
    const visitors = visitorsOf(bank)
    await play(
      bank,
      `
      K1> 谢礼 规则 今年 留信息 10 联系 20 放款 100 预算 1000 给 员工
      K2> 待确认
      K2> [确认]
      `,
    )
    const path = await visitors.linkOf('S1', '我的码')
    const phone = '13800138000'
    await visitors.from('203.0.113.1').leave(path, { ...VISITOR, name: '李四', phone })
    await morning(bank)
    await morning(bank)
    expect(await ledger(bank)).toEqual([{ stage: 'details', round: 1, kind: 'earned', points: 10 }])
    await play(
      bank,
      `
      @ 2026-11-24T09:00:00+08:00
      M3> 李四 有意向 30万 明天
      L2> 放款 李四 授信 20万 至 2027-11-30 账号 6228001
      `,
    )
    await morning(bank)
    await play(bank, 'K1> 谢礼\n已计 130 分，还剩 870 分\nL2> 撤销')
    await morning(bank)
    await play(
      bank,
      `
      K1> 谢礼
      已计 30 分，还剩 970 分
      @ 2026-11-25T09:00:00+08:00
      L2> 放款 李四 授信 25万 至 2027-11-30 账号 6228002
      `,
    )
    await morning(bank)
    expect((await ledger(bank)).slice(1)).toEqual([
      { stage: 'contact', round: 1, kind: 'earned', points: 20 },
      { stage: 'loan', round: 1, kind: 'earned', points: 100 },
      { stage: 'loan', round: 1, kind: 'taken-back', points: -100 },
      { stage: 'loan', round: 2, kind: 'earned', points: 100 },
    ])
    await expect(bank.rows('update points_posting set points = points * 2')).rejects.toThrow()
  })

  test('are nobody’s for themselves, for whom the bank knew, or by a rule not for them', async () => {
    const visitors = visitorsOf(bank)
    await play(
      bank,
      `
      K1> 谢礼 规则 今年 留信息 10 预算 1000 给 员工
      K2> 待确认
      K2> [确认]
      `,
    )
    const own = await visitors.linkOf('S1', '我的码')
    const manager = await visitors.linkOf('M1', '我的码')
    const leave = (from: string, path: string, name: string, phone: string) =>
      visitors.from(from).leave(path, { ...VISITOR, name, phone })
    await leave('203.0.113.1', own, '赵强', '13490010004')
    await leave('203.0.113.2', manager, '钟六', '13800138002')
    await leave('203.0.113.3', own, '李四', '13800138003')
    await morning(bank)
    expect(await ledger(bank)).toHaveLength(1)
    await bank.rows(
      `update client set entered_at = entered_at - interval '1 day' where name = '李四'`,
    )
    await morning(bank)
    expect((await ledger(bank)).map((each) => each.kind)).toEqual(['earned', 'taken-back'])
  })
})

describe.each(ONE_DATABASE)('the ledger of points on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const put = (budget: number, ceiling: number | null) =>
    bank.database.transaction(async (tx) => {
      const at = bank.app.services.moment()
      await holdLedger(tx)
      const terms = {
        ...{ fromDay: day('2026-01-01'), untilDay: day('2026-12-31'), unitPath: '/HQ/' },
        ...{ points: { details: 7, contact: 0, loan: 0 }, earners: ['staff', 'managers'] as const },
        ...{ budget, ceiling },
      }
      await putRule(tx, terms, await rulesSince(tx, at.today), at)
    })
  const settled = () => bank.database.transaction((tx) => settle(tx, bank.app.services.moment()))
  /** Somebody who left details by the link of one of these. */
  async function comes(code: string, onDay: string): Promise<void> {
    const [client, entry, link] = [newId(), newId(), newId()]
    await bank.rows(`insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
      select '${client}', 'prospect', '来客', 'laike', 'lk', 'referral', id, '${onDay}' from staff where code = 'M3'`)
    await bank.rows(`insert into referral_link (id, code, staff_id, campaign_id, created_at)
      select '${link}', '${link.slice(-8)}', id, '${link}', '${onDay}' from staff where code = '${code}'`)
    await bank.rows(`insert into referral_entry (id, link_id, client_id, status, credit, consent_version, entered_at)
      values ('${entry}', '${link}', '${client}', 'accepted', 'first', 1, '${onDay}')`)
  }
  const withdrawOne = () =>
    bank.rows(`update referral_entry set status = 'withdrawn'
      where id = (select id from referral_entry where status = 'accepted' order by id limit 1)`)

  /** What each referrer has of a month, and all of them. */
  const standing = async () => {
    const rows = await bank.rows<{ points: number; most: number }>(`
      select sum(points)::int as points, sum(sum(points)) over ()::int as most
      from points_posting join referral_entry on referral_entry.id = entry_id
      join referral_link on referral_link.id = link_id
      group by staff_id, date_trunc('month', entered_at)`)
    return { all: rows[0]?.most ?? 0, most: Math.max(0, ...rows.map(({ points }) => points)) }
  }

  test('never overdraws a budget nor a month, whatever comes and goes in whatever order', async () => {
    const comer = fc.record({
      comes: fc.constantFrom('S1', 'M1', 'M2'),
      on: fc.constantFrom('2026-11-23', '2026-11-24', '2026-12-01'),
    })
    const step = fc.oneof(
      { weight: 4, arbitrary: comer },
      { weight: 1, arbitrary: fc.constant('withdraws' as const) },
      { weight: 2, arbitrary: fc.constant('twice at once' as const) },
    )
    await put(40, 15)
    bank.setClock('2026-12-02T06:20:00+08:00')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
        for (const each of steps) {
          if (each === 'withdraws') await withdrawOne()
          else if (each === 'twice at once') await Promise.all([settled(), settled()])
          else await comes(each.comes, each.on)
        }
        await settled()
        const { all, most } = await standing()
        expect(all).toBeLessThanOrEqual(40)
        expect(most).toBeLessThanOrEqual(15)
        expect(
          await bank.rows(`select entry_id from points_posting group by entry_id, stage
            having sum(points) not in (0, 7)`),
        ).toEqual([])
        await settled()
        expect(await standing()).toEqual({ all, most })
      }),
      { numRuns: 6 },
    )
  })

  test('is seen by whom a rule is for, of a client by them alone, and is in the file of their data', async () => {
    await play(
      bank,
      `
      S1> 我的转介
      K1> 谢礼 规则 今年 留信息 10 预算 1000 给 客户
      K2> 待确认
      K2> [确认]
      `,
    )
    const visitors = visitorsOf(bank)
    const card = JSON.stringify(await bank.say('M3', '转介 钱进'))
    const path = card.match(/\/r(\/[a-z0-9]{8})"/)?.[1] ?? ''
    const own = card.match(/\/r(\/mine\/[\w-]{24})"/)?.[1] ?? ''
    const page = async () => (await visitors.from('203.0.113.20').open(own)).text()
    for (const n of [0, 1, 2]) {
      expect(await page(), 'of fewer than three points would tell of a friend').not.toContain(
        '积分',
      )
      await visitors
        .from(`203.0.113.3${n}`)
        .leave(path, { ...VISITOR, name: '友人', phone: `1380013810${n}` })
      await morning(bank)
    }
    expect(await page()).toContain('您的转介积分：30 分。')
    const said = async (code: string) => JSON.stringify(await bank.say(code, '我的转介'))
    expect(await said('M3'), 'no rule for managers').not.toContain('积分')
    await bank.rows('update points_rule set managers = true')
    expect(await said('M3')).toContain('积分，至今')
    const { tables } = await personFile(bank.database.prisma, await bank.clientId('钱进'))
    expect(tables['points_posting']).toHaveLength(3)
    await bank.rows(`update referral_link set client_id = null`)
    expect(
      await sharesOf(bank.database.prisma, { from: null, until: day('2026-12-31') }),
      'of whom is erased nobody is paid',
    ).toEqual([])
  })

  test('tells marketing once of a budget that is used up, and goes on where it is raised', async () => {
    await put(10, null)
    for (const code of ['S1', 'M1']) await comes(code, '2026-11-23')
    await bank.told()
    await morning(bank)
    await play(bank, 'K1<\n的预算 10 分已用完')
    await morning(bank)
    expect(await bank.told()).toEqual([])
    expect((await standing()).all).toBe(7)
    await put(100, null)
    await morning(bank)
    expect((await standing()).all).toBe(14)
  })
})
