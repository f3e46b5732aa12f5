import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { startService } from '../../support/service.ts'
import { openDesk } from './open-desk.ts'

describe.each(DATABASES)('sessions of the pages on %s', (kind) => {
  let bank: Bank
  let app: App
  let url: string
  let now = new Date(MONDAY)
  const after = (minutes: number) => {
    now = new Date(new Date(MONDAY).getTime() + minutes * 60_000)
  }
  beforeAll(async () => {
    const database = await openTestDatabase(kind)
    bank = await bankOn(database, CLIENTS)
    const service = await startService(database, {}, () => now)
    app = service.app
    url = service.url
  })
  afterAll(() => app?.stop())

  const enter = (code: string) => openDesk(bank, url, code)

  test('end when nobody looks for half an hour, and not while somebody does', async () => {
    after(0)
    const desk = await enter('K1')
    for (const minutes of [29, 58, 87]) {
      after(minutes)
      expect((await desk.get('load')).status, `${minutes}`).toBe(200)
    }
    const page = await desk.get('load')
    expect(page.headers.get('refresh')).toBe('120; url=/desk/load?by-itself')
    expect(await page.text()).toContain('<h2>今天</h2>')
    expect((await desk.get('load?still')).headers.get('refresh')).toBe(null)
    // A page that refreshes itself is nobody who looks.
    after(116)
    expect((await desk.get('load?by-itself')).status).toBe(200)
    after(118)
    expect((await desk.get('load')).status).toBe(401)
    after(0)
  })

  test('are listed and ended by whose they are, and by risk of everybody', async () => {
    const lead = await enter('L1')
    const head = await enter('H1')
    await play(
      bank,
      `
      L1> 会话
      看板会话 1 个
      谢英 L1
      R1> 会话
      看板会话 3 个
      L1> 退出看板 H1
      没有工号 H1，或不归您管。
      M1> 会话
      不在您的岗位功能里
      L1> 退出看板
      谢英 已在所有浏览器里退出看板。
      R1> 退出看板 H1
      唐宁 已在所有浏览器里退出看板。
      H1<
      高远 退出了您在看板的所有会话。
      R1> 会话
      看板会话 1 个
      方刚 K1
      `,
    )
    expect([(await lead.get('load')).status, (await head.get('load')).status]).toEqual([401, 401])
  })

  test('end with whoever leaves', async () => {
    await enter('L2')
    await play(bank, 'H1> 离职 L2\nH1> 1')
    const [open] = await bank.rows(`select count(*)::int as open from page_session
      where ended_at is null and staff_id = (select id from staff where code = 'L2')`)
    expect(open).toEqual({ open: 0 })
  })
})
