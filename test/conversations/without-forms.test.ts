import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { renderNumbered } from '../../src/channels/console/render.ts'
import { type Bank, MONDAY, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('without forms and buttons, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, undefined, { buttons: false, forms: false })
  })
  afterAll(() => bank.close())
  beforeEach(() => bank.setClock(MONDAY))

  test('a form is asked for field by field: numbers, skipping, and done before the end', () =>
    play(
      bank,
      `M1> 新客户
       新客户 1/3 · 姓名
       M1> 李四
       新客户 2/3 · 手机
       M1> 12345
       没看懂。
       M1> 13800138000
       新客户 3/3 · 店名或企业
       [跳过] [登记] [取消]
       M1> 跳过
       已登记新客户：李四
       M1> 需求 李四
       李四 的需求 1/5 · 产品
       1 流动资金贷款
       M1> 1
       2/5 · 紧急程度
       现在是"近期"。
       M1> 急
       3/5 · 金额（如 20万）
       M1> 20万
       4/5 · 何时需要
       M1> 完成
       已记需求：李四 流动资金贷款 20万`,
    ))

  test('what is needed is not skipped, and a form may be dropped', () =>
    play(
      bank,
      `M1> 新客户
       M1> 跳过
       这一项要填。
       M1> 完成
       这一项要填。
       M1> 取消
       不填了
       M1> 继续
       没听懂`,
    ))

  test('any command leaves it, and it is taken up again where it was left', () =>
    play(
      bank,
      `M1> 新客户
       M1> 王小明
       新客户 2/3 · 手机
       M1> 今日
       晨会 · 11月23日 周一
       "新客户"还没填完，说"继续"接着填。
       M1> 继续
       新客户 2/3 · 手机
       M1> 13800138001
       M1> 小明超市
       已登记新客户：王小明 · 小明超市`,
    ))

  test('one line says it all, and takes the place of the form', () =>
    play(
      bank,
      `M1> 新客户
       M1> 新客户 赵六 13800138002 面馆
       已登记新客户：赵六 · 面馆
       M1> 继续
       没听懂`,
    ))

  test('a question waits for half an hour, a form that was left for a day', () =>
    play(
      bank,
      `M1> 新客户
       M1> 今日
       @ 2026-11-24T08:09:00+08:00
       M1> 继续
       新客户 1/3 · 姓名
       @ 2026-11-24T09:00:00+08:00
       M1> 张七
       没听懂`,
    ))

  test('buttons are said by number, after the numbers of the lines', async () => {
    const shown = async (text: string) =>
      (await bank.say('M1', text)).map(renderNumbered).join('\n')
    expect(await shown('3 没接')).toContain('[1 撤销] [2 今日]')
    expect(await shown('1')).toContain('已撤销')
    expect(await shown('1')).toContain('晨会 · 11月23日 周一')
  })
})
