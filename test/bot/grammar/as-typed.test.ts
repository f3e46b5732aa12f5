import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import { asTyped } from '../../../src/bot/grammar/as-typed.ts'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { parse } from '../../../src/bot/grammar/parse.ts'
import { momentOf } from '../../support/moment.ts'

const MONDAY = momentOf('2026-11-23T08:10:00+08:00')

const FREE = ['note', 'reason', 'about', 'answer', 'talkingPoints', 'words'] as const

/** The free text of what a line is understood as; of several outcomes, of each. */
function freeText(typed: string): unknown {
  const parsed = parse(typed, COMMANDS, MONDAY)
  if (parsed.kind === 'unknown' || parsed.kind === 'lines') return null
  const { input } = parsed.kind === 'intent' ? parsed.intent : parsed.ask.intent
  const said = input as Readonly<Record<string, unknown>>
  const items = said['items'] as readonly { readonly note: unknown }[] | undefined
  return items?.map(({ note }) => note).join('|') ?? said[FREE.find((name) => name in said) ?? '']
}

test.each([
  ['走访 张三 库存充足，想扩店', '库存充足，想扩店'],
  ['走访　张三　库存充足；老板说：“明年再看！”', '库存充足；老板说：“明年再看！”'],
  ['走访 张三 店里３人（一人请假）', '店里３人（一人请假）'],
  ['走访 张三 有意向 50万 周五再来，带合同', '有意向 50万 周五再来，带合同'],
  ['走访 张三 考虑中……下月再说', '考虑中……下月再说'],
  ['走访 张三 stock is full, wants more', 'stock is full, wants more'],
  ['visit Zhang didn’t open', 'didn’t open'],
  ['1 没接，说在开会', '说在开会'],
  ['1 有意向，想扩店，要50万，周五再联系', '想扩店'],
  ['1 考虑 老板不在；儿子说，月底再看', '老板不在；儿子说，月底再看'],
  ['1 没接（在开会）\n2 拒绝，利率太高，他行３.2％', '（在开会）|利率太高，他行３.2％'],
  ['投诉 张三 扣费没说明，很生气！', '扣费没说明，很生气！'],
  ['投诉 结 张三 已退费，客户满意', '已退费，客户满意'],
  ['勿扰 张三 本人要求，别再打', '本人要求，别再打'],
  ['驳回 1 资料不实，请补', '资料不实，请补'],
  ['批准 1 流水已核，无异常', '流水已核，无异常'],
  ['指定退出 张三 连续欠息，失联 至 2027-03-31', '连续欠息，失联'],
  ['负面 13490000078 冒用资料，多次 至 2027-03-31', '冒用资料，多次'],
  ['新任务 张三 周五 送合同，带公章', '送合同，带公章'],
  ['派 王五 联系李四 明天 问续贷，带合同', '问续贷，带合同'],
  ['转给 3 王五 他更熟，近', '他更熟，近'],
  ['改期 3 下周二 客户出差，在外地', '客户出差，在外地'],
  ['需求 张三 流贷 20万 急 备货，多进些', '备货，多进些'],
  ['退 3 不符合条件，已在他行办', '不符合条件，已在他行办'],
])('of "%s" is kept %j', (typed, text) => {
  expect(freeText(typed)).toBe(text)
})

test('names, numbers and hours are as the readers want them', () => {
  const quiet = parse('免打扰 张三 12：00－14：00', COMMANDS, MONDAY)
  expect(quiet).toMatchObject({ intent: { input: { hours: '12:00-14:00' } } })
  const visit = parse('走访 ＡＢＣ（城东） 忙，改天', COMMANDS, MONDAY)
  expect(visit).toMatchObject({ intent: { input: { named: 'ABC(城东)', note: '忙，改天' } } })
})

test('is what was typed, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      const note = normalise(typed)
      const kept = asTyped({ note }, ['note'], typed) as { note: string }
      expect(normalise(kept.note)).toBe(note)
    }),
    { examples: [['ﷺ'], ['㎡，好']] },
  )
})
