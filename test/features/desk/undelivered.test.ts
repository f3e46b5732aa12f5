import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { deadLetters } from '../../../src/bot/outbox/dead-letters.ts'
import { newId } from '../../../src/core/ids.ts'
import { withoutAddresses } from '../../../src/features/desk/undelivered/undelivered-page.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'
import { openDesk } from './open-desk.ts'

let bank: Bank
let app: App
let url: string
beforeAll(async () => {
  const database = await openTestDatabase('postgres')
  bank = await bankOn(database, CLIENTS)
  const service = await startService(database, {}, () => new Date(MONDAY))
  app = service.app
  url = service.url
})
afterAll(() => app?.stop())

/** Given up by a channel that this service has not, so that what is sent again only waits. */
async function givenUp(more: object = {}): Promise<string> {
  const id = newId()
  const at = new Date(MONDAY)
  const card = { blocks: [{ kind: 'text', text: '张三 欠款 13490010001' }] }
  const [staff] = await bank.rows<{ id: string }>(`select id from staff where code = 'M1'`)
  await bank.database.prisma.message.create({
    data: {
      ...{ id, channel: 'mail', conversation: staff?.id ?? '', card, state: 'failed', attempts: 3 },
      ...{ error: '550 <li.lei@bank.example> 13800138000 unknown', notBefore: at, createdAt: at },
      ...more,
    },
  })
  return id
}
const stateOf = async (id: string) =>
  (await bank.database.prisma.message.findUniqueOrThrow({ where: { id } })).state

test('risk sees to whom, when and why, sends it again or drops it, and reads nothing of it', async () => {
  const event = newId()
  const [answer, notice, room] = [
    await givenUp({ receivedId: event }),
    await givenUp(),
    await givenUp({ channel: 'slack', conversation: 'C1' }),
  ]
  const desk = await openDesk(bank, url, 'R1')
  const page = await (await desk.get('undelivered')).text()
  expect(page).toContain('href="/desk/undelivered" aria-current="page"')
  expect(page).toMatch(/M1 .\*/)
  expect(page).toContain(`编号 ${event.slice(-8)}`)
  expect(page).toContain('群或已解绑的账号')
  expect(page).toContain('550 &lt;…@…&gt; … unknown')
  expect(page).not.toMatch(/张三|欠款|13490010001|13800138000|li\.lei/)

  const press = (form: Record<string, string>) => desk.post('undelivered', form, 'undelivered')
  expect((await press({ how: 'send-again', ids: answer })).status).toBe(303)
  expect((await press({ how: 'drop', ids: `${notice} ${answer}` })).status).toBe(303)
  // What is sent again is no longer given up, and so not dropped by somebody who saw it a moment ago.
  expect([await stateOf(answer), await stateOf(notice), await stateOf(room)]).toEqual([
    ...['queued', 'dropped', 'failed'],
  ])
  const acts = await bank.rows(`select input ->> 'how' as how from act
    where command = 'settle-undelivered' order by id`)
  expect(acts).toEqual([{ how: 'send-again' }, { how: 'drop' }])
  // A form without its page's stamp, and one that no page sends.
  expect((await press({ stamp: 'x', how: 'drop', ids: room })).status).toBe(422)
  expect((await press({ how: 'burn', ids: room })).status).toBe(422)
  expect(await stateOf(room)).toBe('failed')
})

test('nobody else has the page, or a tab that leads there', async () => {
  for (const code of ['L1', 'H1', 'K1']) {
    const desk = await openDesk(bank, url, code)
    expect((await desk.get('undelivered')).status).toBe(404)
    expect(await (await desk.get('load')).text()).not.toContain('/desk/undelivered')
  }
  expect((await fetch(`${url}/desk/undelivered`)).status).toBe(401)
})

test('a list, an answer and a notice are told apart', async () => {
  const { prisma } = bank.database
  await prisma.message.deleteMany({ where: { state: 'failed' } })
  await givenUp({ onceKey: 'morning:M1:2026-11-23' })
  await givenUp({ receivedId: newId() })
  await givenUp()
  const kinds = (await deadLetters(prisma, 10)).map(({ kind, code }) => [kind, code])
  expect(kinds).toEqual(['notice', 'answer', 'list'].map((kind) => [kind, 'M1']))
})

test.each([
  ['not_in_channel', 'not_in_channel'],
  ['40058 invalid userid', '… invalid userid'],
  ['550 5.1.1 <wang@bank.example>: no such user', '550 5.1.1 <…@…>: no such user'],
])('of %s stays %s', (error, shown) => {
  expect(withoutAddresses(error)).toBe(shown)
})
