import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../../src/core/card.ts'
import type { Playbook } from '../../../src/features/playbook/rules.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'
import { type Bank, bankOn, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { publishPlaybook } from '../../support/playbook.ts'

/** 下户: a kind of the bank's own, at a stage that the shipped ones have too. */
const OWN: Playbook['outcomes'][string] = {
  ...{ place: 60, label: { zh: '已下户', en: 'looked at' }, words: { zh: [], en: [] } },
  ...{ stage: 'applied', asks: null, active: true, times: null, later: null },
  next: { kind: 'call', after: { workdays: 2 }, priority: 60 },
}

describe.each(DATABASES)('what is under way, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await publishPlaybook(bank, {
      outcomes: { ...SHIPPED_PLAYBOOK.outcomes, 'site-visit': OWN },
    })
    bank = await bankOn(bank.database, null)
  })
  afterAll(() => bank.close())

  const tablesOf = ([card]: Card[]) =>
    (card?.blocks ?? []).flatMap((block) => (block.kind === 'table' ? [block.rows] : []))

  test('a client stands where it came furthest, with the amount that was said last', async () => {
    await play(
      bank,
      `
      M1> 进度
      周敏现在没有在办的。
      M1> 张三 有意向 50万
      已记
      @ 2026-11-24T09:00:00+08:00
      M1> 张三 已批 30万
      已记
      @ 2026-11-25T09:00:00+08:00
      M1> 张三 约见 周五下午3点
      已记
      M1> 赵强 已下户
      已记
      M1> 孙丽 有意向 20万
      已记
      M1> 需求 赵强 贷款40万 12月20日要用
      M1> 进度
      周敏 · 进度
      在办 3 位，90万；其中待放款 1 位，30万。
      客户要用款：2026年12月 40万，没说月份 50万。
      有意向 | 1 | 20万
      已下户 | 1 | 40万
      已批 | 1 | 30万
      张三 · 顺发五金店 · 已批 · 30万 · 今天联系
      赵强 · 恒通货运部 · 已下户 · 40万 · 2026年12月 · 今天联系
      孙丽 · 有意向 · 20万
      `,
    )
  })

  test('a no, a loan and do-not-contact end it, and what is said later begins anew', async () => {
    await play(
      bank,
      `
      @ 2026-11-26T09:00:00+08:00
      M1> 孙丽 拒绝
      已记
      M1> 张三 已放款 30万
      已记
      M1> 进度
      在办 1 位，40万。
      本月放款：登记 1 笔 30万，核实 0 笔
      @ 2026-11-27T09:00:00+08:00
      M1> 孙丽 有意向
      已记
      M1> 进度
      在办 2 位，40万（1 位没说金额）
      M1> 勿扰 孙丽 客户不愿意
      M1> 进度
      在办 1 位，40万
      `,
    )
  })

  test('a facility on file that nobody claimed ends it too', async () => {
    const zhao = await bank.clientId('赵强')
    const facility = (openedOn: string) =>
      bank.rows(`insert into facility (id, client_id, account, kind, credit_limit, balance, opened_on, confirmed_by, as_of, recorded_at)
        values (gen_random_uuid(), '${zhao}', '${openedOn}', 'loan', 400000, 400000, '${openedOn}', 'feed', '${openedOn}', now()) returning 1`)
    await facility('2026-11-01')
    await play(bank, 'M1> 进度\n在办 1 位，40万')
    await facility('2026-11-28')
    await play(bank, 'M1> 进度\n周敏现在没有在办的。')
    await bank.rows('delete from facility returning 1')
  })

  test('a lead sees people and a head teams; each can be looked into, and nobody beyond', async () => {
    await play(bank, 'M2> Tom interested 100k\nLogged\nM3> 钱进 已签约 80万\n已记')
    const [kinds, people] = tablesOf(await bank.say('L1', '进度'))
    expect(kinds).toEqual([
      ['有意向', '1', '10万'],
      ['已下户', '1', '40万'],
    ])
    expect(people).toEqual([
      ['周敏', '1', '40万'],
      ['Lee', '1', '10万'],
    ])
    const [, teams] = tablesOf(await bank.say('H1', '还有多少能放'))
    expect(teams).toEqual([
      ['二队', '1', '80万', '80万'],
      ['一队', '2', '50万', '0元'],
    ])
    await play(
      bank,
      `
      H1> [二队]
      二队 · 进度
      钱进 · 已签约 · 80万
      K1> 进度 M2
      Lee · 进度
      Tom · 有意向 · 10万
      L1> 进度 何勇
      您的机构里没有"何勇"
      M1> 进度 M2
      您可以看自己的进度，发"进度"。
      `,
    )
  })

  test('it is drawn, and listed page by page', async () => {
    const tom = await bank.clientId('Tom')
    await bank.rows(`with more as (
        insert into client (id, kind, name, pinyin, initials, source, owner_id, negative_list, entered_at)
        select gen_random_uuid(), 'prospect', '客户' || n, 'kehu', 'kh', 'list', owner_id, false, now()
        from client, generate_series(1, 11) as n where client.id = '${tom}' returning id, owner_id)
      insert into outcome (id, act_id, client_id, staff_id, kind, stage, amount, logged_on, logged_at)
      select gen_random_uuid(), gen_random_uuid(), id, owner_id, 'interested', 'interested', 10000,
        '2026-11-20', '2026-11-20T02:00:00Z' from more returning 1`)
    const [card] = await bank.say('M2', 'pipeline')
    const picture = card?.blocks.find((block) => block.kind === 'picture')
    const png = Buffer.from(picture?.kind === 'picture' ? picture.png : '', 'base64')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const [more] = await bank.press('M2', 'More (2 left)')
    expect(more?.blocks).toHaveLength(1)
  })
})
