import { expect, test } from 'vitest'
import { unwrapped } from '../../../src/bot/grammar/wrapping/unwrapped.ts'
import { answerTo } from './answer.ts'
import { judge } from './judge.ts'
import { FOLDERS, judged, tablesIn } from './tables.ts'

const CLOTHES: readonly ((text: string) => string)[] = [
  (text) => `@晨会 ${text}`,
  (text) => `${text} @晨会`,
  (text) => `@王五 @Chenhui ${text}`,
  (text) => `“${text}”`,
  (text) => `「${text}」`,
  (text) => `**${text}**`,
  (text) => `\`${text}\``,
  (text) => `- ${text}`,
  (text) => `• ${text}`,
  (text) => `> ${text}`,
  (text) => `> 昨天的清单\n${text}`,
  (text) => `${text}。`,
  (text) => `${text}！`,
  (text) => `${text}，谢谢`,
  (text) => `好的，${text}`,
  (text) => `\u202d${text}\u202c`,
  (text) => `[微笑]${text}`,
  (text) => `${text}😊`,
  (text) => `周龙 11/26 09:15\n${text}`,
  (text) => `「晨会：1. 张三 · 五金店」\n- - - - - - - - - -\n${text}`,
]

/** Lines of one row that are taken right, and wear nothing by themselves. */
const plain = FOLDERS.flatMap(tablesIn)
  .filter(({ name }) => !name.endsWith('/wrapping'))
  .flatMap(judged)
  .filter(([{ text }, verdict]) => {
    return (verdict === 'right' || verdict === 'asked') && !/[\n@“"<`*~]|^>/.test(text)
  })
  .map(([row]) => row)

test('a line that chats wrap up is read as without', () => {
  const otherwise = plain.flatMap(({ text, at, right }, place) => {
    const dressed = CLOTHES[place % CLOTHES.length]?.(text) ?? text
    const verdict = judge(right, answerTo(dressed, at))
    return verdict === 'right' || verdict === 'asked' ? [] : dressed
  })
  expect(otherwise).toEqual([])
})

test.each([
  '5*3*2 块地砖',
  '微信 wx_8888_6666',
  '邮箱 a@chenhui.com',
  '派 王五 联系李四，转告 @王主管',
  '走访 张三 要办：\n- 结算卡\n- 代发',
  '查 大力汽修（城东店）',
  '“张三”和“李四”',
  '1 有意向 >50万',
  '👍',
  '。',
])('%s: what people mean themselves stays', (text) => {
  expect(unwrapped(text)).toBe(text)
})
