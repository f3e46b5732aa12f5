import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { needsOf } from '../../../src/features/desk/second-factor/rules.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { startService } from '../../support/service.ts'
import { openDesk } from './open-desk.ts'

test.each([
  ['risk', true, false, false, 'app'],
  ['head', true, false, false, 'app'],
  ['marketing', true, false, false, 'app'],
  ['lead', true, false, false, 'nothing'],
  ['risk', false, false, false, 'nothing'],
  ['lead', false, true, false, 'code'],
  ['risk', true, true, false, 'code'],
  ['risk', true, true, true, 'nothing'],
] as const)(
  'of %s, demanded %s, with an app %s, verified %s: %s',
  (role, demanded, hasApp, verified, needs) => {
    expect(needsOf({ role, hasApp, verified }, demanded)).toBe(needs)
  },
)

describe.each(DATABASES)('the second factor of the pages on %s', (kind) => {
  let bank: Bank
  let app: App
  let url: string
  let now = new Date(MONDAY)
  const PAGE = 'second-factor'
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000)
    bank.setClock(now.toISOString())
  }
  beforeAll(async () => {
    const database = await openTestDatabase(kind)
    bank = await bankOn(database, CLIENTS)
    const settings = { DESK_SECOND_FACTOR: 'required' }
    const service = await startService(database, settings, () => now)
    app = service.app
    url = service.url
  })
  afterAll(() => app?.stop())

  /** Joins an app; resolves to what makes its codes, `steps` half minutes from now. */
  async function join(code: string) {
    const desk = await openDesk(bank, url, code)
    const shown = await (await desk.post(`${PAGE}/begin`, {}, PAGE)).text()
    const secret = shown.match(/<code>([A-Z2-7 ]+)<\/code>/)?.[1]?.replaceAll(' ', '') ?? ''
    expect(shown).toContain('<svg')
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const codeOf = (steps = 0) => totp.generate({ timestamp: now.getTime() + steps * 30_000 })
    return { desk, secret, codeOf }
  }
  const typed = (desk: Awaited<ReturnType<typeof openDesk>>, code: string) =>
    desk.post(PAGE, { code }, PAGE)

  test('is joined before anything else is shown, and its secret is shown once', async () => {
    const lead = await openDesk(bank, url, 'L1')
    expect((await lead.get('load')).status).toBe(200)
    const first = await openDesk(bank, url, 'R1')
    for (const path of ['campaigns', 'tiers', 'figures.xlsx', 'import', '']) {
      const answer = await first.get(path)
      expect([answer.status, answer.headers.get('location')], path).toEqual([303, `/desk/${PAGE}`])
    }
    await bank.told()
    const { desk, secret, codeOf } = await join('R1')
    expect(await (await desk.get(PAGE)).text()).not.toContain(secret.slice(0, 4))
    expect((await typed(desk, '12 34')).status).toBe(422)
    expect((await typed(desk, codeOf())).headers.get('location')).toBe('/desk/campaigns')
    expect((await desk.get('tiers')).status).toBe(200)
    expect((await first.get('tiers')).status, 'in the other browser it was not typed').toBe(303)
    // Lists of the morning may come meanwhile.
    expect((await bank.told()).findLast(({ code }) => code === 'R1')).toMatchObject({
      code: 'R1',
      text: expect.stringContaining('已开启两步验证'),
    })
    const again = await desk.post(`${PAGE}/begin`, {}, 'tiers')
    expect(again.status, 'none is made in place of one in use').toBe(303)
  })

  test('takes a code once, and half a minute to either side', async () => {
    const { desk, codeOf } = await join('K1')
    expect((await typed(desk, codeOf())).status).toBe(303)
    const next = () => openDesk(bank, url, 'K1')
    expect(await (await typed(await next(), codeOf())).text()).toContain('已用过，还可以试 4 次')
    pass(120)
    expect((await typed(await next(), codeOf(-2))).status, 'a minute late').toBe(422)
    expect((await typed(await next(), codeOf(2))).status, 'a minute early').toBe(422)
    expect((await typed(await next(), codeOf(-1))).status).toBe(303)
    expect((await typed(await next(), codeOf(1))).status).toBe(303)
    expect((await typed(await next(), codeOf())).status, 'older than the last').toBe(422)
  })

  test('ends what is open after five wrong codes, and is locked for a while', async () => {
    const { desk, codeOf } = await join('H1')
    await typed(desk, codeOf())
    const thief = await openDesk(bank, url, 'H1')
    await bank.told()
    for (const left of [4, 3, 2, 1]) {
      expect(await (await typed(thief, '000000')).text()).toContain(`还可以试 ${left} 次`)
    }
    expect((await typed(thief, '000000')).status).toBe(429)
    // The lists of the morning may come meanwhile.
    const told = (await bank.told()).filter(({ text }) => text.includes('看板'))
    expect(told).toMatchObject([{ code: 'H1', text: expect.stringContaining('连续 5 次不对') }])
    expect((await desk.get('tiers')).status).toBe(401)
    pass(60)
    const soon = await openDesk(bank, url, 'H1')
    expect((await typed(soon, codeOf())).status, 'though it is right').toBe(429)
    pass(15 * 60)
    expect((await typed(await openDesk(bank, url, 'H1'), codeOf())).status).toBe(303)
  })

  test('a lost phone is begun anew once a second person confirms', async () => {
    const { desk, codeOf } = await join('K2')
    await typed(desk, codeOf())
    await play(
      bank,
      `
      K2> 重置验证
      为什么重置？
      K2> 手机丢了
      已请 方刚 确认
      K1> 待确认
      重置 叶青 看板的两步验证
      `,
    )
    expect((await desk.get('tiers')).status, 'asked for alone nothing changes').toBe(200)
    await bank.press('K1', '确认')
    expect((await desk.get('tiers')).status).toBe(401)
    const { desk: anew, codeOf: fresh } = await join('K2')
    expect((await typed(anew, fresh())).status).toBe(303)
    await play(bank, 'L1> 重置验证 换手机\n您没有开启两步验证，不用重置。')
  })
})
