/** @module-tag long */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../../../src/channels/console/render.ts'
import { type Bank, type NewTestClient, openBank } from '../../../support/bank.ts'
import { ONE_DATABASE } from '../../../support/open.ts'

/** As many as a list of the day holds in pairs; others are in the conversations. */
const OUTCOMES = [
  ...(['interested', 'thinking', 'no-answer', 'declined', 'applied', 'granted'] as const),
  ...(['wrong-number', 'do-not-contact'] as const),
]
type Code = (typeof OUTCOMES)[number]
type Said = Readonly<Record<Code, string>>
const ZH: Said = {
  interested: '有意向 30万',
  thinking: '再考虑',
  'no-answer': '没接',
  declined: '拒绝',
  applied: '已申请 20万',
  granted: '已放款 20万',
  'wrong-number': '号码不对',
  'do-not-contact': '客户说别再打了',
}
const EN: Said = {
  interested: 'interested 300k',
  thinking: 'thinking about it',
  'no-answer': 'no answer',
  declined: 'declined',
  applied: 'applied 200k',
  granted: 'granted 200k',
  'wrong-number': 'wrong number',
  'do-not-contact': 'do not contact',
}

/** How the same is said again: plainly, or with a word of correction. */
type Style = (number: number, said: string) => string
const PLAIN: Style = (number, said) => `${number} ${said}`
const ZH_STYLES: readonly Style[] = [
  (number, said) => `${number} 记错了，是${said}`,
  (number, said) => `${number} 其实是说${said}`,
  (number, said) => `更正 ${number} ${said}`,
  (number, said) => `${number} 改成${said}`,
  (number, said) => `${number}说错了，应该是 ${said}`,
  (number, said) => `刚才记错了，${number} ${said}`,
  (number, said) => `${number} ${said}，刚才登记错了`,
]
const EN_STYLES: readonly Style[] = [
  (number, said) => `that was wrong, ${number} ${said}`,
  (number, said) => `correction: ${number} ${said}`,
  (number, said) => `${number} was wrong, it was ${said}`,
  (number, said) => `${number} actually ${said}`,
  (number, said) => `${number} should be ${said}`,
]

/** Every outcome that another may correct, with each other. */
const PAIRS = OUTCOMES.filter((kind) => kind !== 'do-not-contact').flatMap((first) =>
  OUTCOMES.filter((kind) => kind !== first).map((last) => ({ first, last })),
)

const TABLES = [
  { code: 'M1', said: ZH, styles: ZH_STYLES, changed: '已改', undo: '撤销', beside: false },
  { code: 'M2', said: EN, styles: EN_STYLES, changed: 'Changed', undo: 'undo', beside: false },
  { code: 'M3', said: ZH, styles: [PLAIN], changed: '已改', undo: '撤销', beside: true },
]

const pairName = (code: string, { first, last }: (typeof PAIRS)[number]) =>
  `${code} ${first} ${last}`

/** Somebody whose clients hear one outcome after the other. */
const CHAINED = 'L2'
const CHAINS = 20

/** One client for each pair, and one for each outcome that is said once. */
function clients(): NewTestClient[] {
  const chains = Array.from({ length: CHAINS }, (_, turn) => `${CHAINED} chain ${turn}`)
  const all = [
    ...TABLES.map(({ code, beside }) => {
      return { code, beside, said: PAIRS.map((pair) => pairName(code, pair)) }
    }),
    { code: CHAINED, beside: true, said: chains },
  ]
  return all.flatMap(({ code, beside, said }, table) =>
    [...said, ...OUTCOMES.map((kind) => `${code} ${kind}`)].map((name, place) => ({
      name,
      phone: `+86134901${table}${String(place).padStart(4, '0')}`,
      owner: code,
      tasks: beside
        ? // Another one, which a next call takes the place of.
          [
            { due_on: '2026-11-20', kind: 'visit', reason: 'assigned', priority: 50 },
            { due_on: '2027-02-01', kind: 'call', reason: 'care', priority: 40 },
          ]
        : [{ due_on: '2026-11-20', reason: 'interested', priority: 50, attempt: 1 }],
    })),
  )
}

describe.each(ONE_DATABASE)('an outcome said again the same day, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, clients())
  }, 120_000)
  afterAll(() => bank.close())

  const say = async (code: string, line: string) =>
    (await bank.say(code, line)).map(render).join('\n')

  /** All that a client's outcome makes, but for what was taken back. */
  async function stateOf(name: string) {
    const [state] = await bank.rows(
      `select do_not_contact, last_contact_on::text, last_visit_on::text, coalesce(to_json(contacts), '[]') as contacts,
         (select coalesce(json_agg(each order by each.kind, each.due_on, each.status), '[]') from (
           select task.kind, due_on, status, priority, base, reason, attempt, product, amount, note, no_next
           from task where client_id = client.id and no_next is distinct from 'undone') as each) as tasks,
         (select coalesce(json_agg(each), '[]') from (
           select outcome.kind, amount, product, next_on, note, no_next, logged_on, task_id is not null as closes
           from outcome where client_id = client.id and undone_at is null) as each) as outcomes,
         (select count(*)::int from need where client_id = client.id and status = 'open') as needs
       from client where name = '${name}'`,
    )
    return state
  }

  async function numbersOf(code: string): Promise<Map<string, number>> {
    await say(code, code === 'M2' ? 'today' : '今日')
    const rows = await bank.rows<{ name: string; place: number }>(
      `select client.name, place::int from task_list join staff on staff.id = staff_id
       cross join unnest(items) with ordinality as item (id, place)
       join task on task.id = item.id join client on client.id = client_id
       where staff.code = '${code}'`,
    )
    return new Map(rows.map(({ name, place }) => [name, place]))
  }

  test.each(TABLES)('$code: what stands is as if only the last had been said', async (table) => {
    const { code, said, styles, changed, undo, beside } = table
    const numbers = await numbersOf(code)
    const wanted = new Map<Code, unknown>()
    for (const last of OUTCOMES) {
      const name = `${code} ${last}`
      await say(code, `${numbers.get(name)} ${said[last]}`)
      wanted.set(last, await stateOf(name))
    }
    for (const [turn, pair] of PAIRS.entries()) {
      const name = pairName(code, pair)
      const number = numbers.get(name) ?? 0
      const style = styles[turn % styles.length] ?? PLAIN
      await say(code, `${number} ${said[pair.first]}`)
      const before = await stateOf(name)
      const line = style(number, said[pair.last])
      expect(await say(code, line), line).toContain(`${changed}`)
      expect(await stateOf(name), line).toEqual(wanted.get(pair.last))
      // Back and forth again, for some of them.
      if (!beside && turn % 5 > 0) continue
      await say(code, undo)
      expect(await stateOf(name), `${line}, taken back`).toEqual(before)
      await say(code, line)
      expect(await stateOf(name), `${line}, again`).toEqual(wanted.get(pair.last))
    }
    const kept = await bank.rows<{ kind: string }>(
      `select outcome.kind from outcome join staff on staff.id = staff_id
       where staff.code = '${code}' and stays`,
    )
    // Only an attempt that nobody said never was stays in the history.
    const attempts = styles.includes(PLAIN) ? OUTCOMES.length - 1 : 0
    expect(kept).toEqual(Array.from({ length: attempts }, () => ({ kind: 'no-answer' })))
  })

  test('however often it is said again, the last counts', async () => {
    const numbers = await numbersOf(CHAINED)
    const wanted = new Map<Code, unknown>()
    for (const last of OUTCOMES) {
      await say(CHAINED, `${numbers.get(`${CHAINED} ${last}`)} ${ZH[last]}`)
      wanted.set(last, await stateOf(`${CHAINED} ${last}`))
    }
    const before = OUTCOMES.filter((kind) => kind !== 'do-not-contact')
    let turn = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...before), { minLength: 2, maxLength: 5 }),
        fc.constantFrom(...OUTCOMES),
        fc.nat({ max: 2 }),
        async (first, last, undone) => {
          const name = `${CHAINED} chain ${turn++}`
          const number = numbers.get(name)
          const states: unknown[] = []
          // The very same is not logged again, and is no step to take back.
          const said = [...first, last].filter((kind, place, all) => kind !== all[place - 1])
          for (const kind of said) {
            await say(CHAINED, `${number} ${ZH[kind]}`)
            states.push(await stateOf(name))
            expect(states.at(-1)).toEqual(wanted.get(kind))
          }
          const back = Math.min(undone, said.length - 1)
          for (let each = 0; each < back; each++) await say(CHAINED, '撤销')
          expect(await stateOf(name)).toEqual(states[said.length - 1 - back])
        },
      ),
      { numRuns: CHAINS, endOnFailure: true },
    )
  })
})
