import { expect, test } from 'vitest'
import { plain, wordsOf } from '../../../src/channels/slack/words.ts'

test.each([
  ['*今日*', '今日'],
  ['_今日_', '今日'],
  ['`1 没接`', '1 没接'],
  ['~1 没接~ 1 拒绝', '1 没接 1 拒绝'],
  ['<@U0BOT> 今日', '今日'],
  ['<@U0BOT|chenhui> 今日', '今日'],
  ['派 <@U9|zhou.long> 联系张三', '派 @U9 联系张三'],
  ['新客户 李四 <tel:13812345678> 五金店', '新客户 李四 13812345678 五金店'],
  ['新客户 李四 <tel:13812345678|138-1234-5678>', '新客户 李四 138-1234-5678'],
  ['1 有意向 <mailto:a@b.cn|a@b.cn> &amp; 50万', '1 有意向 a@b.cn & 50万'],
  ['微信 wx_8888_6666', '微信 wx_8888_6666'],
  ['3*4*5', '3*4*5'],
])('"%s" without its marks is "%s"', (typed, said) => {
  expect(plain(typed, 'U0BOT')).toBe(said)
})

const section = (...elements: object[]) => ({ type: 'rich_text_section', elements })
const text = (words: string, style = {}) => ({ type: 'text', text: words, style })

test.each([
  ['bold', [section(text('今日', { bold: true }))], '今日'],
  ['a mention', [section({ type: 'user', user_id: 'U0BOT' }, text(' 今日'))], '今日'],
  ['a colleague', [section(text('派 '), { type: 'user', user_id: 'U9' })], '派 @U9'],
  [
    'a numbered list, whose numbers are no text',
    [
      {
        type: 'rich_text_list',
        style: 'ordered',
        offset: 1,
        elements: [section(text('没接')), section(text('拒绝'))],
      },
    ],
    '2. 没接\n3. 拒绝',
  ],
  [
    'bullets',
    [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [section(text('1 没接')), section(text('2 拒绝'))],
      },
    ],
    '1 没接\n2 拒绝',
  ],
  [
    'a quote before the answer',
    [{ type: 'rich_text_quote', elements: [text('1. 张三 · 五金店')] }, section(text('1 没接'))],
    '1 没接',
  ],
  ['a quote alone', [{ type: 'rich_text_quote', elements: [text('1 没接')] }], '1 没接'],
  ['code', [{ type: 'rich_text_preformatted', elements: [text('1 没接')] }], '1 没接'],
  [
    'a key cap',
    [section({ type: 'emoji', name: 'one', unicode: '0031-fe0f-20e3' }, text(' 没接'))],
    '1\ufe0f\u20e3 没接',
  ],
  [
    'a phone number',
    [section(text('新客户 李四 '), { type: 'link', url: 'tel:13812345678' })],
    '新客户 李四 13812345678',
  ],
])('rich text with %s', (_, elements, said) => {
  const blocks = [{ type: 'rich_text', block_id: 'b', elements }]
  expect(wordsOf({ text: 'not read', blocks }, 'U0BOT')).toBe(said)
})

test('blocks that are none are left for the text', () => {
  expect(wordsOf({ text: '*今日*', blocks: [{ type: 'unknown' }] }, null)).toBe('今日')
})
