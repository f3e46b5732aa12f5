import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import type { Event } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { type Bank, bankOn, openBank } from '../../support/bank.ts'
import { hold, standStill } from '../../support/hold.ts'
import { KEYED } from '../../support/keyed.ts'
import { DATABASES } from '../../support/open.ts'

const said = (code: string, says: Event['says']): Event => ({
  id: newId(),
  channel: 'console',
  conversation: `console:${code}`,
  sender: code,
  shared: false,
  says,
})
const text = (code: string, words: string) => said(code, { kind: 'text', text: words })
const outcome = (code: string, taskId: string | undefined, kind: string) =>
  said(code, {
    kind: 'intent',
    intent: { command: 'log-outcome', input: { taskId, outcome: kind } },
    label: '',
  })

/** Sends all of them in one moment, and waits until each is answered. */
const together = (bank: Bank, events: readonly Event[]) =>
  Promise.all(events.map(async (event) => (await bank.app.inbox(event)).answered))

/** What was sent into a conversation, in order. */
async function answersTo(bank: Bank, code: string): Promise<string[]> {
  const rows = await bank.rows<{ card: Card }>(
    `select card from message where conversation = 'console:${code}' order by id`,
  )
  return rows.map(({ card }) => render(card))
}

describe.each(DATABASES)('what is said in one moment, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const taskOf = async (client: string) => {
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id
       where client.name = '${client}' and status = 'open'`,
    )
    return task?.id
  }
  const logged = () =>
    bank.rows<{ name: string; kind: string; times: number }>(
      `select client.name, outcome.kind, count(*)::int as times
       from outcome join client on client.id = client_id group by 1, 2 order by 1, 2`,
    )

  test('is answered each by itself when one of it faults, and only that one is undone', async () => {
    await bank.rows(`alter table outcome add constraint broken check (kind <> 'declined')`)
    await together(bank, [
      outcome('M1', await taskOf('张三'), 'thinking'),
      outcome('M2', await taskOf('Tom'), 'declined'),
      text('M3', '查 钱进'),
      text('L1', '查 张三'),
    ])
    expect(await logged()).toEqual([{ name: '张三', kind: 'thinking', times: 1 }])
    const [m1, m2, m3, l1] = await Promise.all(
      ['M1', 'M2', 'M3', 'L1'].map(async (code) => (await answersTo(bank, code)).at(-1)),
    )
    expect(m1).toContain('已记：张三 再考虑')
    expect(m2).toContain('nothing was changed')
    expect(m3).toContain('钱进')
    expect(l1).toContain('顺发五金店')
  })

  test('of one client is logged one after the other, and makes no two tasks of a kind', async () => {
    const zhang = await bank.clientId('张三')
    await bank.rows(
      `insert into task (id, manager_id, client_id, kind, due_on, priority, reason, attempt, status, created_at)
       select gen_random_uuid(), staff.id, '${zhang}', 'visit', '2026-11-23', 50, 'assigned', 0, 'open', now()
       from staff where code = 'M3' returning id`,
    )
    const [visit] = await bank.rows<{ id: string }>(
      `select id from task where client_id = '${zhang}' and kind = 'visit'`,
    )
    const [call] = await bank.rows<{ id: string }>(
      `select id from task where client_id = '${zhang}' and kind = 'call'`,
    )
    await together(bank, [
      outcome('M1', call?.id, 'thinking'),
      outcome('M3', visit?.id, 'interested'),
      outcome('M2', await taskOf('Tom'), 'no-answer'),
    ])
    expect(await logged()).toEqual([
      { name: 'Tom', kind: 'no-answer', times: 1 },
      { name: '张三', kind: 'interested', times: 1 },
      { name: '张三', kind: 'thinking', times: 1 },
    ])
    expect(
      await bank.rows(
        `select kind from task where client_id = '${zhang}' and status = 'open'
         group by kind having count(*) > 1`,
      ),
    ).toEqual([])
  })

  test('by a manager and the stand-in of one task is logged once', async () => {
    await bank.say('M1', '请假 11/23-11/25 代班 何勇')
    const task = await taskOf('张三')
    await together(bank, [outcome('M1', task, 'thinking'), outcome('M3', task, 'interested')])
    expect((await logged()).map(({ times }) => times)).toEqual([1])
    const answers = [await answersTo(bank, 'M1'), await answersTo(bank, 'M3')].map((each) =>
      each.at(-1),
    )
    expect(answers.filter((each) => each?.includes('已记：张三'))).toHaveLength(1)
    expect(answers.filter((each) => each?.includes('没有重复登记'))).toHaveLength(1)
  })
})

test('two processes answer one conversation in order, each line once', async () => {
  const one = await openBank('postgres')
  const two = await bankOn(await openPostgres(`${one.database.url}`, KEYED), null)
  const lines = Array.from({ length: 12 }, (_, n) => `没有这句 ${n}`)
  const answers: Promise<void>[] = []
  for (const [n, line] of lines.entries()) {
    // The next is said once this one was taken, and not once it was answered.
    const { answered } = await (n % 2 ? one : two).app.inbox(text('M1', line))
    answers.push(answered)
  }
  await Promise.all(answers)
  await one.app.delivery.settled()
  const received = await one.rows<{ text: string }>(
    `select says ->> 'text' as text from received order by id`,
  )
  const sent = await answersTo(one, 'M1')
  expect(sent).toHaveLength(lines.length)
  sent.forEach((answer, n) => {
    expect(answer).toContain(received[n]?.text)
  })
  await two.close()
  await one.close()
})

test('what takes long is answered by itself, and nobody waits for it', async () => {
  const bank = await openBank('postgres')
  // Whoever reads the tiers of the book waits for this lock.
  const letGo = await standStill(bank.database, 'client_tier')
  const long = await bank.app.inbox(text('L1', '分层 概览'))
  let answered = false
  void long.answered.then(() => {
    answered = true
  })
  await together(bank, [text('M2', 'help'), text('M3', '帮助')])
  expect(answered).toBe(false)
  await letGo()
  await long.answered
  expect((await answersTo(bank, 'L1')).join()).toContain('分层')
  await bank.close()
})

test('a group that somebody holds up keeps nobody waiting who comes after it', async () => {
  const bank = await openBank('postgres')
  const [task] = await bank.rows<{ id: string }>(
    `select task.id from task join client on client.id = client_id
     where client.name = '张三' and status = 'open'`,
  )
  // Whoever logs an outcome of the task waits for this lock.
  const letGo = await hold(
    bank.database,
    (tx) => tx.$queryRaw`select from task where id = ${task?.id}::uuid for update`,
  )
  const waiting = await bank.app.inbox(outcome('M1', task?.id, 'thinking'))
  await expect
    .poll(() =>
      bank.rows(`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`),
    )
    .toHaveLength(1)
  let answered = false
  void waiting.answered.then(() => {
    answered = true
  })
  await together(bank, [text('M2', 'help'), text('M3', '帮助')])
  expect(answered).toBe(false)
  await letGo()
  await waiting.answered
  expect((await answersTo(bank, 'M1')).join()).toContain('已记：张三')
  await bank.close()
})
