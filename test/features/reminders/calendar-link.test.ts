import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bank, CLIENTS, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { startService } from '../../support/service.ts'

const ON = { CALENDAR_LINKS: 'on' }
const SHOWS = { buttons: true, forms: true }

describe.each(ONE_DATABASE)('a calendar link on %s', (kind) => {
  let bank: Bank
  let now = new Date('2026-11-23T08:10:00+08:00')
  let service: Awaited<ReturnType<typeof startService>>
  beforeAll(async () => {
    bank = await openBank(kind, CLIENTS, SHOWS, ON)
    service = await startService(bank.database, ON, () => now)
  })
  afterAll(() => service.app.stop())

  const linkOf = async (code: string) => {
    await bank.say(code, code === 'M2' ? 'calendar link' : '日历链接')
    // The service may say something of its own meanwhile.
    const [link] = await bank.rows<{ url: string }>(
      `select block->>'url' as url from message
       cross join jsonb_array_elements(card::jsonb->'blocks') as block
       where conversation = 'console:${code}' and block->>'kind' = 'link'
       order by message.id desc limit 1`,
    )
    return `${service.url}${new URL(link?.url ?? '').pathname}`
  }

  test('shows hours, kinds and family names, and nothing that tells more', async () => {
    await play(
      bank,
      `
      M1> 张三 约见 明天下午3点
      M1> 提醒我 周三上午10点 给赵强带合同
      M2> remind me tomorrow 9:30 bring the contract
      `,
    )
    const answer = await fetch(await linkOf('M1'))
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const file = await answer.text()
    expect(file).toMatch(
      /DTSTART:20261124T070000Z\r\nDTEND:20261124T073000Z\r\nSUMMARY:走访 · 张先生\/女士/,
    )
    expect(file).toMatch(/DTSTART:20261125T020000Z\r\nDTEND:20261125T021500Z\r\nSUMMARY:提醒\r\n/)
    expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(file).not.toMatch(/张三|顺发|合同|赵强|1349001/)
    const [kept] = await bank.rows<{ hash: string }>('select hash from calendar_link')
    expect((await linkOf('M1')).includes(kept?.hash ?? '?')).toBe(false)
  })

  test('is good until a new one, its end, ninety days or leaving', async () => {
    const status = async (link: string) => (await fetch(link)).status
    const first = await linkOf('M1')
    const second = await linkOf('M1')
    expect([await status(first), await status(second)]).toEqual([404, 200])
    await play(bank, 'M1> 停用日历链接\n已停用\nM1> 停用日历链接\n您没有日历链接。')
    expect(await status(second)).toBe(404)
    const third = await linkOf('M1')
    now = new Date('2027-02-21T08:00:00+08:00')
    expect(await status(third)).toBe(200)
    now = new Date('2027-02-21T08:11:00+08:00')
    expect(await status(third)).toBe(404)
    now = new Date('2026-11-23T08:10:00+08:00')
    await play(bank, 'L1> 离职 M1\nL1> 1\n的账号已停用')
    expect(await status(third)).toBe(404)
    expect(await bank.rows('select 1 from calendar_link')).toEqual([])
  })

  test('is refused by an address that is none', async () => {
    const link = await linkOf('M2')
    for (const wrong of ['x.ics', `${'a'.repeat(43)}.ics`, `${link.slice(-47, -4)}`]) {
      expect((await fetch(`${service.url}/agenda/${wrong}`)).status).toBe(404)
    }
  })
})

test('is off until the bank switches it on, for links that are there too', async () => {
  const bank = await openBank('postgres')
  await play(bank, 'M1> 日历链接\n本行没有开通日历链接。\nM1> calendar link\n本行没有开通')
  expect(await bank.rows('select 1 from calendar_link')).toEqual([])
  await bank.close()
})
