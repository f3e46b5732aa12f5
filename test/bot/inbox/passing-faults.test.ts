/** @module-tag slow */

import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import type { Event } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { fillManagers } from '../../channels/crowd.ts'
import { type Bank, bankOn, openBank } from '../../support/bank.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'

const said = (code: string, says: Event['says']): Event => ({
  ...{ id: newId(), channel: 'console', conversation: `console:${code}` },
  ...{ sender: code, shared: false, says },
})

async function answersTo(bank: Bank, code: string): Promise<string[]> {
  const rows = await bank.rows<{ card: Card }>(
    `select card from message where conversation = 'console:${code}' order by id`,
  )
  return rows.map(({ card }) => render(card))
}

/** The first so many answers meet this fault, as the server would report it. */
async function faulty(bank: Bank, state: string, times: number): Promise<void> {
  await bank.rows('create sequence met')
  await bank.rows(`
    create function fault() returns trigger language plpgsql as $$ begin
      if nextval('met') <= ${times} then raise exception '张三 13800138000' using errcode = '${state}'; end if;
      return new;
    end $$`)
  await bank.rows('create trigger fault before insert on act for each row execute function fault()')
}

describe.each(DATABASES)('on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test.each([
    ...['08006', '08P01', '53100', '53200', '53300', '57P01', '57P02', '57P03', '58030', '25006'],
    ...['57014', '40001', '40P01', '55P03', '25P03'],
  ])(
    'what meets %s is answered a moment later, and nobody is asked to say it again',
    async (state) => {
      await faulty(bank, state, 1)
      const { answered } = await bank.app.inbox(said('M1', { kind: 'text', text: '查 张三' }))
      await answered
      expect(await answersTo(bank, 'M1')).toEqual([expect.stringContaining('顺发五金店')])
    },
  )

  test.each(['23505', '23514', '22012', 'P0001', '42P01', 'XX000'])(
    'what meets %s is apologised for at once, as it would meet it again',
    async (state) => {
      await faulty(bank, state, 1)
      const { answered } = await bank.app.inbox(said('M1', { kind: 'text', text: '查 张三' }))
      await answered
      expect(await answersTo(bank, 'M1')).toEqual([expect.stringContaining('刚才没有办成')])
    },
  )

  test('a conversation goes on in its order, and others meanwhile', async () => {
    await faulty(bank, '53100', 2)
    const first = await bank.app.inbox(said('M1', { kind: 'text', text: '查 张三' }))
    await expect.poll(async () => (await bank.rows('select last_value from met')).length).toBe(1)
    const second = await bank.app.inbox(said('M1', { kind: 'text', text: '查 王芳' }))
    await Promise.all([first.answered, second.answered])
    expect(await answersTo(bank, 'M1')).toEqual([
      expect.stringContaining('顺发五金店'),
      expect.stringContaining('王芳'),
    ])
  }, 30_000)
})

const PEOPLE = 40

/** What is done to a server, over and over until it is to end. */
type Ill = (admin: Database) => Promise<unknown>

const killSessions: Ill = (admin) => admin.prisma.$queryRaw`
  select pg_terminate_backend(pid)::text from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
    and application_name <> 'pgboss'`
const lock =
  (table: string, ms: number): Ill =>
  (admin) =>
    admin.transaction(async (tx) => {
      await tx.$executeRawUnsafe(`lock table ${table} in access exclusive mode`)
      await pause(ms)
    })

/** A server whose administrator gives statements or locks so little time, for each session. */
const within = (url: string, setting: string): string => {
  const own = new URL(url)
  own.searchParams.set('options', `-c timezone=UTC -c ${setting}`)
  return own.href
}

test.each<[string, string, Ill]>([
  ['sessions are ended', 'lock_timeout=20s', killSessions],
  ['`message` is locked', 'lock_timeout=200ms', lock('message', 400)],
  ['`task` is locked', 'lock_timeout=200ms', lock('task', 400)],
  ['`outcome` is locked', 'statement_timeout=200ms', lock('outcome', 400)],
  ['conversations are locked', 'lock_timeout=200ms', lock('received', 400)],
])(
  'while %s (%s) every outcome is stored once',
  async (_what, setting, ill) => {
    const admin = await openTestDatabase('postgres')
    await (await bankOn(admin, [])).close()
    await fillManagers(admin, PEOPLE, 'console')
    const bank = await bankOn(await openPostgres(within(`${admin.url}`, setting)), null)
    let over = false
    const suffering = (async () => {
      while (!over) {
        await ill(admin)
        await pause(50)
      }
    })()
    const tasks = await admin.prisma.task.findMany({ include: { manager: true } })
    const answers: Promise<void>[] = []
    for (const { id: taskId, manager } of tasks) {
      const intent = { command: 'log-outcome', input: { taskId, outcome: 'declined' } }
      const event = said(manager.code, { kind: 'intent', intent, label: '' })
      // What could not be stored was not acknowledged, and the service sends it again.
      const send = async (): Promise<void> => {
        const { answered } = await bank.app.inbox(event).catch(async () => {
          await pause(50)
          return { answered: send() }
        })
        await answered
      }
      answers.push(send())
      await pause(50)
    }
    over = true
    await suffering
    await Promise.all(answers)
    const stored = await admin.prisma.outcome.groupBy({ by: ['staffId'], _count: true })
    expect(stored.filter((each) => each._count === 1)).toHaveLength(PEOPLE)
    const sent = await admin.prisma.message.findMany()
    expect(sent.filter(({ card }) => JSON.stringify(card).includes('没有办成'))).toHaveLength(0)
    await bank.close()
    await admin.close()
  },
  120_000,
)
