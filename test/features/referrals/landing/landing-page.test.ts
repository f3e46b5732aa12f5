/** @module-tag slow */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, MONDAY, openBank } from '../../../support/bank.ts'
import { ONE_DATABASE } from '../../../support/open.ts'
import { stampIn, type Visitor, visitorsOf } from '../../../support/visitor.ts'

describe.each(ONE_DATABASE)('the landing page on %s', (kind) => {
  let bank: Bank
  let visitors: ReturnType<typeof visitorsOf>
  let visitor: Visitor
  let turn = 0
  beforeAll(async () => {
    bank = await openBank(kind)
    visitors = visitorsOf(bank)
  })
  beforeEach(async () => {
    turn += 1
    visitor = visitors.from(`203.0.${turn}.7`)
    bank.setClock(MONDAY)
    await bank.told()
  })
  afterAll(() => bank.close())

  const VISITOR = { name: '李四', business: '五金店', need: '进货', consent: 'yes' }
  /** A number of this test's own. */
  const phone = () => `138 0013 ${8000 + turn}`
  const e164 = () => `+861380013${8000 + turn}`
  const textOf = async (answer: Response | Promise<Response>) => (await answer).text()

  test('says who recommends: a manager by name, a client by the family name alone', async () => {
    const manager = await textOf(visitor.open(await visitors.linkOf('M1', '我的码')))
    expect(manager).toContain('客户经理 周敏 为您服务')
    const client = await textOf(visitor.open(await visitors.linkOf('M1', '转介 张三')))
    expect(client).toContain('您的朋友 张** 推荐')
    expect(client).not.toContain('张三')
    const path = await visitors.linkOf('S1', '我的码')
    const staff = await visitor.open(path, { 'accept-language': 'en' })
    expect(await staff.text()).toContain('Recommended by 白露')
  })

  test.each([
    [undefined, 'zh-CN'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB,en;q=0.9,zh;q=0.5', 'en'],
    ['fr-FR,en;q=0.4,zh;q=0.3', 'en'],
    ['fr', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
  ])('to a browser that asks for %s it answers in %s', async (accept, lang) => {
    const path = await visitors.linkOf('M1', '我的码')
    const page = await textOf(visitor.open(path, accept ? { 'accept-language': accept } : {}))
    expect(page).toContain(`<html lang="${lang}">`)
  })

  test('it is small, carries its preview, runs nothing and is only asked about again when it changed', async () => {
    const answer = await visitor.open(await visitors.linkOf('M1', '我的码 结算卡'))
    const page = await answer.text()
    expect(Buffer.byteLength(page)).toBeLessThan(10_000)
    expect(page).toContain('<meta property="og:title" content="客户经理 周敏 为您服务 · 结算卡">')
    expect(page).toMatch(/og:image" content="http[^"]+\/r\/preview\.png"/)
    expect(page).not.toMatch(/<script|<link|<img/)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; style-src 'sha256-[^;]+; script-src 'sha256-/,
    )
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const again = await visitor.open(await visitors.linkOf('M1', '我的码 结算卡'), {
      'if-none-match': answer.headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
    const picture = await visitor.open('/preview.png')
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('a visitor becomes a prospect on the manager’s list, and is told who calls and when', async () => {
    const path = await visitors.linkOf('M1', '转介 张三')
    const answer = await visitor.leave(path, { ...VISITOR, phone: phone() })
    expect(answer.status).toBe(303)
    const thanks = answer.headers.get('location')?.replace(/^\/r/, '') ?? ''
    expect(thanks).toMatch(new RegExp(`^${path}/thanks/[\\w-]{24}$`))
    const page = await textOf(visitor.open(thanks))
    expect(page).toContain('周敏（或同事）')
    expect(page).toContain('最晚明天')
    expect(page).not.toContain('李四')
    const told = (await bank.told()).filter(({ text }) => text.includes('转介：'))
    expect(told).toEqual([{ code: 'M1', text: expect.stringContaining('张三转介：李四 · 五金店') }])
    expect(told[0]?.text).toContain(phone())
    const [prospect] = await bank.rows<{ kind: string; source: string; name: string }>(
      `select client.kind, source, staff.name from client join staff on staff.id = owner_id
       where client.phone = '${e164()}'`,
    )
    expect(prospect).toEqual({ kind: 'prospect', source: 'referral', name: '周敏' })
    const [task] = await bank.rows<{ due: string; kind: string }>(
      `select due_on::text as due, task.kind from task join client on client.id = client_id
       where client.phone = '${e164()}' and status = 'open'`,
    )
    expect(task).toEqual({ due: '2026-11-24', kind: 'referral' })
  })

  test('a double tap, the back button and a second tab make one prospect and one message', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    const stamp = stampIn(await textOf(visitor.open(path)))
    bank.setClock('2026-11-23T08:11:00+08:00')
    await bank.told()
    const form = new URLSearchParams({ ...VISITOR, phone: phone(), stamp })
    const [first, second] = await Promise.all([visitor.post(path, form), visitor.post(path, form)])
    expect(first?.headers.get('location')).toBe(second?.headers.get('location'))
    const tab = await visitor.leave(path, { ...VISITOR, phone: phone(), name: '李小四' })
    expect(tab.status).toBe(303)
    expect((await bank.told()).map(({ code }) => code)).toEqual(['M1'])
    const entries = await bank.rows<{ status: string }>(
      `select status from referral_entry join client on client.id = client_id
       where client.phone = '${e164()}' order by referral_entry.id`,
    )
    expect(entries.map(({ status }) => status)).toEqual(['accepted', 'repeated'])
  })

  test('an existing client counts as returning, stays with their manager, and nobody is told so', async () => {
    const path = await visitors.linkOf('M2', 'my code')
    const answer = await visitor.leave(path, { ...VISITOR, phone: '13490010001' })
    const thanks = answer.headers.get('location')?.replace(/^\/r/, '') ?? ''
    const page = await textOf(visitor.open(thanks))
    expect(page).toContain('Lee（或同事）')
    expect(page).not.toMatch(/周敏|张三/)
    const told = await bank.told()
    expect(told.find(({ code }) => code === 'M1')?.text).toContain('算回访，不算新客户')
    expect(told.find(({ code }) => code === 'M2')?.text).not.toMatch(/张三|李四/)
    const [entry] = await bank.rows(
      `select "returning", staff.name from referral_entry join client on client.id = client_id
       join staff on staff.id = client.owner_id where client.phone = '+8613490010001'`,
    )
    expect(entry).toEqual({ returning: true, name: '周敏' })
  })

  test('a visitor of staff without clients goes to the manager with the fewest tasks', async () => {
    await visitor.leave(await visitors.linkOf('S1', '我的码'), { ...VISITOR, phone: phone() })
    const [owner] = await bank.rows<{ code: string }>(
      `select staff.code from client join staff on staff.id = owner_id where client.phone = '${e164()}'`,
    )
    expect(owner?.code).toBe('M3')
    expect((await bank.told()).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['M3', 'S1']),
    )
  })

  test.each([
    [{ name: ' ' }, '请用文字写您的称呼'],
    [{ name: '1' }, '请用文字写您的称呼'],
    [{ phone: '12345' }, '请写 11 位手机号'],
    [{ phone: '9'.repeat(5000) }, '请写 11 位手机号'],
    [{ consent: '' }, '需要您的同意才能联系您。'],
    [{ need: 'x'.repeat(201) }, '最多 200 字。'],
    [{ stamp: 'forged' }, '这一页打开太久了'],
  ])('with %o it says what is missing, keeps the rest, and stores nothing', async (wrong, says) => {
    const path = await visitors.linkOf('M1', '我的码')
    const answer = await visitor.leave(path, { ...VISITOR, phone: phone(), ...wrong })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(says)
    expect(page).toContain('value="五金店"')
    expect(stampIn(page)).not.toBe('')
    expect(await bank.rows(`select 1 from client where phone = '${e164()}'`)).toEqual([])
  })

  test('a form of yesterday is taken; one of last week is kept and asked for again', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    const stamp = stampIn(await textOf(visitor.open(path)))
    const form = new URLSearchParams({ ...VISITOR, phone: phone(), stamp })
    bank.setClock('2026-11-30T09:00:00+08:00')
    const old = await visitor.post(path, form)
    expect(old.status).toBe(422)
    const fresh = stampIn(await old.text())
    bank.setClock('2026-12-01T09:00:00+08:00')
    form.set('stamp', fresh)
    expect((await visitor.post(path, form)).status).toBe(303)
    await visitors.settled()
    expect(await bank.rows(`select 1 from client where phone = '${e164()}'`)).toHaveLength(1)
  })

  test('one form is one person’s: after five sendings it is asked for anew, and what was typed stays', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    const stamp = stampIn(await textOf(visitor.open(path)))
    const send = (digit: number, by = stamp) =>
      visitor.post(
        path,
        new URLSearchParams({ ...VISITOR, phone: `1350000900${digit}`, stamp: by }),
      )
    for (const digit of [1, 2, 3, 4, 5]) expect((await send(digit)).status).toBe(303)
    const sixth = await send(6)
    expect(sixth.status).toBe(422)
    const page = await sixth.text()
    expect(page).toContain('13500009006')
    expect((await send(6, stampIn(page))).status).toBe(303)
    await visitors.settled()
  })

  test('a number from abroad is taken as it is', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    await visitor.leave(path, { ...VISITOR, phone: '+44 20 7946 0018' })
    expect(await bank.rows(`select 1 from client where phone = '+442079460018'`)).toHaveLength(1)
  })

  test('what a visitor types is escaped, and control characters are dropped', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    const wrong = { ...VISITOR, phone: '1', name: '"><script>alert(1)</script>' }
    expect(await textOf(visitor.leave(path, wrong))).not.toContain('<script>')
    await visitor.leave(path, { ...VISITOR, phone: phone(), name: '李\u0000\n\u202e四' })
    const [client] = await bank.rows(`select name from client where phone = '${e164()}'`)
    expect(client).toEqual({ name: '李 四' })
  })

  test.each([
    ['/zzzzzzzz', 404, '这个链接打不开'],
    ['/short', 404, '少抄'],
    ['/k0m1l2o3', 404, '少抄'],
    ["/' or 1=1--", 404, '这个链接打不开'],
    ['/zzzzzzzz/thanks/aaaaaaaaaaaaaaaaaaaaaaaa', 404, '这一页没有了'],
    ['/a/b/c/d/e', 404, '这个链接打不开'],
  ])('a link that is none (%s) is told %i', async (path, status, says) => {
    const answer = await visitor.open(path)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(says)
  })

  test('a revoked link and an expired one are gone, to openers and senders alike', async () => {
    const path = await visitors.linkOf('M3', '我的码')
    const stamp = stampIn(await textOf(visitor.open(path)))
    expect(JSON.stringify(await bank.say('M3', '停用码'))).toContain('已停用')
    expect((await visitor.open(path)).status).toBe(410)
    const form = new URLSearchParams({ ...VISITOR, phone: phone(), stamp })
    const sent = await visitor.post(path, form)
    expect(sent.status).toBe(410)
    expect(await sent.text()).toContain('这个链接已停用')
    const soon = await visitors.linkOf('M3', '我的码 2天')
    expect(soon).not.toBe(path)
    expect((await visitor.open(soon)).status).toBe(200)
    bank.setClock('2026-11-26T00:00:00+08:00')
    const expired = await visitor.open(soon)
    expect(expired.status).toBe(410)
    expect(await expired.text()).toContain('这个链接已过期')
    expect(await visitors.linkOf('M3', '我的码')).not.toBe(soon)
  })

  test.each([
    ['text/plain', 'name=x', 415],
    ['multipart/form-data; boundary=x', '--x--', 415],
    ['application/json', '{"name":"x"}', 415],
    [
      'application/x-www-form-urlencoded',
      Array.from({ length: 100 }, (_, n) => `f${n}=1`).join('&'),
      400,
    ],
    ['application/x-www-form-urlencoded', `need=${'x'.repeat(20_000)}`, 413],
  ])('a body of %s that is no form of ours is refused', async (type, body, status) => {
    const path = await visitors.linkOf('M1', '我的码')
    const answer = await visitor.post(path, body, type)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('没有收到')
  })
})
