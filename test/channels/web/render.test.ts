import { expect, test } from 'vitest'
import { sayPhone } from '../../../src/bot/grammar/phone.ts'
import { render } from '../../../src/channels/web/render.ts'
import { textCard } from '../../../src/core/card.ts'

test.each(['+8613490010002', '+8657188888888', '+862188888888', '+85223456789'])(
  'the phone number %s is called with a tap',
  async (phone) => {
    const page = String(await render(textCard(`王芳 · ${sayPhone(phone, false)} · 今天`), '/say'))
    const [, href = ''] = page.match(/<a class="phone" href="tel:([^"]+)">/) ?? []
    expect(phone.endsWith(href.replace(/^[+0]/, ''))).toBe(true)
  },
)

test.each([sayPhone('+8613490010002', true), '2026 1123 0001', '50万 1200'])(
  'what is no number to call, %s, is no link',
  async (text) => {
    expect(String(await render(textCard(text), '/say'))).not.toContain('tel:')
  },
)
