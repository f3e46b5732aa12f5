/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/infra/database/index.ts'
import { ONE_DATABASE, openTestDatabase } from '../../support/open.ts'
import { openPhones, type Phones } from '../../support/phones.ts'

const WRONG = '这个绑定码不对、已用过或已过期'
const ROOM = 'a-room'

describe.each(ONE_DATABASE)('a binding code, on %s', (kind) => {
  let database: Database
  let phones: Phones
  beforeEach(async () => {
    database = await openTestDatabase(kind)
    phones = await openPhones(database, { mail: 'l2@bank.example', post: 'm2@bank.example' })
    await phones.rows(
      `update staff set email = lower(code) || '@bank.example' where code in ('L2', 'M2') returning 1`,
    )
  })
  afterEach(() => phones.close())

  const issue = async (issuer: string, code: string) =>
    (await phones.say(issuer, `开通 ${code}`)).match(/绑定 ([A-Z0-9]{8})/)?.[1] ?? ''
  const holderOf = async (account: string) => {
    const [held] = await phones.rows<{ code: string }>(
      `select code from account join staff on staff.id = staff_id where external_id = '${account}'`,
    )
    return held?.code ?? null
  }
  const lastTo = async (conversation: string) => (await phones.heard(conversation)).at(-1) ?? ''
  /** Everything kept of what was said, in clear. */
  const kept = async () =>
    JSON.stringify(await phones.rows(`select card::text from message`)) +
    JSON.stringify(await phones.rows(`select says::text from received`)) +
    JSON.stringify(await phones.rows(`select input::text from act`))

  test('joins a stranger’s account to the person, once, and is struck out; its hash stays', async () => {
    const code = await issue('l1', 'M1')
    expect(code).not.toBe('')
    expect(await kept()).toContain(code)
    expect(await phones.say('new', `绑定 ${code.toLowerCase()}`)).toContain(
      '周敏，您好，账号已绑定',
    )
    expect(await holderOf('new')).toBe('M1')
    expect((await kept()).toUpperCase()).not.toContain(code)
    expect(await phones.rows(`select hash from enrolment_code`)).toHaveLength(1)
    expect(await phones.say('thief', `绑定 ${code}`)).toContain(WRONG)
    expect(await holderOf('thief')).toBeNull()
  })

  test('is good for 24 hours, and a newer one ends it', async () => {
    const first = await issue('l1', 'M1')
    const second = await issue('l1', 'M1')
    expect(await phones.say('new', `绑定 ${first}`)).toContain(WRONG)
    phones.setClock('2026-11-24T08:11:00+08:00')
    expect(await phones.say('new', `绑定 ${second}`)).toContain(WRONG)
    const third = await issue('l1', 'M1')
    phones.setClock('2026-11-25T08:10:30+08:00')
    expect(await phones.say('new', `绑定 ${third}`)).toContain('账号已绑定')
  })

  test('is nothing to an account that somebody has: the issuer’s, a colleague’s, one’s own', async () => {
    const code = await issue('l1', 'M1')
    for (const sender of ['l1', 'l2', 'm1', 'k1']) {
      expect(await phones.say(sender, `绑定 ${code}`)).toContain('已经登记')
      // The service's other channel has the same people.
      expect(await phones.say(sender, `bind ${code}`, { channel: 'twin' })).toContain('已经登记')
      expect(await holderOf(sender)).toBe(sender.toUpperCase())
    }
    expect(await phones.say('new', `绑定 ${code}`)).toContain('账号已绑定')
  })

  test.each([
    ['a stranger', 'new'],
    ['the issuer', 'l1'],
    ['the person themself', 'm1'],
    ['a colleague', 'm3'],
  ])('said in a room by %s is void, and the issuer hears of it', async (_who, sender) => {
    const code = await issue('l1', 'M1')
    const before = (await phones.heard('l1')).length
    const answer = await phones.say(sender, `绑定 ${code}`, { room: ROOM })
    expect(answer).toContain('绑定码不能在群里说')
    expect(answer).not.toMatch(/周敏|M1/)
    expect((await phones.heard('l1')).slice(before).join()).toContain(
      '周敏 的绑定码被人在群里说出，已作废',
    )
    expect(await holderOf('new')).toBeNull()
    expect(await kept()).not.toContain(code)
    expect(await phones.say('other', `绑定 ${code}`)).toContain(WRONG)
    // What is wrong is answered alike, and nobody hears of it.
    const again = (await phones.heard('l1')).length
    expect(await phones.say('other', '绑定 BCDFGHJK', { room: ROOM })).toBe(answer)
    expect(await phones.heard('l1')).toHaveLength(again)
  })

  test('is never given in a room', async () => {
    expect(await phones.say('l1', '开通 M1', { room: ROOM })).toBe(
      '已私下答复。 Answered privately.',
    )
    expect((await phones.heard(ROOM)).join()).not.toMatch(/[A-Z0-9]{8}/)
    expect(await lastTo('l1')).toMatch(/绑定 [A-Z0-9]{8}/)
  })

  test('cannot be guessed: five wrong ones an hour and sender, and then not the right one either', async () => {
    const code = await issue('l1', 'M1')
    for (let n = 0; n < 5; n++) {
      phones.setClock(`2026-11-23T08:1${n}:00+08:00`)
      expect(await phones.say('new', `绑定 BCDFGHJ${n + 2}`)).toContain(WRONG)
    }
    expect(await phones.say('new', `绑定 ${code}`)).toContain('绑定码错得太多，请过 56 分钟再试')
    expect(await phones.say('new', '绑定 BCDFGHJK')).toContain('请过 56 分钟再试')
    // Those who did not guess are heard.
    expect(await phones.say('other', '绑定 BCDFGHJK')).toContain(WRONG)
    phones.setClock('2026-11-23T09:09:30+08:00')
    expect(await phones.say('new', `绑定 ${code}`)).toContain('请过 1 分钟再试')
    phones.setClock('2026-11-23T09:10:01+08:00')
    expect(await phones.say('new', `绑定 ${code}`)).toContain('账号已绑定')
    expect(JSON.stringify(await phones.rows(`select * from enrolment_guess`))).not.toMatch(
      /new|other/,
    )
  })

  test('cannot be guessed by many: fifty wrong ones an hour in the bank, whichever instance hears them', async () => {
    const code = await issue('l1', 'M1')
    const second = await openPhones(database)
    for (let n = 0; n < 50; n++) {
      const one = n % 2 ? phones : second
      expect(await one.say(`guest-${n % 10}`, '绑定 BCDFGHJK')).toContain(WRONG)
    }
    expect(await phones.say('new', `绑定 ${code}`)).toContain('请过 60 分钟再试')
    expect(await second.say('new', `绑定 ${code}`)).toContain('请过 60 分钟再试')
    phones.setClock('2026-11-23T09:10:01+08:00')
    expect(await phones.say('new', `绑定 ${code}`)).toContain('账号已绑定')
    expect(await phones.rows(`select 1 from enrolment_guess`)).toHaveLength(50)
  })

  test('makes an account that the person, the lead and the issuer hear of, and the person ends', async () => {
    const code = await issue('h1', 'M1')
    // The issuer, by a second phone.
    await phones.say('second', `绑定 ${code}`)
    expect(await phones.say('second', '查 张三')).toContain('顺发五金店')
    await phones.say('second', '新客户')
    await phones.say('second', '看板')
    for (const conversation of ['m1', 'l1', 'h1']) {
      expect(await lastTo(conversation), conversation).toMatch(/名下新绑定/)
    }
    expect(await phones.press('m1', '不是我')).toContain('已停用')
    expect(await holderOf('second')).toBeNull()
    expect(await phones.say('second', '查 张三')).toContain('还没有登记')
    expect(
      await phones.rows(`select 1 from dialog join staff on staff.id = staff_id where code = 'M1'`),
    ).toEqual([])
    expect(await lastTo('l1')).toContain('周敏 说 周敏 名下新绑定的账号不是本人的，已停用')
    expect(await lastTo('h1')).toContain('已停用')
    expect(await phones.say('m1', '查 张三')).toContain('顺发五金店')
    expect(await phones.press('m1', '不是我')).toContain('没有您可以停用的新账号')
  })

  test('makes an account that throws out none of before, and that the lead may end', async () => {
    await phones.say('second', `绑定 ${await issue('l1', 'M1')}`)
    await phones.say('third', `绑定 ${await issue('l1', 'M1')}`)
    expect(await phones.say('third', '不是我')).toContain('没有您可以停用的新账号')
    const forged = async (sender: string, externalId: string) => {
      const intent = { command: 'not-me', input: { channel: 'phone', externalId } }
      const { answered } = await phones.app.inbox({
        ...{ id: `${sender}-${externalId}`, channel: 'phone', conversation: sender, sender },
        ...{ shared: false, says: { kind: 'intent', intent, label: '' } },
      })
      await answered
      return lastTo(sender)
    }
    for (const [sender, account] of [
      ['third', 'm1'],
      ['second', 'm1'],
      ['l2', 'second'],
      ['k1', 'second'],
      ['m3', 'second'],
      ['l1', 'm1'],
      ['l1', 'h1'],
    ] as const) {
      expect(await forged(sender, account), `${sender} ${account}`).toMatch(
        /没有您可以|不是您或您组员/,
      )
      expect(await holderOf(account)).not.toBeNull()
    }
    expect(await phones.press('l1', '不是本人')).toContain('已停用')
    expect(await holderOf('third')).toBeNull()
    // The person hears of it where they were last seen.
    expect(`${await lastTo('m1')}${await lastTo('second')}`).toContain(
      '谢英 说 周敏 名下新绑定的账号不是本人的',
    )
    // By words, the newest of one's own.
    expect(await phones.say('m1', '不是我')).toContain('已停用')
    expect(await holderOf('second')).toBeNull()
    expect(await holderOf('m1')).toBe('M1')
  })

  test('is not the only way: an account by a verified address is told of, and is not joined again', async () => {
    expect(await phones.say('mail', '今日')).not.toContain('还没有登记')
    expect(await lastTo('l2')).toContain('您名下新绑定了一个')
    expect(await lastTo('h1')).toContain('石磊 名下新绑定了一个')
    await phones.press('l2', '不是我')
    expect(await phones.say('mail', '今日')).toContain('还没有登记')
    expect(await holderOf('mail')).toBeNull()
    // A code is the lead's own word for it.
    const code = await issue('h1', 'L2')
    expect(await phones.say('mail', `绑定 ${code}`)).toContain('账号已绑定')
  })

  test('nobody is told of the same account in the service’s other channel', async () => {
    const before = (await phones.heard('m1')).length
    expect(await phones.say('m1', '今日', { channel: 'twin' })).toContain('晨会')
    expect(await phones.heard('m1')).toHaveLength(before)
    expect((await phones.heard('l1')).join()).not.toContain('新绑定')
  })
})
