import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { referralLines } from '../../../src/features/desk/store.ts'
import { type Bank, MONDAY, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { visitorsOf } from '../../support/visitor.ts'

const VISITOR = { consent: 'yes', business: '', need: '' }

describe.each(ONE_DATABASE)('from a scan to a grant on %s', (kind) => {
  let bank: Bank
  let visitors: ReturnType<typeof visitorsOf>
  beforeAll(async () => {
    bank = await openBank(kind)
    visitors = visitorsOf(bank)
  })
  afterAll(() => bank.close())

  test('who scans, taps, previews and crawls is told apart, and each visitor counts once', async () => {
    const path = await visitors.linkOf('S1', '我的码')
    const one = visitors.from('203.0.113.1')
    const other = visitors.from('203.0.113.2')
    await one.open(`${path}/q`)
    await one.open(`${path}/q`)
    await other.open(path)
    await visitors.from('203.0.113.3', 'facebookexternalhit/1.1').open(path)
    await visitors.from('203.0.113.4', 'curl/8.5.0').open(path)
    await other.open(path, { 'sec-purpose': 'prefetch' })
    await visitors.routes.request(path, { method: 'HEAD' })
    await play(bank, 'S1> 我的转介\n打开: 2 人（扫码 1，点链接 1）\n留下信息: 0')
  })

  test('the first referrer has the credit, hears of every step, and a later one is told why not', async () => {
    const first = await visitors.linkOf('S1', '我的码')
    const later = await visitors.linkOf('K1', '我的码')
    const phone = '13800138000'
    await visitors
      .from('203.0.113.1')
      .leave(`${first}/q`, { ...VISITOR, name: '李四', phone, need: '进货 30万' })
    await play(bank, 'S1<\n有人通过您的转介码留下了联系方式，已交给客户经理跟进')
    await visitors.from('203.0.113.2').leave(later, { ...VISITOR, name: '李四', phone })
    await play(
      bank,
      `
      K1<
      这位此前已有人转介，90 天内归首位转介人
      K1> 我的转介
      留下信息: 1
      已联系: 0
      一位客户 · 等待联系 · 此前已有人转介，90 天内归首位
      S1> 我的转介
      打开: 2 人
      留下信息: 1
      一位客户 · 等待联系
      `,
    )
    await play(
      bank,
      `
      @ 2026-11-24T09:00:00+08:00
      M3> 今日
      1 李四
      M3> 1 有意向 30万 明天
      @ 2026-11-25T09:00:00+08:00
      M3> 今日
      M3> 1 已申请
      @ 2026-11-27T09:00:00+08:00
      M3> 今日
      M3> 1 已放款
      已记：李四 已放款
      S1<
      M3> 撤销
      已撤销：李四 的结果
      @ 2026-11-27T10:00:00+08:00
      S1<
      M3> 今日
      M3> 1 已放款
      `,
    )
    expect(await bank.told()).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ code: 'S1' })]),
    )
    await play(
      bank,
      `
      @ 2026-11-27T10:11:00+08:00
      S1<
      您转介的一位客户放款了，谢谢。
      S1> 我的转介
      已联系: 1
      已申请: 1
      已放款: 1，一般 4 天
      一位客户 · 已放款
      K1> 我的转介
      已放款: 0
      L2> 转介统计 按人
      没有
      `.replace('没有', '这段时间还没有转介'),
    )
  })

  test('a client’s referral goes through the manager, who is asked to thank the client', async () => {
    bank.setClock(MONDAY)
    const path = await visitors.linkOf('M1', '转介 张三')
    await visitors
      .from('203.0.113.9')
      .leave(path, { ...VISITOR, name: '老周', phone: '13800138001' })
    await play(
      bank,
      `
      M1> 今日
      1 老周
      M1> 1 已放款
      @ 2026-11-23T09:30:00+08:00
      M1<
      张三 转介来的一位客户放款了。请替银行谢谢 张三
      M1> 我的转介
      老周 · 张三介绍 · 已放款
      `,
    )
  })

  test('leads rank their people, marketing sees everybody, by unit, campaign and month', async () => {
    await play(
      bank,
      `
      @ 2026-11-27T12:00:00+08:00
      L1> 转介统计
      转介统计 · 本月
      谁 | 打开 | 留信息 | 已联系 | 已申请 | 已放款 | 天数
      1 张三* | 1 | 1 | 1 | 1 | 1 | 0
      合计 | 1 | 1 | 1 | 1 | 1
      放款按登记，尚未核实
      K1> 转介统计 按机构 11月
      总行 | 2 | 2 | 1 | 1 | 1 | 4
      城东支行 | 1 | 1 | 1 | 1 | 1 | 0
      K1> 转介统计 按月
      2026-11 | 3 | 3 | 2 | 2 | 2
      K1> 转介统计 按活动 上月
      这段时间还没有转介
      K1> 转介统计 按活动
      通用 |
      M1> 转介统计
      不在您的岗位功能里
      `,
    )
  })

  test('what a facility confirms is counted beside what managers only logged', async () => {
    await play(
      bank,
      `
      L1> 放款 老周 信用贷 30万 至 2027-11-30 账号 JD2026112701
      已确认放款
      K1> 转介统计 按机构 11月
      城东支行 | 1 | 1 | 1 | 1 | 1（登记 1） | 0
      总行 | 2 | 2 | 1 | 1 | 0（登记 1） | 4
      合计 | 3 | 3 | 2 | 2 | 1（登记 2）
      M1> 我的转介 至今
      已放款: 1（登记 1），一般 0 天
      `,
    )
    const lines = await referralLines(
      bank.database.prisma,
      '/HQ/',
      day('2026-11-01'),
      'Asia/Shanghai',
      9,
    )
    expect(lines.map(({ referrer, granted, confirmed }) => [referrer, granted, confirmed])).toEqual(
      [
        ['张**', 1, 1],
        ['白露', 1, 0],
        // Whom somebody else recommended first.
        ['方刚', 0, 0],
      ],
    )
  })

  test('after ninety days the credit is free again', async () => {
    bank.setClock('2027-02-25T10:00:00+08:00')
    const later = await visitors.linkOf('L1', '我的码')
    await visitors
      .from('203.0.113.40')
      .leave(later, { ...VISITOR, name: '李四', phone: '13800138000' })
    const credits = await bank.rows<{ credit: string; returning: boolean }>(
      `select credit, "returning" from referral_entry join client on client.id = client_id
       where client.phone = '+8613800138000' order by referral_entry.id`,
    )
    expect(credits).toEqual([
      { credit: 'first', returning: false },
      { credit: 'later', returning: true },
      { credit: 'first', returning: true },
    ])
  })

  test('whoever has left keeps the credit; newcomers go to a colleague of the same team', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    await bank.rows(`update staff set active = false, left_on = '2027-02-26' where code = 'M1'`)
    bank.setClock('2027-02-26T10:00:00+08:00')
    const visitor = visitors.from('203.0.113.50')
    const page = await (await visitor.open(path)).text()
    expect(page).toContain('周敏 推荐')
    expect(page).not.toContain('为您服务')
    await visitor.leave(path, { ...VISITOR, name: '小陈', phone: '13800138009' })
    const [entry] = await bank.rows(
      `select owner.code as owner, referrer.code as referrer, credit
       from referral_entry join client on client.id = referral_entry.client_id
       join staff as owner on owner.id = client.owner_id
       join referral_link as link on link.id = link_id
       join staff as referrer on referrer.id = link.staff_id
       where client.phone = '+8613800138009'`,
    )
    expect(entry).toEqual({ owner: 'M2', referrer: 'M1', credit: 'first' })
    await bank.rows(`update staff set active = true, left_on = null where code = 'M1'`)
  })

  test('a client who recommends sees by an address of their own how many came, and nobody’s name', async () => {
    const card = JSON.stringify(await bank.say('M3', '转介 钱进'))
    const path = card.match(/\/r(\/[a-z0-9]{8})"/)?.[1] ?? ''
    const own = card.match(/\/r(\/mine\/[\w-]{24})"/)?.[1] ?? ''
    expect(JSON.stringify(await bank.say('M3', '转介 钱进')), 'the same at every asking').toContain(
      own,
    )
    const seen = async () => {
      const answer = await visitors.from('203.0.113.20').open(own)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      return [...(await answer.text()).matchAll(/<strong>(\d+) 人<\/strong> ([^<]+)/g)].map(
        ([, count, what]) => `${what} ${count}`,
      )
    }
    expect(await seen()).toEqual(['打开过您的链接 0', '留下了联系方式 0', '客户经理已联系 0'])
    for (const [index, name] of ['友一', '友二', '友三'].entries()) {
      await visitors
        .from(`203.0.113.${30 + index}`)
        .leave(path, { ...VISITOR, name, phone: `1380013809${index}` })
      if (index === 0) await play(bank, 'M3> 友一 已申请\n已记')
      if (index === 1) {
        expect(await seen()).toEqual(['打开过您的链接 2', '留下了联系方式 2', '客户经理已联系 1'])
      }
    }
    expect(await seen(), 'of three, who applied is nobody by name').toEqual([
      '打开过您的链接 3',
      '留下了联系方式 3',
      '客户经理已联系 1',
      '已申请 1',
      '已放款 0',
    ])
    const page = await (await visitors.from('203.0.113.20').open(own)).text()
    expect(page).not.toMatch(/友一|钱进|1380013809|积分/)
    expect((await visitors.from('203.0.113.21').open(`/mine/${'a'.repeat(24)}`)).status).toBe(404)
    expect((await visitors.from('203.0.113.21').open('/mine/x')).status).toBe(404)
    expect(JSON.stringify(await bank.say('M3', '我的码'))).not.toContain('/mine/')
    await bank.send('M3', { command: 'end-code', input: { code: path.slice(1) } })
    expect((await visitors.from('203.0.113.21').open(own)).status).toBe(410)
  })

  test('a newcomer goes to whoever is here and hears of it, before the nearest and the least busy', async () => {
    const path = await visitors.linkOf('S1', '我的码')
    await bank.rows(
      `delete from account where staff_id = (select id from staff where code = 'M2') returning 1`,
    )
    await bank.rows(`insert into absence (id, act_id, staff_id, stand_in_id, from_day, until_day, entered_at)
      select gen_random_uuid(), gen_random_uuid(), away.id, other.id, '2026-11-20', '2027-12-31', now()
      from staff as away, staff as other where away.code = 'M3' and other.code = 'M1' returning 1`)
    await visitors
      .from('203.0.113.9')
      .leave(path, { ...VISITOR, name: '白晓', phone: '13800138077' })
    const owner = () =>
      bank.rows(`select staff.code from client join staff on staff.id = owner_id where client.name in ('白晓', '白月')
        order by client.name desc`)
    expect(await owner()).toEqual([{ code: 'M1' }])
    // Where everybody is away or hears of nothing, it waits for somebody all the same.
    await bank.rows(
      `delete from account where staff_id in (select id from staff where role = 'manager') returning 1`,
    )
    await visitors
      .from('203.0.113.10')
      .leave(path, { ...VISITOR, name: '白月', phone: '13800138078' })
    expect(await owner()).toHaveLength(2)
  })
})
