import { expect, test } from 'vitest'
import { sayPhone } from '../../../src/bot/grammar/phone.ts'
import { render } from '../../../src/channels/web/render.ts'
import { type Card, textCard } from '../../../src/core/card.ts'

const drawn = async (card: Card, language: 'zh' | 'en' = 'zh') =>
  String(await render(card, { action: '/say', language }))

test.each(['+8613490010002', '+8657188888888', '+862188888888', '+85223456789'])(
  'the phone number %s is called with a tap',
  async (phone) => {
    const page = await drawn(textCard(`王芳 · ${sayPhone(phone, false)} · 今天`))
    const [, href = ''] = page.match(/<a class="phone" href="tel:([^"]+)">/) ?? []
    expect(phone.endsWith(href.replace(/^[+0]/, ''))).toBe(true)
  },
)

test.each([sayPhone('+8613490010002', true), '2026 1123 0001', '50万 1200'])(
  'what is no number to call, %s, is no link',
  async (text) => {
    expect(await drawn(textCard(text))).not.toContain('tel:')
  },
)

test.each([
  ['张三 有意向 50万 · 周五', ['50万']],
  ['1.2亿元、300元、3,400元', ['1.2亿元', '300元', '3,400元']],
  [
    '逾期 3 天，用信 11%，4 位、125 件、2 个工作日',
    ['3 天', '11%', '4 位', '125 件', '2 个工作日'],
  ],
  ['经营月数 ≥ 36 个月；第 1 版', ['≥ 36 个月', '第 1 版']],
  ['11月23日联系，2027年4月2日 到期', ['11月23日', '2027年4月2日']],
  ['周六(11/28) 到期，下周一(11/30)', ['周六(11/28)', '下周一(11/30)']],
  ['到 2026-12-09 为止，12:00-14:00', ['2026-12-09', '12:00-14:00']],
  ['B 潜力 → F 淘汰，A类', ['B 潜力', 'F 淘汰', 'A类']],
  ['CNY 1,000,000, 3 days overdue, Fri 4 Dec', ['CNY 1,000,000', '3 days', 'Fri 4 Dec']],
  ['下次 **下周二(12/1)**，**30万**', ['下周二(12/1)', '30万']],
  ['登记 2 · 有意向 1 · 未办 25，F 淘汰 14', ['登记 2', '有意向 1', '未办 25', 'F 淘汰']],
  ['授信 93万，逾期 7 天，电话 12:00', ['93万', '7 天']],
  ['134****0070 · 城东8路 · VISA 卡', []],
])('no line of a phone ends within what belongs together in "%s"', async (text, whole) => {
  const found = (await drawn(textCard(text))).matchAll(/<span class="whole">([^<]+)<\/span>/g)
  expect([...found].map(([, piece]) => piece?.replace('&gt;', '>'))).toEqual(whole)
})

test('"more" is said in the language of the page alone', async () => {
  const button = { label: '准备', intent: { command: 'prepare', input: {} } }
  const list: Card = {
    blocks: [{ kind: 'list', items: [{ text: '张三', buttons: [button], menu: [button] }] }],
  }
  expect(await drawn(list)).toContain('<summary>更多</summary>')
  expect(await drawn(list, 'en')).toContain('<summary>More</summary>')
})

test('a number of 18 characters has the width of its card', async () => {
  const fields = [
    { label: '身份证', value: '990000199305060021' },
    { label: '区域', value: '南市' },
  ]
  const drew = await drawn({ blocks: [{ kind: 'fields', fields }] })
  expect(drew.match(/<div[^>]*>/g)).toEqual(['<div class="wide">', '<div>'])
})
