import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pinyinOf } from '../../../../src/core/identity/pinyin.ts'
import { newId } from '../../../../src/core/ids.ts'
import { insertRows } from '../../../../src/demo/rows.ts'
import { runNight } from '../../../../src/features/tasks/care/run-night.ts'
import { push } from '../../../../src/features/tasks/list/push-morning.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { ONE_DATABASE } from '../../../support/open.ts'

/** A Wednesday, so that days before and after are workdays too. */
const TODAY = '2026-11-25'
const AT = `${TODAY}T08:10:00+08:00`

const aTask = fc.record({
  kind: fc.constantFrom('call', 'call', 'call', 'visit', 'other', 'referral', 'complaint'),
  /** Days from today. */
  due: fc.integer({ min: -9, max: 3 }),
  priority: fc.integer({ min: 0, max: 100 }),
  escalation: fc.constantFrom(null, null, 1, 2),
  postponed: fc.constantFrom(0, 0, 0, 1),
  mine: fc.constantFrom(true, true, true, false),
})
type ATask = typeof aTask extends fc.Arbitrary<infer Each> ? Each : never

const dayFrom = (days: number) =>
  new Date(Date.parse(`${TODAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Somebody waits for us, and it was not put off to a later day. */
const presses = ({ kind, due, postponed }: ATask) =>
  (kind === 'complaint' || kind === 'referral') && (due <= 0 || postponed === 0)

/** The place that a task's section has on the list. */
function rank(task: ATask): number {
  if (presses(task)) return task.kind === 'complaint' ? 0 : 1
  if (task.due < 0) return task.escalation ? 2 : 3
  return task.due === 0 ? 4 : 5
}

describe.each(ONE_DATABASE)('who waits for us heads the list, on %s', (kind) => {
  let bank: Bank
  let staff: Map<string, string>
  beforeAll(async () => {
    bank = await openBank(kind, [])
    const people = await bank.rows<{ code: string; id: string }>('select code, id from staff')
    staff = new Map(people.map(({ code, id }) => [code, id]))
    // M1 stands in for M2, whose tasks stand on the same list.
    bank.setClock('2026-11-24T09:00:00+08:00')
    await bank.say('M2', 'away 11/25-11/27 stand-in M1')
  })
  beforeEach(() => bank.setClock(AT))
  afterAll(() => bank.close())

  /** Puts these tasks on M1's list; resolves to which task is which. */
  async function fill(tasks: readonly ATask[]): Promise<Map<string, ATask>> {
    await bank.rows('delete from complaint returning 1')
    await bank.rows('delete from client returning 1')
    await bank.rows('delete from task_list returning 1')
    await bank.rows('delete from message returning 1')
    const rows = tasks.map((task, index) => {
      const owner = staff.get(task.mine ? 'M1' : 'M2')
      return { id: newId(), clientId: newId(), name: `客户${index}`, owner, task }
    })
    await bank.database.transaction(async (tx) => {
      await insertRows(
        tx,
        'client',
        rows.map(({ clientId, name, owner }) => ({
          id: clientId,
          kind: 'prospect',
          name,
          ...pinyinOf(name),
          source: 'list',
          owner_id: owner,
          negative_list: false,
          entered_at: '2026-10-01T02:00:00Z',
        })),
      )
      await insertRows(
        tx,
        'task',
        rows.map(({ id, clientId, owner, task }) => ({
          id,
          manager_id: owner,
          client_id: clientId,
          kind: task.kind,
          due_on: dayFrom(task.due),
          status: 'open',
          priority: task.priority,
          escalation: task.escalation,
          postponed: task.postponed,
          reason: task.kind === 'complaint' ? 'complaint' : 'care',
          attempt: 0,
          created_at: AT,
        })),
      )
    })
    return new Map(rows.map(({ id, task }) => [id, task]))
  }
  const numbers = async () =>
    (
      await bank.rows<{ items: string[] }>(
        `select items::text[] as items from task_list where staff_id = '${staff.get('M1')}'`,
      )
    )[0]?.items ?? []
  /** The tasks of a card in the order in which they stand there. */
  const shown = (card: unknown): string[] =>
    [...JSON.stringify(card).matchAll(/"taskId":"([0-9a-f-]{36})"/g)].map(([, id = '']) => id)

  const numberIn = (card: unknown, pattern: RegExp): number =>
    Number(JSON.stringify(card).match(pattern)?.[1] ?? 0)

  const inOrder = (ids: readonly string[], tasks: Map<string, ATask>) => {
    const ranks = ids.map((id) => rank(tasks.get(id) as ATask))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  }

  test('whatever else is due, on the list pushed and asked for, page by page', () =>
    fc.assert(
      fc.asyncProperty(fc.array(aTask, { minLength: 1, maxLength: 25 }), async (mix) => {
        const tasks = await fill(mix)
        await push(bank.app.services, bank.app.services.moment(), { dryRun: false })
        await bank.app.delivery.settled()
        const pushed = await bank.rows<{ card: unknown }>(
          `select card from message where conversation = 'console:M1'`,
        )
        const first = pushed[0] ? shown(pushed[0].card) : []
        const [asked] = await bank.say('M1', '今日')
        const page = shown(asked)
        const listed = await numbers()
        expect(listed.length).toBe(tasks.size)
        inOrder(listed, tasks)
        inOrder(page, tasks)
        // Numbers and lines agree, and the push was the same page.
        expect(page).toEqual(listed.slice(0, page.length))
        if (first.length > 0) expect(first).toEqual(page)
        // What is shown, left and of the days ahead comes to what the heading says.
        const soon = [...tasks.values()].filter((task) => rank(task) === 5).length
        const counted = {
          today: numberIn(asked, /今天 \*\*(\d+)\*\* 件/),
          left: numberIn(asked, /"还有 (\d+) 件/),
          soon: numberIn(asked, /近日 (\d+) 件"/),
        }
        const today = tasks.size - soon
        const left = Math.max(0, today - page.length)
        expect(counted).toEqual({ today, left, soon: tasks.size - page.length - left })
        // Every page goes on where the one before ended.
        const [second] = await bank.send('M1', { command: 'today', input: { from: page.length } })
        if (tasks.size > page.length) {
          const more = shown(second)
          expect(more).toEqual(listed.slice(page.length, page.length + more.length))
        }
      }),
      { numRuns: 25 },
    ))

  test('what comes during the day is on top of page one and keeps the numbers of the others', async () => {
    const call: ATask = {
      kind: 'call',
      due: -3,
      priority: 90,
      escalation: 1,
      postponed: 0,
      mine: true,
    }
    await fill(Array.from({ length: 14 }, () => call))
    await bank.say('M1', '今日')
    const before = await numbers()
    await bank.say('L1', '投诉 客户13 利息算错了')
    const [card] = await bank.say('M1', '今日')
    const after = await numbers()
    expect(after.slice(0, 14)).toEqual(before)
    expect(after).toHaveLength(15)
    expect(shown(card)[0]).toBe(after[14])
    expect(JSON.stringify(card)).toContain('"mark":"15"')
  })

  test('the night weighs a complaint as late only after its day', async () => {
    await fill([{ kind: 'call', due: 0, priority: 10, escalation: null, postponed: 0, mine: true }])
    await bank.say('L1', '投诉 客户0 扣费')
    // To be settled by Wednesday, 2 December.
    for (const [day, because] of [
      ['2026-11-26', null],
      ['2026-12-02', null],
      ['2026-12-03', 'overdue'],
    ] as const) {
      bank.setClock(`${day}T02:20:00+08:00`)
      await runNight.run(bank.app.services, bank.app.services.moment())
      const [task] = await bank.rows<{ because: string | null }>(
        `select because from task where kind = 'complaint'`,
      )
      expect(task?.because === 'overdue', day).toBe(because === 'overdue')
    }
  })
})
