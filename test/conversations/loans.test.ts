import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../../src/features/facilities/claims/ask-claims.ts'
import { pass } from '../../src/features/facilities/night/pass-day.ts'
import { night } from '../../src/features/tasks/care/run-night.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('the life of a loan on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  const kindOf = async (name: string) =>
    (await bank.rows<{ kind: string }>(`select kind from client where name = '${name}'`))[0]?.kind
  const asked = async () => {
    await bank.told()
    await ask(bank.app.services, bank.app.services.moment())
    return bank.told()
  }

  test('a manager claims it, somebody else confirms it, and undo takes it back', async () => {
    await play(
      bank,
      `
      L1> 指标 本月 M1 放款 5
      M1> 今日
      M1> 4 已放款 信用贷 30万
      已记：赵强 已放款
      M1> 指标
      放款 1/5（按登记，尚未核实）
      M1> 放款 赵强 30万 至 2027-11-30 账号 6228001
      不在您的岗位功能里
      L1> 放款 赵强 28万 至 2027-11-30
      请写账号或合同号，例如"放款 赵强 30万 至 2027-11-30 账号 6228001"；没有账号就附合同照片。
      L1> 放款 赵强 28万 至 2025-11-30 账号 6228001
      哪天到期
      L1> 2027-11-30
      已确认放款：赵强 信用贷 28万，至 2027年11月30日（…8001）。
      周敏 今天登记的是 30万。
      现在是存量客户，按分层安排回访。
      M1> 指标
      放款 1/5（登记 1，确认 28万）
      M1<
      谢英确认了 赵强 的放款：信用贷 28万，至 2027年11月30日（…8001）。
      `,
    )
    expect(await kindOf('赵强')).toBe('existing')
    await play(bank, 'L1> 撤销\n已撤销：赵强 的放款确认。')
    expect(await kindOf('赵强')).toBe('prospect')
  })

  test('nobody confirms what they claimed themselves', async () => {
    await bank.rows(`
      insert into outcome (id, act_id, client_id, staff_id, kind, stage, logged_on, logged_at)
      select gen_random_uuid(), gen_random_uuid(), client.id, staff.id, 'granted', 'granted', '2026-11-23', now()
      from client, staff where client.name = 'Tom' and staff.code = 'L1'`)
    await play(
      bank,
      `
      L1> 放款 Tom 20万 至 2027-11-30 账号 6228002
      Tom 的放款是您登记的，要由另一位主管或负责人确认。
      H1> 放款 Tom 授信 20万 至 2027-11-30 合同号 HT-6228002
      已确认放款：Tom 信用贷 20万，至 2027年11月30日（…8002）。
      L1> 放款 张三 20万 至 2027-11-30 账号 HT-6228002
      这个账号已登记在另一位客户名下，请核对。
      `,
    )
  })

  test('what is not confirmed after five workdays is asked about, once', async () => {
    bank.setClock('2026-11-27T09:13:00+08:00')
    expect(await asked()).toEqual([])
    bank.setClock('2026-11-30T09:13:00+08:00')
    const told = await asked()
    expect(told.map(({ code }) => code)).toEqual(['M1', 'L1'])
    expect(told[1]?.text).toContain('赵强 · 信用贷 30万 · 11月23日 · 周敏')
    expect(await asked()).toEqual([])
  })

  test('whoever serves the client mends the end of a loan, of several the one that is meant', async () => {
    await play(
      bank,
      `
      H1> 放款 张三 授信 20万 至 2027-11-30 账号 6228010
      已确认放款：张三
      M1> 改 张三 授信到期 2026-01-01
      授信到期要写今天或以后的日子；已经还清的由主管说"结清"。
      M1> 改 张三 授信到期 2027-12-31 地址 城东路8号
      张三 地址 无 → 城东路8号；授信到期 2027-11-30 → 2027-12-31
      H1> 放款 张三 10万 至 2027-06-30 账号 6228011
      已确认放款：张三
      M1> 改 张三 授信到期 2027-10-31
      张三 哪一笔的到期日？
      M1> 2
      张三 授信到期 2027-06-30 → 2027-10-31
      M1> 修改记录 张三
      授信到期 2027-06-30 → 2027-10-31 · 周敏
      M1> 查 张三
      授信到期: 2027年10月31日
      M1> 撤销
      已撤销：张三 的资料修改。
      M1> 查 张三
      授信到期: 2027年6月30日
      `,
    )
  })

  test('settled, a client has lapsed, is won back, and after two years a prospect again', async () => {
    await play(
      bank,
      `
      H1> 结清 Tom
      已登记结清：Tom 信用贷 20万，至 2027年11月30日（…8002）。
      全部结清，客户转为"已结清"，30、90、180 天后提醒联系。
      H1> 撤销
      已撤销：Tom 的结清。
      H1> 结清 Tom
      已登记结清：Tom
      H1> 结清 Tom
      Tom 没有这样一笔未结清的贷款。
      H1> 查 Tom
      分层: 已结清，不再分层
      已结清 · 今天 起 · 原 D 普惠
      `,
    )
    expect(await kindOf('Tom')).toBe('lapsed')
    bank.setClock('2028-11-30T02:05:00+08:00')
    await pass(bank.app.services, bank.app.services.moment())
    expect(await kindOf('Tom')).toBe('prospect')
    bank.setClock('2026-11-23T10:00:00+08:00')
  })

  test('whoever settles without ever having been called is won back, not welcomed', async () => {
    const openOnes = () =>
      bank.rows(`select reason from task join client on client.id = client_id
        where client.name = '丁一凡' and status = 'open'`)
    bank.setClock('2026-11-23T10:30:00+08:00')
    await play(bank, 'M1> 新客户 丁一凡 13900001234 五金店\n已登记')
    expect(await openOnes()).toEqual([{ reason: 'entry' }])
    await play(bank, 'L1> 放款 丁一凡 授信 20万 至 2027-11-30 账号 6228021\n已确认放款：丁一凡')
    await play(bank, 'L1> 结清 丁一凡\n全部结清')
    expect(await openOnes()).toEqual([])
    await play(bank, 'L1> 撤销\n已撤销：丁一凡 的结清。')
    expect(await openOnes()).toEqual([{ reason: 'entry' }])
    await play(bank, 'L1> 结清 丁一凡\n全部结清')
    bank.setClock('2026-12-21T02:05:00+08:00')
    await night(bank.app.services, bank.app.services.moment())
    expect(await openOnes()).toEqual([{ reason: 'win-back' }])
    bank.setClock('2026-11-23T10:00:00+08:00')
  })

  test('a line that passed its last day without a balance is settled', async () => {
    await play(bank, 'L1> 放款 孙丽 授信 20万 至 2026-11-24 账号 6228003\n已确认放款：孙丽')
    bank.setClock('2026-11-25T02:05:00+08:00')
    await pass(bank.app.services, bank.app.services.moment())
    expect(await kindOf('孙丽')).toBe('lapsed')
  })
})
