/** @module-tag slow */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { enrolByHand, leaveByHand } from '../../src/cli/posts.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { KEY } from '../support/keyed.ts'
import { openTestDatabase } from '../support/open.ts'
import { openPhones, type Phones } from '../support/phones.ts'

let database: Database
let phones: Phones
beforeEach(async () => {
  database = await openTestDatabase('postgres')
  phones = await openPhones(database)
  phones.setClock(new Date().toISOString())
})
afterEach(() => phones.close())

/** What a command prints. */
async function printed(
  run: (config: ReturnType<typeof readConfig>) => Promise<void>,
  more: Readonly<Record<string, string>> = {},
) {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await run(readConfig({ ...KEY, DATABASE_URL: database.url ?? '', ...more }))
    return said.mock.calls.flat().join('\n')
  } finally {
    said.mockRestore()
  }
}

test.each(['R1', 'K1', 'H1', 'D1', 'L1', 'M1'])(
  'the operator enrols %s, which stands in the audit',
  async (code) => {
    const chatCode = (await printed((config) => enrolByHand(config, code))).match(
      /绑定 (\w{8})/,
    )?.[1]
    expect(await phones.say('new', `绑定 ${chatCode}`)).toContain('账号已绑定')
    expect(await phones.rows(`select channel, command, input, result from act`)).toEqual([
      { channel: 'server', command: 'enrol', input: { code }, result: 'done' },
    ])
    // The person's other account hears of it.
    expect((await phones.heard(code.toLowerCase())).join()).toContain('新绑定')
  },
)

test('where mail is set up, the service mails it to the address on file, and it is not printed', async () => {
  await phones.rows(`update staff set email = 'r1@bank.example' where code = 'R1' returning 1`)
  const mail = { MAIL_URL: 'smtp://127.0.0.1', MAIL_FROM: 'chenhui@bank.example' }
  const enrol = (code: string) => printed((config) => enrolByHand(config, code), mail)
  const said = await enrol('R1')
  expect(said).toContain('r***@bank.example')
  expect(said).not.toMatch(/[A-Z0-9]{8}/)
  const queued = `select card::text as card, code from message join staff on staff.id::text = conversation
    where channel = 'mail' and state = 'queued'`
  const [mailed] = await phones.rows<{ card: string; code: string }>(queued)
  expect(mailed?.code).toBe('R1')
  expect(await phones.say('new', `绑定 ${mailed?.card.match(/绑定 (\w{8})/)?.[1]}`)).toContain(
    '账号已绑定',
  )
  // Of whom no address is on file.
  expect(await enrol('K1')).toMatch(/绑定 \w{8}/)
})

test('the operator lets go whom nobody in chat is above, and nobody else', async () => {
  await printed((config) => leaveByHand(config, 'R1'))
  expect(await phones.say('r1', '待批')).toContain('还没有登记')
  await expect(printed((config) => leaveByHand(config, 'M1'))).rejects.toThrow('离职 M1')
  expect(await phones.say('m1', '今日')).toContain('晨会')
  for (const run of [enrolByHand, leaveByHand]) {
    await expect(printed((config) => run(config, 'X9'))).rejects.toThrow('没有工号 X9')
    await expect(printed((config) => run(config, 'R1'))).rejects.toThrow('没有工号 R1')
  }
  expect(await phones.rows(`select 1 from act where channel = 'server'`)).toHaveLength(1)
})
