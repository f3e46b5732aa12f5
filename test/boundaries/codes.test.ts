import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailFindings } from '../../src/cli/doctor/mail-finding.ts'
import { readConfig } from '../../src/config.ts'
import { strikeCodes } from '../../src/features/staff/strike-codes.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { connectionOf, createMailer } from '../../src/infra/mail.ts'
import { openSmtp, readMail, type SmtpDouble } from '../doubles/smtp.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'
import { openPhones, type Phones } from '../support/phones.ts'

const FROM = '晨会 <chenhui@bank.example>'
const CODE = /绑定 ([A-Z0-9]{8})/

describe.each(DATABASES)('a binding code goes to its person past whoever asks, on %s', (kind) => {
  let database: Database
  let smtp: SmtpDouble
  let phones: Phones
  let texts: { readonly to: string; readonly text: string }[]
  beforeEach(async () => {
    database = await openTestDatabase(kind)
    smtp = await openSmtp()
    texts = []
    phones = await openPhones(
      database,
      { slack: 'm2@bank.example' },
      {
        mail: createMailer({ url: smtp.url, from: FROM }),
        sms: { send: async (to, text) => void texts.push({ to, text }) },
      },
    )
    for (const code of ['M1', 'M2', 'L2']) {
      const email = `${code.toLowerCase()}@bank.example`
      smtp.mailboxes.add(email)
      await database.prisma.staff.update({ where: { code }, data: { email } })
    }
    await database.prisma.staff.update({ where: { code: 'M3' }, data: { phone: '+8613800138003' } })
  })
  afterEach(async () => {
    await phones.close()
    smtp.close()
  })

  const mails = () => smtp.arrived.map((each) => ({ to: each.to, ...readMail(each) }))
  const heldBy = async (account: string) =>
    (
      await phones.rows<{ code: string }>(
        `select code from account join staff on staff.id = staff_id where external_id = '${account}'`,
      )
    )[0]?.code
  /** Everything that is kept of what was said and sent, in clear. */
  const kept = async () =>
    JSON.stringify([
      await phones.rows(`select conversation, card::text from message`),
      await phones.rows(`select says::text from received`),
      await phones.rows(`select input::text from act`),
    ])

  test('by mail: the issuer sees neither code nor address, and the second phone of theirs gets nothing', async () => {
    const answer = await phones.say('l1', '开通 M1')
    expect(answer).toContain('绑定码已发到 周敏 登记的邮箱 m***@bank.example')
    expect(answer).not.toMatch(/[A-Z0-9]{8}/)
    const [mail] = mails()
    expect(mail).toMatchObject({ to: 'm1@bank.example', subject: '【示范银行】聊天账号绑定码' })
    expect(mail?.headers.get('from')).toBe(FROM)
    expect(mail?.text).toContain('谢英 为您开通聊天账号')
    const code = mail?.text.match(CODE)?.[1] ?? ''
    // No address stands in the outbox, and the code no longer once it is used.
    expect(
      await phones.rows(`select 1 from message where card::text like '%bank.example,%'`),
    ).toEqual([])
    expect((await kept()).match(/m1@bank/)).toBeNull()
    expect(await kept()).toContain(code)
    expect(await phones.say('new', `绑定 ${code}`)).toContain('账号已绑定')
    expect(await heldBy('new')).toBe('M1')
    expect(await kept()).not.toContain(code)
  })

  test('the person hears of a new account at that address too, whoever vouched for it', async () => {
    await phones.say('l1', '开通 M1')
    await phones.say('thief', `绑定 ${mails()[0]?.text.match(CODE)?.[1]}`)
    expect(mails().slice(1)).toMatchObject([
      {
        to: 'm1@bank.example',
        subject: '【示范银行】新的聊天账号',
        text: expect.stringContaining('不是您本人办的'),
      },
    ])
    // By an address that the service has verified.
    await phones.say('slack', 'today')
    expect(mails().slice(2)).toMatchObject([
      {
        to: 'm2@bank.example',
        subject: '【示范银行】A new chat account',
        text: expect.stringContaining('that was not me'),
      },
    ])
    await phones.press('m1', '不是我')
    expect(await heldBy('thief')).toBeUndefined()
  })

  test('by text message where no mail address is on file; by the issuer where nothing is', async () => {
    const answer = await phones.say('l2', '开通 M3')
    expect(answer).toContain('登记的手机 …8003')
    expect(answer).not.toMatch(/[A-Z0-9]{8}/)
    expect(texts).toMatchObject([{ to: '+8613800138003', text: expect.stringMatching(CODE) }])
    expect(texts[0]?.text).toContain('【示范银行】')
    expect(await phones.say('h1', '开通 L1')).toMatch(CODE)
    expect(mails()).toEqual([])
    expect(texts).toHaveLength(1)
  })

  test('what waits for the server goes once it is back; what it refuses for good does not hold up others', async () => {
    smtp.cut = 'greeting'
    await phones.say('l1', '开通 M1')
    expect(mails()).toEqual([])
    smtp.cut = null
    smtp.mailboxes.delete('l2@bank.example')
    phones.setClock('2026-11-23T08:12:00+08:00')
    await phones.say('h1', '开通 L2')
    phones.setClock('2026-11-23T08:13:00+08:00')
    await phones.app.delivery.settled()
    expect(mails().map(({ to }) => to)).toEqual(['m1@bank.example'])
    const failed = await phones.rows<{ error: string }>(
      `select error from message where channel = 'mail' and state = 'failed'`,
    )
    expect(failed).toEqual([{ error: expect.stringContaining('550') }])
    expect(JSON.stringify(failed)).not.toContain('l2@')
  })

  test('where the answer of the server was lost the same mail goes again', async () => {
    smtp.cut = 'data'
    await phones.say('l1', '开通 M1')
    smtp.cut = null
    phones.setClock('2026-11-23T08:12:00+08:00')
    await phones.app.delivery.settled()
    const ids = mails().map(({ headers }) => headers.get('message-id'))
    expect(ids).toEqual([ids[0], ids[0]])
    expect(ids[0]).toMatch(/^<[\w-]+@bank\.example>$/)
  })

  test('a code that ran out stands nowhere after the night', async () => {
    await phones.say('l1', '开通 M1')
    const code = mails()[0]?.text.match(CODE)?.[1] ?? ''
    phones.setClock('2026-11-24T09:00:00+08:00')
    await strikeCodes.run(phones.app.services, phones.app.services.moment())
    expect(code).not.toBe('')
    expect(await kept()).not.toContain(code)
  })
})

describe('a mail server', () => {
  test.each([
    ['smtps://u:p%40s@mail.bank.example', { port: 465, secure: true, requireTLS: false }],
    ['smtp://mail.bank.example', { port: 587, secure: false, requireTLS: true }],
    ['smtp://10.0.0.5:25', { port: 25, secure: false, requireTLS: true }],
    ['smtp://127.0.0.1:2525', { port: 2525, secure: false, requireTLS: false }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, secure: false, requireTLS: false }],
  ])('%s is spoken to in clear on this machine alone', (url, connection) => {
    expect(connectionOf(url)).toMatchObject(connection)
  })

  test('is sent no password in clear, whatever it offers', () => {
    expect(connectionOf('smtps://u:p%40s@mail.bank.example')).toMatchObject({
      auth: { user: 'u', pass: 'p@s' },
    })
    expect(connectionOf('smtp://mail.bank.example')).not.toHaveProperty('auth')
  })

  test('is looked at by doctor', async () => {
    const smtp = await openSmtp()
    const found = async (url: string, from = FROM) => {
      const [finding] = await mailFindings(readConfig({ MAIL_URL: url, MAIL_FROM: from }))
      return finding?.state
    }
    expect(await mailFindings(readConfig({}))).toEqual([])
    expect(await found(smtp.url)).toBe('ok')
    expect(await found(smtp.url, '')).toBe('no')
    expect(await found(smtp.url.replace('chenhui', 'nobody'))).toBe('no')
    smtp.close()
    expect(await found(smtp.url)).toBe('no')
  })

  test.each(['a\nBcc: x@evil.example', 'nobody', 'a@b <c@d>\r\nX: y', '<x@y> z'])(
    'is given no sender %j',
    (from) => {
      expect(() => readConfig({ MAIL_FROM: from })).toThrow('MAIL_FROM')
    },
  )
})
