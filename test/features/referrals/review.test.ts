import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, MONDAY, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { stampIn, visitorsOf } from '../../support/visitor.ts'

const VISITOR = { name: '李四', business: '五金店', need: '', consent: 'yes' }

describe.each(ONE_DATABASE)('what looks like abuse waits for a lead, on %s', (kind) => {
  let bank: Bank
  let visitors: ReturnType<typeof visitorsOf>
  beforeAll(async () => {
    bank = await openBank(kind)
    visitors = visitorsOf(bank)
  })
  beforeEach(async () => {
    bank.setClock(MONDAY)
    await bank.told()
  })
  afterAll(() => bank.close())

  /** What is known of whoever left a number. */
  async function entryOf(phone: string) {
    const [entry] = await bank.rows<{ status: string; credit: string | null; kinds: string[] }>(
      `select status, credit,
         array(select jsonb_array_elements(evidence) ->> 'kind') as kinds
       from referral_entry left join client on client.id = client_id
       where '${phone}' in (referral_entry.phone, client.phone) order by referral_entry.id desc
       limit 1`,
    )
    return entry
  }
  const clients = (phone: string) => bank.rows(`select 1 from client where phone = '${phone}'`)

  test('a referrer who refers themselves, and a client of one’s own entered as referred', async () => {
    const client = await visitors.linkOf('M1', '转介 张三')
    const answer = await visitors
      .from('203.0.113.1')
      .leave(client, { ...VISITOR, name: '张三', phone: '13490010001' })
    expect(answer.status).toBe(303)
    expect(await entryOf('+8613490010001')).toEqual({
      status: 'held',
      credit: null,
      kinds: ['self'],
    })
    const own = await visitors.linkOf('M1', '我的码')
    await visitors
      .from('203.0.113.2')
      .leave(own, { ...VISITOR, name: '赵强', phone: '13490010004' })
    expect((await entryOf('+8613490010004'))?.kinds).toEqual(['own-client'])
    const asked = (await bank.told()).filter(({ text }) => text.includes('转介待审核'))
    expect(asked.map(({ code }) => code)).toEqual(['L1', 'L1'])
    await play(
      bank,
      `
      L1> 审核转介
      待审核的转介 2 条
      来人: 张三 · 五金店 · 134****0001
      推荐人: 张三（客户，周敏 名下）
      填的是推荐人自己的号码
      [计入转介] [只联系不计] [不受理]
      来人: 赵强
      已是推荐人自己名下的客户
      L1> [只联系不计]
      张三：不计转介，客户经理会联系。
      M1<
      张三转介：张三
      L2> 审核转介
      没有待审核的转介
      `,
    )
    expect(await entryOf('+8613490010001')).toMatchObject({ status: 'accepted', credit: 'none' })
  })

  test('one device, one network, numbers to throw away: held from the third, the ninth, the third on', async () => {
    const device = await visitors.linkOf('M2', 'my code')
    for (const n of [0, 1, 2]) {
      await visitors.from('198.51.100.1').leave(device, { ...VISITOR, phone: `1380013901${n}` })
    }
    expect((await entryOf('+8613800139011'))?.status).toBe('accepted')
    expect((await entryOf('+8613800139012'))?.kinds).toEqual(['device'])
    const network = await visitors.linkOf('M3', '我的码')
    for (let n = 0; n < 9; n++) {
      await visitors.from(`198.51.101.${n}`).leave(network, { ...VISITOR, phone: `1380013902${n}` })
    }
    expect((await entryOf('+8613800139027'))?.status).toBe('accepted')
    expect((await entryOf('+8613800139028'))?.kinds).toEqual(['network'])
    const disposable = await visitors.linkOf('S1', '我的码')
    for (const n of [0, 1, 2]) {
      await visitors
        .from(`198.51.${110 + n}.1`)
        .leave(disposable, { ...VISITOR, phone: `1700013903${n}` })
    }
    expect((await entryOf('+8617000139032'))?.kinds).toEqual(['disposable'])
    expect(await clients('+8617000139032')).toEqual([])
  })

  test('a machine: too fast, into the trap; held, and told apart from nothing by the answer', async () => {
    const path = await visitors.linkOf('M1', '我的码')
    const robot = visitors.from('198.51.102.1')
    const stamp = stampIn(await (await robot.open(path)).text())
    const fields = { ...VISITOR, phone: '13800139040', website: 'http://spam.example', stamp }
    const answer = await robot.post(path, new URLSearchParams(fields))
    expect(answer.status).toBe(303)
    await visitors.settled()
    expect((await entryOf('+8613800139040'))?.kinds).toEqual(['trap', 'fast'])
    const [entry] = await bank.rows<{ id: string }>(
      `select id from referral_entry where phone = '+8613800139040'`,
    )
    await play(bank, 'L1<\n填了看不见的栏目，像是程序\n打开 0 秒就提交，比手填快')
    const verdict = { entryId: entry?.id, verdict: 'reject' }
    const decide = () => bank.send('L1', { command: 'review-referral', input: verdict })
    expect(JSON.stringify(await decide())).toContain('不受理，没有建档')
    expect(JSON.stringify(await decide())).toContain('这条转介已经审核过了')
    await play(bank, 'M1<\n没有通过主管审核，这次不计入')
    expect(await clients('+8613800139040')).toEqual([])
  })

  test('a link under attack asks for work; with it one is believed, without it one waits', async () => {
    const path = await visitors.linkOf('K1', '我的码')
    for (let n = 0; n < 61; n++) await visitors.from(`192.0.2.${n}`).post(path, 'x=1')
    const honest = visitors.from('198.51.103.1')
    const page = await (await honest.open(path)).text()
    expect(page).toContain('<script>')
    const stamp = stampIn(page)
    bank.setClock('2026-11-23T08:11:00+08:00')
    const fields = { ...VISITOR, phone: '13800139050', stamp, proof: String(workFor(stamp)) }
    await honest.post(path, new URLSearchParams(fields))
    const lazy = { ...VISITOR, phone: '13800139051', stamp, proof: '1' }
    await visitors.from('198.51.104.1').post(path, new URLSearchParams(lazy))
    await visitors.settled()
    expect((await entryOf('+8613800139050'))?.status).toBe('accepted')
    expect((await entryOf('+8613800139051'))?.kinds).toEqual(['unproven'])
  })

  test('too many forms from one address are asked to wait', async () => {
    const path = await visitors.linkOf('L2', '我的码')
    const eager = visitors.from('198.51.105.1')
    const answers = []
    for (let n = 0; n < 21; n++) answers.push(await eager.post(path, 'x=1'))
    expect(answers.at(-2)?.status).toBe(422)
    expect(answers.at(-1)?.status).toBe(429)
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answers.at(-1)?.text()).toContain('请稍等一会儿')
    expect((await visitors.from('198.51.105.2').post(path, 'x=1')).status).toBe(422)
  })
})

/** What the page's script searches for. */
function workFor(stamp: string): number {
  for (let n = 0; ; n++) {
    const digest = createHash('sha256').update(`${stamp}.${n}`).digest()
    if (digest.readUInt32BE(0) >>> 18 === 0) return n
  }
}
