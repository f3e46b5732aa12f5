import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { shareOut } from '../../../src/features/quotas/parts/rules.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

test('shares come to the whole, each within one of its exact share, more weight never less', () => {
  const weights = fc.array(fc.nat(5000), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.nat(1_000_000), weights, (whole, each) => {
      const parts = shareOut(whole, each)
      const sum = each.reduce((one, other) => one + other, 0)
      expect(parts.reduce((one, other) => one + other, 0)).toBe(sum === 0 ? 0 : whole)
      for (const [at, weight] of each.entries()) {
        const part = parts[at] ?? -1
        if (sum > 0) expect(Math.abs(part - (whole * weight) / sum)).toBeLessThan(1)
        for (const [other, less] of each.entries()) {
          if (less < weight) expect(parts[other]).toBeLessThanOrEqual(part)
        }
      }
    }),
  )
})

describe.each(DATABASES)('a quota given out on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('goes down the tree by share or by hand, and what is not given out is said', () =>
    play(
      bank,
      `
      L1> 指标分解 12月 一队 走访 平均
      一队 2026年12月还没有走访指标，先要由上级定下来。
      K1> 指标 12月 B1 走访 31 挑战 40 放款额 1000万
      K1> 指标分解 12月 B1 走访 平均
      城东支行 2026年12月指标分解
      走访 31（挑战 40） · 已分完
      一队 走访 21（挑战 27）
      二队 走访 10（挑战 13）
      H1> 指标分解 12月 城东支行 放款额 一队 60%
      放款额 1000万 · 已分 600万，未分 400万
      一队 放款额 600万
      二队 放款额 未分
      L1> 指标分解 12月 一队 走访 M1 12 M2 12
      走访 21（挑战 27） · 已分 24，多分 3
      周敏 走访 12
      Lee 走访 12
      L1> 指标分解 12月 一队 走访 M1 12 M2 5
      已分 17，未分 4
      Lee 走访 5，原 12
      L1> 撤销
      已撤销：指标分解
      L1> 指标分解 12月 一队
      走访 21（挑战 27） · 已分 24，多分 3
      L1> 指标分解 12月 一队 走访 M1 12 M2 5
      已分 17，未分 4
      L1> 指标分解 12月 一队 放款额 按客户
      放款额 600万 · 已分完
      L1> 指标分解 12月
      一队 2026年12月指标分解
      走访 21（挑战 27） · 已分 17，未分 4
      放款额 600万 · 已分完
      H1> 指标 12月
      一队 走访 0/21（挑战 27） · 放款额 0元/600万
      周敏 走访 0/12
      `,
    ))

  test('is set back to what it was, unless somebody set it again', async () => {
    await play(
      bank,
      `
      L1> 指标 12月 M1 走访 20 挑战 25 转介新客 3
      已定 2026-12 指标：周敏 走访 20（挑战 25）、转介新客 3。
      L1> 指标 12月 M1 走访 9 联系 40
      L1> 撤销
      已撤销：指标
      L1> 指标 12月 M1
      周敏 走访 0/20（挑战 25） · 转介新客 0/3
      L1> 指标 12月 M1 走访 0
      L1> 撤销
      已撤销：指标
      L1> 指标 12月 M1 走访 8
      H1> 指标 12月 M1 走访 7
      L1> 撤销
      已有新的进展，不能撤销
      L1> 指标 12月 M1
      周敏 走访 0/7（挑战 25） · 转介新客 0/3
      `,
    )
  })

  test('of new clients may ask for their source', async () => {
    for (const line of [
      '新客户 李四 13800138000 五金店',
      '新客户 周五 13800138001 饭店',
      '新客户 吴六 13800138002 茶楼',
    ]) {
      await bank.say('M1', line)
    }
    await bank.rows(
      `update client set source = 'referral' where name in ('李四', '周五') returning 1`,
    )
    await bank.rows(`update client set source = 'cluster' where name = '吴六' returning 1`)
    await play(
      bank,
      `
      L1> 指标 11月 M1 转介 5 集群新客 2 散客 1 新客 4
      转介新客 5、集群新客 2、散客新客 1、新客 4
      L1> 指标 11月 M1
      周敏 新客 3/4 · 散客新客 0/1 · 集群新客 1/2 · 转介新客 2/5
      L1> quota 2026-11 M2 new by referral 4
      转介新客 4
      `,
    )
  })

  test('is not given to who is not below, twice, or beyond the whole', async () => {
    await play(
      bank,
      `
      H1> 指标 12月 一队 走访 20
      L1> 指标分解 12月 一队 走访 M1 60% M2 50%
      百分比加起来是 110%，超过 100%，没有改动。
      L1> 指标分解 12月 一队 走访 M1 150%
      一份不超过 100%
      L1> 指标分解 12月 一队 走访 M3 5
      下一级没有"M3"，或者写了两次，请用代码：周敏 M1、Lee M2。没有改动。
      L1> 指标分解 12月 一队 走访 M1 5 周敏 6
      写了两次
      L1> 指标分解 12月 M1 走访 平均
      "M1"是客户经理，指标不能再分。
      L1> 指标分解 12月 二队 走访 平均
      您的机构里没有"二队"
      L1> 指标分解 10月 一队 走访 平均
      2026年10月已经过去，不能再分，没有改动。
      M1> 指标分解 12月 一队 走访 平均
      不在您的岗位功能里
      `,
    )
    await bank.rows(`update staff set active = false where code = 'M3' returning 1`)
    await play(
      bank,
      `
      K1> 指标 12月 B1 走访 30
      H1> 指标分解 12月 城东支行 走访 二队 10
      二队 没有在岗的客户经理，没有改动。
      K1> 指标 12月 二队 走访 30
      H1> 指标分解 12月 二队 走访 平均
      下面没有在岗的客户经理，没有可以分的人，没有改动。
      `,
    )
    expect(await bank.rows(`select 1 from quota where staff_id is not null`)).toEqual([])
  })
})
