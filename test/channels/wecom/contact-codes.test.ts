/** @module-tag slow */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { checkContactWays } from '../../../src/channels/wecom/app/contact-ways.ts'
import { deactivate } from '../../../src/features/people/portfolio/store.ts'
import { deskOf } from '../../../src/features/referrals/entries/desk.ts'
import { IN_GENERAL, insertLink, newCode } from '../../../src/features/referrals/store.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import {
  APP_SECRET,
  type AppFault,
  CONTACT_SECRET,
  CORP_ID,
  openWecomApp,
  type WecomAppDouble,
} from '../../doubles/wecom/app.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'
import { stampIn, WECHAT } from '../../support/visitor.ts'
import { appSettings, startWith } from './service.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe.each(['pglite', 'postgres'] as const)('contact codes on %s', (kind) => {
  let wecom: WecomAppDouble
  let database: Database
  let app: App
  let url: string
  let now = new Date(MONDAY)
  let phones = 0
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
  }

  beforeAll(async () => {
    wecom = await openWecomApp()
    database = await openTestDatabase(kind)
    await bankOn(database, CLIENTS)
    const settings = { ...appSettings(wecom), WECOM_CONTACT_SECRET: CONTACT_SECRET }
    const started = await startWith(settings, database, () => now)
    app = started.app
    url = `${started.url}/r`
  })
  beforeEach(async () => {
    later(24 * HOUR)
    await goOn()
    wecom.followed.add('u-M1')
    await database.prisma.$executeRaw`delete from contact_code`
    await database.prisma.$executeRaw`delete from account`
    await database.prisma
      .$executeRaw`update staff set active = true, role = 'manager' where code = 'M1'`
    await database.prisma.$executeRaw`
      insert into account (channel, external_id, staff_id, conversation, last_seen_at)
      select 'wecom-app', 'u-M1', id, 'u-M1', ${now}::timestamptz from staff where code = 'M1'`
    wecom.contactWays.clear()
    wecom.calls.splice(0)
  })
  afterAll(async () => {
    wecom.letGo()
    await app.stop()
    await wecom.close()
  })

  const staffOf = (code: string) =>
    database.prisma.staff.findFirstOrThrow({ where: { code }, select: { id: true } })
  const goOn = async () => {
    app.working.wake()
    await app.working.settled()
  }

  /** The path of a new link: of a member of staff, or of a client. */
  async function linkOf(whose: { staffId: string } | { clientId: string }): Promise<string> {
    const code = newCode()
    await insertLink(
      database.prisma,
      code,
      whose,
      { ...IN_GENERAL, product: code, ownCode: null },
      now,
    )
    return code
  }
  const linkOfM1 = async () => linkOf({ staffId: (await staffOf('M1')).id })

  /** Leaves details on a link's page; resolves to the address of the page that thanks. */
  async function leave(code: string): Promise<string> {
    const headers = { 'user-agent': WECHAT }
    const form = await fetch(`${url}/${code}`, { headers })
    const stamp = stampIn(await form.text())
    later(20_000)
    phones += 1
    const phone = `138 0013 ${8100 + phones}`
    const body = new URLSearchParams({ stamp, name: '李四', phone, consent: 'yes' })
    const sent = await fetch(`${url}/${code}`, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    })
    expect(sent.status).toBe(303)
    return new URL(sent.headers.get('location') ?? '', url).href
  }
  const lookedAt = async () => {
    await deskOf(app.services).settled()
    await app.working.settled()
  }
  const page = async (thanks: string) => {
    const answer = await fetch(thanks)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('已收到，谢谢')
    return { shows: text.includes('/contact"'), refresh: answer.headers.get('refresh'), answer }
  }

  test('the page shows the manager’s own, made once for a link and kept', async () => {
    wecom.fail('externalcontact/add_contact_way', { kind: 'hangs' })
    const code = await linkOfM1()
    const first = await leave(code)
    await until(() => expect(wecom.hangs).toBe(true))
    // The page does not wait.
    expect(await page(first)).toMatchObject({ shows: false, refresh: '4' })
    expect((await fetch(`${first}/contact`)).status).toBe(404)
    wecom.letGo()
    await lookedAt()
    expect(await page(first)).toMatchObject({ shows: false })
    later(MINUTE)
    await goOn()
    const { shows, refresh, answer } = await page(first)
    expect({ shows, refresh }).toEqual({ shows: true, refresh: null })
    expect(answer.headers.get('content-security-policy')).toContain("img-src 'self'")
    const picture = await fetch(`${first}/contact`)
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(60)
    expect(picture.headers.get('cache-control')).toBe('no-store')
    await leave(code)
    await lookedAt()
    later(3 * HOUR)
    await goOn()
    expect([...wecom.contactWays.values()]).toEqual([
      { user: 'u-M1', state: code, skipsVerify: true },
    ])
    expect((await page(first)).shows).toBe(true)
  })

  test.each([
    ['42001', { kind: 'error', errcode: 42001 }],
    ['40014', { kind: 'error', errcode: 40014 }],
  ] as [string, AppFault][])('a token that is over (%s) is renewed', async (_, fault) => {
    wecom.fail('externalcontact/add_contact_way', fault)
    const thanks = await leave(await linkOfM1())
    await lookedAt()
    expect((await page(thanks)).shows).toBe(true)
  })

  const WAY = 'externalcontact/add_contact_way'
  test.each([
    ['may not be added', WAY, { kind: 'error', errcode: 84074 }],
    ['too many calls', WAY, { kind: 'error', errcode: 45009 }],
    ['busy', WAY, { kind: 'error', errcode: -1 }],
    ['broken', WAY, { kind: 'status', status: 502 }],
    ['lost answer', WAY, { kind: 'lost-reply' }],
    ['secret not taken', 'gettoken', { kind: 'error', errcode: 40001 }],
  ] as [string, string, AppFault][])(
    'where WeCom refuses (%s) the page is as ever, and the code comes later',
    async (_, path, fault) => {
      if (path === 'gettoken') wecom.fail(WAY, { kind: 'error', errcode: 42001 })
      wecom.fail(path, fault)
      const thanks = await leave(await linkOfM1())
      await lookedAt()
      await goOn()
      const asked = () => wecom.calls.filter((call) => call.path === path).length
      const before = asked()
      await goOn()
      expect(asked()).toBe(before)
      expect((await page(thanks)).shows).toBe(false)
      later(MINUTE)
      await goOn()
      expect((await page(thanks)).shows).toBe(true)
    },
  )

  test.each<[string, (id: string, code: string) => Promise<unknown>]>([
    ['the manager leaves', (id) => deactivate(database.prisma, [id], '2026-12-01', now)],
    [
      'the manager has another post',
      (id) => database.prisma.$executeRaw`update staff set role = 'lead' where id = ${id}::uuid`,
    ],
    [
      'the account is another',
      () => database.prisma.$executeRaw`update account set external_id = 'u-M1-new'`,
    ],
    [
      'the link is ended',
      (_, code) => database.prisma.$executeRaw`
        update referral_link set revoked_at = now() where code = ${code}`,
    ],
  ])('where %s the page shows it no more, and it ends at WeCom', async (_, happens) => {
    const code = await linkOfM1()
    const thanks = await leave(code)
    await lookedAt()
    expect((await page(thanks)).shows).toBe(true)
    await happens((await staffOf('M1')).id, code)
    expect((await page(thanks)).shows).toBe(false)
    expect((await fetch(`${thanks}/contact`)).status).toBe(404)
    wecom.fail('externalcontact/del_contact_way', { kind: 'error', errcode: 45009 })
    later(HOUR)
    await goOn()
    expect(wecom.contactWays.size).toBe(1)
    later(MINUTE)
    await goOn()
    expect(wecom.contactWays.size).toBe(0)
    expect(await database.prisma.contactCode.count()).toBe(0)
  })

  test('a client’s link shows the code of whoever serves the client', async () => {
    const [owner, next] = [await staffOf('M1'), await staffOf('M2')]
    const client = await database.prisma.client.findFirstOrThrow({ where: { ownerId: owner.id } })
    const thanks = await leave(await linkOf({ clientId: client.id }))
    await lookedAt()
    expect((await page(thanks)).shows).toBe(true)
    const owns = (id: string) =>
      database.prisma.client.update({ where: { id: client.id }, data: { ownerId: id } })
    await owns(next.id)
    later(HOUR)
    await goOn()
    expect((await page(thanks)).shows).toBe(false)
    expect(wecom.contactWays.size).toBe(0)
    await owns(owner.id)
  })

  test('who is no manager, or not in WeCom, has none', async () => {
    await database.prisma.$executeRaw`delete from account`
    for (const code of ['M1', 'S1']) {
      const thanks = await leave(await linkOf({ staffId: (await staffOf(code)).id }))
      await lookedAt()
      expect(await page(thanks)).toMatchObject({ shows: false, refresh: null })
    }
    expect(wecom.calls.filter(({ path }) => path.startsWith('externalcontact'))).toEqual([])
  })
})

test('the check says what to mend of customer contact', async () => {
  const wecom = await openWecomApp()
  const settings = { corpId: CORP_ID, secret: CONTACT_SECRET, apiUrl: wecom.apiUrl }
  const found = (more = {}) => checkContactWays({ ...settings, ...more })
  expect(await found()).toMatchObject({ ok: false, text: expect.stringContaining('使用范围') })
  wecom.followed.add('u-M1')
  expect(await found()).toMatchObject({ ok: true, text: expect.stringContaining('1 人') })
  expect(await found({ secret: 'wrong' })).toMatchObject({
    text: expect.stringContaining('WECOM_CONTACT_SECRET'),
  })
  expect(await found({ secret: APP_SECRET })).toMatchObject({
    text: expect.stringContaining('可调用应用'),
  })
  await wecom.close()
  expect(await found()).toMatchObject({ ok: false, text: expect.stringContaining('网络') })
})
