import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { landingPage } from '../../../src/features/referrals/landing-page.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

describe.each(DATABASES)('the landing page on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  /** The path of somebody's link below the page's own. */
  async function linkOf(code: string, text: string): Promise<string> {
    const card = JSON.stringify(await bank.say(code, text))
    return card.match(/\/r(\/[a-z0-9]{8})"/)?.[1] ?? ''
  }

  const routes = () => landingPage.routes(bank.app.house)
  const open = (path: string, language = 'zh-CN') =>
    routes().request(path, { headers: { 'accept-language': language } })
  const leave = (path: string, fields: Record<string, string>) =>
    routes().request(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const VISITOR = {
    name: '李四',
    phone: '138 0013 8000',
    business: '五金店',
    need: '进货',
    consent: 'yes',
  }

  test('says who recommends: a manager by name, a client by the family name alone', async () => {
    const manager = await (await open(await linkOf('M1', '我的码'))).text()
    expect(manager).toContain('客户经理 周敏 为您服务')
    const client = await (await open(await linkOf('M1', '转介 张三'))).text()
    expect(client).toContain('您的朋友 张** 推荐')
    expect(client).not.toContain('张三')
    const staff = await (await open(await linkOf('S1', '我的码'), 'en')).text()
    expect(staff).toContain('Recommended by 白露')
  })

  test('the same person has the same link at every asking', async () => {
    expect(await linkOf('M1', '我的码')).toBe(await linkOf('M1', '我的码'))
    expect(await linkOf('M1', '转介 张三')).not.toBe(await linkOf('M1', '我的码'))
  })

  test('a visitor becomes a prospect on the manager’s list, and the manager hears at once', async () => {
    const path = await linkOf('M1', '转介 张三')
    await bank.told()
    const answer = await leave(path, VISITOR)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`${path}/thanks`)
    expect(await (await open(`${path}/thanks`)).text()).toContain('一个工作日内')
    const told = await bank.told()
    expect(told).toEqual([{ code: 'M1', text: expect.stringContaining('张三转介：李四') }])
    const [prospect] = await bank.rows<{ kind: string; source: string; name: string }>(
      `select client.kind, source, staff.name from client join staff on staff.id = owner_id
       where client.phone = '+8613800138000'`,
    )
    expect(prospect).toEqual({ kind: 'prospect', source: 'referral', name: '周敏' })
    bank.setClock('2026-11-24T08:07:00+08:00')
    expect(JSON.stringify(await bank.say('M1', '今日'))).toContain('张三转介，请先联系')
  })

  test('sending it twice makes one prospect, one entry and one message', async () => {
    const path = await linkOf('M1', '我的码')
    await bank.told()
    await Promise.all([leave(path, VISITOR), leave(path, VISITOR)])
    await leave(path, { ...VISITOR, name: '李小四' })
    expect(await bank.told()).toHaveLength(1)
    expect(await bank.rows(`select 1 from referral_entry`)).toHaveLength(1)
    expect(await bank.rows(`select 1 from client where phone = '+8613800138000'`)).toHaveLength(1)
  })

  test('an existing client counts as returning and stays with their manager', async () => {
    const path = await linkOf('M2', 'my code')
    await leave(path, { ...VISITOR, phone: '13490010001' })
    const entries = await bank.rows(`select "returning" from referral_entry`)
    expect(entries).toEqual([{ returning: true }])
    const [owner] = await bank.rows<{ name: string }>(
      `select staff.name from client join staff on staff.id = owner_id where client.name = '张三'`,
    )
    expect(owner?.name).toBe('周敏')
  })

  test('who is marked do-not-contact gets no task', async () => {
    await bank.say('M1', '今日')
    await bank.say('M1', '1 勿扰')
    await leave(await linkOf('M1', '我的码'), { ...VISITOR, phone: '13490010001' })
    expect(
      await bank.rows(
        `select 1 from task join client on client.id = client_id
         where client.name = '张三' and status = 'open'`,
      ),
    ).toEqual([])
  })

  test('a visitor of staff without clients goes to the manager with the fewest tasks', async () => {
    await leave(await linkOf('S1', '我的码'), VISITOR)
    const [owner] = await bank.rows<{ code: string }>(
      `select staff.code from client join staff on staff.id = owner_id where client.phone = '+8613800138000'`,
    )
    expect(owner?.code).toBe('M3')
    expect((await bank.told()).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['M3', 'S1']),
    )
  })

  test.each([
    [{ name: '' }, '请写您的称呼。'],
    [{ phone: '12345' }, '请写 11 位手机号'],
    [{ consent: '' }, '需要您的同意才能联系您。'],
    [{ need: 'x'.repeat(201) }, '最多 200 字。'],
  ])('with %o it says what is missing, keeps the rest, and stores nothing', async (wrong, says) => {
    const path = await linkOf('M1', '我的码')
    const answer = await leave(path, { ...VISITOR, ...wrong })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(says)
    expect(page).toContain('value="五金店"')
    expect(await bank.rows(`select 1 from client where phone = '+8613800138000'`)).toEqual([])
  })

  test('what a visitor types is escaped', async () => {
    const path = await linkOf('M1', '我的码')
    const page = await (await leave(path, { ...VISITOR, phone: '1', name: '"><script>' })).text()
    expect(page).not.toContain('<script>')
  })

  test.each(['/zzzzzzzz', '/short', "/' or 1=1--"])(
    'a link that is none (%s) says so',
    async (path) => {
      const answer = await open(path)
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('这个链接打不开了')
    },
  )
})
