/** @module-tag long */

import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import type { Event } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { listed } from '../../../src/infra/database/quoted.ts'
import { fillManagers } from '../../channels/crowd.ts'
import { type Bank, bankOn, openBank } from '../../support/bank.ts'
import { hold } from '../../support/hold.ts'
import { KEYED } from '../../support/keyed.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'
import { runnerOn } from '../../support/runner.ts'

const said = (code: string, says: Event['says']): Event => ({
  ...{ id: newId(), channel: 'console', conversation: `console:${code}` },
  ...{ sender: code, shared: false, says },
})

async function answersIn(bank: Bank, conversation: string): Promise<string[]> {
  const rows = await bank.rows<{ card: Card }>(
    `select card from message where conversation = '${conversation}' order by id`,
  )
  return rows.map(({ card }) => render(card))
}

/**
 * The first so many answers in a conversation that is called after a state meet that fault, as the server
 * would report it. Resolves to what takes the fault away again.
 */
async function faulty(bank: Bank, states: readonly string[], times: number) {
  for (const state of states) await bank.rows(`create sequence "met_${state}"`)
  await bank.rows(`
    create function fault() returns trigger language plpgsql as $$ begin
      if nextval(format('%I', 'met_' || new.conversation)) <= ${times} then
        raise exception '张三 13800138000' using errcode = new.conversation;
      end if;
      return new;
    end $$`)
  await bank.rows(`create trigger fault before insert on message for each row
    when (new.conversation in (${listed(states)})) execute function fault()`)
  return async () => {
    await bank.rows('drop function fault cascade')
    for (const state of states) await bank.rows(`drop sequence "met_${state}"`)
  }
}

/** What is said in a conversation that meets a fault. */
const asks = (state: string, text: string, code = 'M1'): Event => ({
  ...said(code, { kind: 'text', text }),
  conversation: state,
})

describe.each(DATABASES)('on %s', (kind) => {
  let bank: Bank
  let mend = async () => {}
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(async () => {
    await mend()
    await bank.close()
  })

  /** What each of the faults comes to, met by an instance of its own: they wait beside each other. */
  async function answers(states: readonly string[]): Promise<Record<string, string[]>> {
    mend = await faulty(bank, states, 1)
    const heard = states.map(async (state) => {
      const { answered } = await runnerOn(bank.app.services).receive(asks(state, '查 张三'))
      await answered
      return [state, await answersIn(bank, state)] as const
    })
    return Object.fromEntries(await Promise.all(heard))
  }
  const each = (states: readonly string[], answer: string) =>
    Object.fromEntries(states.map((state) => [state, [expect.stringContaining(answer)]]))

  test('what passes by itself is answered a moment later, and nobody is asked to say it again', async () => {
    const states = [
      ...['08006', '08P01', '53100', '53200', '53300', '57P01', '57P02', '57P03', '58030', '25006'],
      ...['57014', '40001', '40P01', '55P03', '25P03', '23505', '23P01'],
    ]
    expect(await answers(states)).toEqual(each(states, '顺发五金店'))
  })

  test('what would be met again is apologised for at once', async () => {
    const states = ['23514', '22012', 'P0001', '42P01', 'XX000']
    expect(await answers(states)).toEqual(each(states, '刚才没有办成'))
  })

  test('what is said to be there already, each time it is tried, is apologised for', async () => {
    mend = await faulty(bank, ['23505'], 3)
    await (await bank.app.inbox(asks('23505', '查 张三'))).answered
    expect(await answersIn(bank, '23505')).toEqual([expect.stringContaining('刚才没有办成')])
  })

  test('a conversation goes on in its order, and others meanwhile', async () => {
    mend = await faulty(bank, ['53100'], 1000)
    const first = await bank.app.inbox(asks('53100', '查 张三'))
    const met = () => bank.rows<{ met: boolean }>('select is_called as met from "met_53100"')
    await expect.poll(met).toEqual([{ met: true }])
    const second = await bank.app.inbox(asks('53100', '查 王芳'))
    const other = await bank.app.inbox(asks('other', 'find Tom', 'M2'))
    await other.answered
    expect(await answersIn(bank, 'other')).toEqual([expect.stringContaining('Tom')])
    expect(await answersIn(bank, '53100')).toEqual([])
    await mend()
    mend = async () => {}
    await Promise.all([first.answered, second.answered])
    expect(await answersIn(bank, '53100')).toEqual([
      expect.stringContaining('顺发五金店'),
      expect.stringContaining('王芳'),
    ])
  })
})

test('an outcome whose next task the night makes at that moment is stored, on postgres', async () => {
  const bank = await openBank('postgres')
  const client = await bank.clientId('钱进')
  const letGo = await hold(
    bank.database,
    (tx) => tx.$executeRaw`
      insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason, attempt, created_at)
      select gen_random_uuid(), owner_id, id, 'call', '2026-11-30', 'open', 45, 45, 'care', 0, now()
      from client where id = ${client}::uuid`,
  )
  const answered = bank.say('M3', '钱进 没接')
  const waits = () =>
    bank.rows(`
    select 1 as waits from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  await expect.poll(waits).toEqual([{ waits: 1 }])
  await letGo()
  expect(render((await answered)[0] as Card)).toContain('已记')
  expect(
    await bank.rows(`
    select status, count(*)::int as tasks from task where client_id = '${client}' group by status order by 1`),
  ).toEqual([
    { status: 'done', tasks: 1 },
    { status: 'open', tasks: 1 },
  ])
  await bank.close()
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

// They wait as long as the product waits, so they wait beside each other.
test.concurrent.for<[string, string, Ill]>([
  ['sessions are ended', 'lock_timeout=20s', killSessions],
  ['`message` is locked', 'lock_timeout=200ms', lock('message', 400)],
  ['`task` is locked', 'lock_timeout=200ms', lock('task', 400)],
  ['`outcome` is locked', 'statement_timeout=1s', lock('outcome', 1500)],
  ['conversations are locked', 'lock_timeout=200ms', lock('received', 400)],
])('while %s (%s) every outcome is stored once', async ([_what, setting, ill], { expect }) => {
  const admin = await openTestDatabase('postgres')
  await (await bankOn(admin, [])).close()
  await fillManagers(admin, PEOPLE, 'console')
  const bank = await bankOn(await openPostgres(within(`${admin.url}`, setting), KEYED), null)
  // Before it begins, as sessions of the administrator are ended too.
  const tasks = await admin.prisma.task.findMany({ include: { manager: true } })
  let over = false
  const suffering = (async () => {
    while (!over) {
      await ill(admin)
      await pause(50)
    }
  })()
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
})
