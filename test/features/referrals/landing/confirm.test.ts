/** @module-tag slow */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Services } from '../../../../src/bot/services.ts'
import { landingPage } from '../../../../src/features/referrals/landing/landing-page.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { stampIn, visitorsOf } from '../../../support/visitor.ts'

/** A gateway as a bank would plug it in: here it only remembers. */
const sent: { phone: string; text: string }[] = []
let down = false
const sms: Services['sms'] = {
  async send(phone, text) {
    if (down) throw new Error('the gateway is down')
    sent.push({ phone, text })
  },
}

let bank: Bank
let routes: ReturnType<typeof landingPage.routes>
let path: string
beforeAll(async () => {
  bank = await openBank('pglite')
  path = await visitorsOf(bank).linkOf('M1', '我的码')
  routes = landingPage.routes({ ...bank.app.services, sms })
})
afterAll(() => bank.close())

const post = async (fields: Record<string, string>) =>
  routes.request(path, { method: 'POST', body: new URLSearchParams(fields) })
const form = async (phone: string) => {
  const stamp = stampIn(await (await routes.request(path)).text())
  return { name: '李四', phone, consent: 'yes', stamp }
}
const ticketIn = (page: string) => page.match(/name="ticket" value="([^"]+)"/)?.[1] ?? ''
const entries = () => bank.rows('select 1 from referral_entry')

test('where a gateway is plugged in, a number counts once its code came back', async () => {
  const fields = await form('13800136000')
  const asked = await post(fields)
  const page = await asked.text()
  expect(asked.status).toBe(200)
  expect(page).toContain('验证码已发到 13800136000')
  expect(await entries()).toEqual([])
  const digits = sent.at(-1)?.text.match(/\d{6}/)?.[0] ?? ''
  expect(sent.at(-1)?.phone).toBe('+8613800136000')
  expect(page).not.toContain(digits)
  const ticket = ticketIn(page)
  const wrong = await post({ ...fields, ticket, digits: digits === '000000' ? '1' : '000000' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('验证码不对')
  const other = await post({ ...fields, phone: '13800136001', ticket, digits })
  expect(other.status).toBe(422)
  expect(await entries()).toEqual([])
  expect(sent).toHaveLength(1)
  expect((await post({ ...fields, ticket, digits })).status).toBe(303)
  expect(await entries()).toHaveLength(1)
})

test('a code that is too old is sent anew, three times an hour at most; a gateway that is down loses nothing', async () => {
  const fields = await form('13800136002')
  const ticket = ticketIn(await (await post(fields)).text())
  const digits = sent.at(-1)?.text.match(/\d{6}/)?.[0] ?? ''
  bank.setClock('2026-11-23T08:21:00+08:00')
  const again = await post({ ...fields, ticket, digits })
  expect(again.status).toBe(200)
  expect(ticketIn(await again.text())).not.toBe(ticket)
  expect((await post(fields)).status).toBe(200)
  expect((await post(fields)).status).toBe(429)
  down = true
  const broken = await post(await form('13800136003'))
  expect(broken.status).toBe(503)
  expect(await broken.text()).toContain('请稍后再试')
})

test('five codes may be tried within ten minutes, whatever the ticket, and then not even the right one', async () => {
  down = false
  const fields = await form('13800136004')
  const ticket = ticketIn(await (await post(fields)).text())
  const digits = sent.at(-1)?.text.match(/\d{6}/)?.[0] ?? ''
  const wrong = digits === '000000' ? '111111' : '000000'
  for (const one of [ticket, ticket, 'zzzzzzzzz.forged', ticket, ticket]) {
    expect((await post({ ...fields, ticket: one, digits: wrong })).status).toBe(422)
  }
  expect((await post({ ...fields, ticket, digits })).status).toBe(429)
  expect((await post(await form('13800136005'))).status).toBe(200)
})
