import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { normalise } from '../../../../src/bot/grammar/normalise.ts'
import { readOutcomes } from '../../../../src/features/tasks/phrases.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { momentOf } from '../../../support/moment.ts'
import { DATABASES } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'

const read = (typed: string) => {
  const reading = readOutcomes(normalise(typed), momentOf('2026-11-23T09:00:00+08:00'))
  return reading.kind === 'no' ? null : reading.input.items[0]
}

test.each([
  ['5 有意向 五万块 结算卡', 'settlement-card', undefined, null],
  ['5 有意向 还要办结算卡', 'settlement-card', undefined, null],
  ['5 有意向 流贷 50万 需要结算卡', 'working-capital-loan', ['settlement-card'], null],
  ['5 有意向 结算卡 流贷', 'working-capital-loan', ['settlement-card'], null],
  ['5 interested settlement card', 'settlement-card', undefined, null],
  [
    '7 interested, wants a settlement card too',
    'settlement-card',
    undefined,
    'wants a settlement card too',
  ],
])('%s', (typed, product, also, note) => {
  expect(read(typed)).toMatchObject({ product, note })
  expect(read(typed)?.also).toEqual(also)
})

describe.each(DATABASES)('a product of another line, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    await bank.say('M1', '今日')
  })
  afterEach(() => bank.close())

  test('said with an outcome is a need, which is undone with it', async () => {
    await play(
      bank,
      `M1> 1 有意向 五万块 结算卡
       另记需求：结算卡，将随名单移交
       M1> 撤销`,
    )
    const needs = await bank.database.prisma.need.findMany()
    expect(needs.map(({ product, status }) => [product, status])).toEqual([
      ['settlement-card', 'withdrawn'],
    ])
  })

  test.each([
    [
      '走访 赵强 库存多，要办结算卡',
      '已记走访：赵强 有意向 "库存多，要办结算卡"',
      'settlement-card',
    ],
    ['走访 赵强 有意向 流贷 50万 还要pos机', '赵强 有意向 50万', 'pos'],
    ['新客户 李四 13800138000 五金店 想办代发工资', '已登记新客户：李四 · 五金店', 'payroll'],
    ['赵强 已申请 20万 还要pos机', '已记：赵强 已申请 20万', 'pos'],
    ['赵强 要结算卡', '已记需求：赵强 结算卡', 'settlement-card'],
  ])('said as "%s" is one', async (line, answer, product) => {
    await play(bank, `M1> ${line}\n${answer}\n将随名单移交`)
    const open = () => bank.rows(`select product from need where status = 'open'`)
    expect(await open()).toEqual([{ product }])
    await bank.say('M1', '撤销')
    expect(await open()).toEqual([])
  })

  test.each([
    '走访 赵强 不需要结算卡',
    '走访 赵强 结算卡已经办了',
    '新客户 李四 13800138000 收单服务部',
    '新客户 李四 13800138000 五金店 做代发工资的',
  ])('"%s" wants none', async (line) => {
    await bank.say('M1', line)
    expect(await bank.rows('select product from need')).toEqual([])
  })

  test('refused, or of our own line, is none', async () => {
    await play(
      bank,
      `M1> 1 拒绝 结算卡
       M1> 2 有意向 流贷 50万`,
    )
    expect(await bank.database.prisma.need.findMany()).toEqual([])
  })
})
