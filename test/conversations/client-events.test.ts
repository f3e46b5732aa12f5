import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doorPage } from '../../src/features/activities/door-page.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('a salon on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('is planned, clients are invited, and each invitation is a task', async () => {
    const input = { name: '春茶沙龙', heldOn: '2026-11-27', startsAt: '14:30', place: '滨江茶馆' }
    await bank.send('L1', { command: 'save-activity', input })
    await bank.send('L1', { command: 'save-activity', input })
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      L1> 客户活动 新建
      [新的客户活动: 名称, 日期, 时间, 地点]
      M1> 邀请 春茶沙龙 张三、赵强
      已列入"春茶沙龙"的邀请：张三、赵强。明天联系。
      M1> 邀请 春茶沙龙 王芳
      有 2 位客户符合"王芳"
      M1> 1
      已列入"春茶沙龙"的邀请：王芳。
      M1> 撤销
      已撤销
      M1> 邀请 春茶沙龙 孙丽
      不做营销、没有邀请：孙丽。
      M1> 邀请 春茶沙龙 钱进
      您名下没有：钱进
      M3> 邀请 春茶沙龙 钱进
      这个客户活动不是您所在机构办的。
      M1> 到场 春茶沙龙 张三
      2026-11-27 才举办
      M1> 客户活动 春茶沙龙
      时间: 周五(11/27) 14:30
      已邀请: 2
      `,
    )
    const tasks = await bank.rows(`
      select client.name, due_on::text as due from task join client on client.id = client_id
      where task.kind = 'campaign' and status = 'open' order by 1`)
    expect(tasks).toEqual([
      { name: '张三', due: '2026-11-24' },
      { name: '赵强', due: '2026-11-24' },
    ])
  })

  test('who comes is noted by a line or by scanning the code at the door, which tells nobody anything', async () => {
    const door = doorPage.routes(bank.app.services)
    const [{ code = '' } = {}] = await bank.rows<{ code: string }>('select code from activity')
    const scan = (phone: string) =>
      door.request(`/${code}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ phone }).toString(),
      })
    expect((await scan('13490010004')).status, 'not on another day').toBe(404)
    bank.setClock('2026-11-27T14:40:00+08:00')
    expect((await door.request(`/${code}`)).status).toBe(200)
    expect((await scan('12')).status).toBe(422)
    const known = await scan('134 9001 0004')
    const stranger = await scan('13800138000')
    expect([known.status, stranger.status]).toEqual([200, 200])
    expect(await known.text()).toBe(await stranger.text())
    expect((await door.request('/aaaaaaaaaaaa')).status).toBe(404)
    await play(
      bank,
      `
      M1> 门口码 春茶沙龙
      春茶沙龙 签到
      M1> 到场 春茶沙龙 张三
      已记到场：张三（春茶沙龙）。
      L1> 客户活动
      春茶沙龙 · 今天 14:30 · 滨江茶馆
      邀请 2，到场 2
      `,
    )
    expect(
      await bank.rows('select via from activity_guest where attended_at is not null order by 1'),
    ).toEqual([{ via: 'line' }, { via: 'scan' }])
    expect(await bank.rows(`select id from client where phone = '+8613800138000'`)).toEqual([])
  })

  test('a year of them is planned in one line, and the name of the series means the next', () =>
    play(
      bank,
      `
      @ 2026-11-30T09:00:00+08:00
      L1> 客户活动 新建 理财课 明年每月第二个周三 下午2点 支行大堂
      已排 12 场，地点 支行大堂。
      理财课第1期 · 2027年1月13日 14:00
      理财课第2期 · 2027年2月10日 14:00 · 休息日
      理财课第12期 · 2027年12月8日 14:00
      L1> 客户活动 新建 茶会 每周六 大堂 到 12月20日
      已排 3 场
      茶会第1期 · 周六(12/5) · 休息日
      茶会第3期
      M1> 邀请 茶会 张三
      已列入"茶会第1期"的邀请：张三。
      L1> 取消客户活动 茶会
      茶会第1期
      已取消。
      L1> 客户活动 茶会
      茶会第2期
      L1> 取消客户活动 茶会 全部
      系列"茶会"从这一场起都已取消。
      L1> 客户活动 新建 早会 每个月 大堂
      多久办一次？比如 每周三、每月第二个周三、每月10日、每季度15日。
      L1> 每月30日
      已排 2 场，地点 大堂。
      早会第1期 · 今天
      早会第2期 · 12月30日
      L1> 客户活动 新建 晨练 每天 大堂
      多久办一次？
      L1> 算了
      L1> 客户活动 新建 春会 2027年2月每周三 下午2点 大堂
      "2027年2月每周三"没看懂，多久办一次？
      L1> 算了
      L1> 客户活动 新建 春会 每周三 2027年2月 下午2点 大堂
      "2027年2月 下午2点 大堂"里哪些是地点？
      L1> 一楼大堂
      已排 5 场，地点 一楼大堂。
      L1> 客户活动 新建 开门会 12/10 大堂 下午2点
      地点: 大堂
      L1> 客户活动 新建 读书会 每季度10日 大堂 到 12月31日
      一场都排不上，没有改动
      L1> new event Salon next year every month on the 31st 2pm hall
      已排 12 场，地点 hall。
      Salon-2 · 2027年2月28日
      `,
    ))
})

test.each(DATABASES)(
  'who is invited to two salons is called once for both, on %s',
  async (kind) => {
    const bank = await openBank(kind)
    for (const [name, heldOn] of [
      ['春茶沙龙', '2026-11-27'],
      ['冬至茶话会', '2026-12-04'],
    ]) {
      const input = { name, heldOn, startsAt: '14:30', place: '滨江茶馆' }
      await bank.send('L1', { command: 'save-activity', input })
    }
    const invitations = () =>
      bank.rows(`select note from task where kind = 'campaign' and status = 'open'`)
    const first = '邀请参加春茶沙龙（2026-11-27，滨江茶馆）'
    await play(bank, 'M1> 邀请 春茶沙龙 张三')
    await play(bank, 'M1> 邀请 冬至茶话会 张三')
    expect(await invitations()).toEqual([
      { note: `${first}；邀请参加冬至茶话会（2026-12-04，滨江茶馆）` },
    ])
    await play(bank, 'M1> 撤销')
    expect(await invitations()).toEqual([{ note: first }])
    await bank.close()
  },
)
