import { expect, test } from 'vitest'
import { withoutMentions } from '../../src/channels/mentions.ts'

test.each([
  ['@晨会 今日', '今日'],
  ['@晨会今日', '今日'],
  ['＠晨会 今日', '今日'],
  ['今日 @晨会', '今日'],
  ['@Chen Hui 今日', '今日'],
  ['@Chen Hui today', 'today'],
  ['@My Bot 今日', '今日'],
  ['@张三 @晨会 今日', '今日'],
  ['@改了名的机器人\u2005查 张三', '查 张三'],
  ['1 没接 @周敏 @晨会', '1 没接'],
  ['@helper Log visit to John', 'Log visit to John'],
  ['1 有意向 邮箱 a@b.cn', '1 有意向 邮箱 a@b.cn'],
])('in a room "%s" says "%s"', (typed, said) => {
  expect(withoutMentions(typed, true)).toBe(said)
})

test.each([
  ['@晨会 1 没接', '1 没接'],
  ['1 没接 @晨会', '1 没接'],
  ['派 @周龙 联系张三', '派 @周龙 联系张三'],
  ['邮箱 x@晨会.cn', '邮箱 x@晨会.cn'],
])('alone "%s" says "%s"', (typed, said) => {
  expect(withoutMentions(typed, false)).toBe(said)
})
