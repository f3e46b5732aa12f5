/** @module-tag long */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { addDays, day } from '../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../src/core/calendar/workdays.ts'
import { MARKETING_KINDS } from '../../src/features/playbook/contact-rules.ts'
import { SHIPPED_PLAYBOOK } from '../../src/features/playbook/shipped-playbook.ts'
import { nextCareOn } from '../../src/features/tasks/care/care-rules.ts'
import { night } from '../../src/features/tasks/care/run-night.ts'
import { careFacts } from '../../src/features/tasks/care/store.ts'
import { type Bank, type NewTestClient, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'

const workdays = chineseWorkdays()
const DAYS = 9

/** What is said: `$` stands for a client, `#` for a number on the list. */
const OUTCOMES = '有意向 30万,没接,再考虑,拒绝,已申请,已放款,空号,勿扰,有意向 下周三'.split(',')
const saying = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...OUTCOMES.map((words) => `# ${words}`)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '需求 $ 经营贷 急 20万',
      '需求 $ 结算卡 下月',
      '走访 $ 库存充足',
      '投诉 $ 等太久',
      '勿扰 $ 太忙',
    ),
  },
  { weight: 1, arbitrary: fc.constant('撤销') },
)
const anyLife = fc.array(
  fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 5 }), saying), { maxLength: 6 }),
  { minLength: DAYS, maxLength: DAYS },
)

const HOME = { industry_class: 'neutral', operating_since: '2021-01-01', stable_home: true }
const names = Array.from({ length: 12 }, (_, n) => `客户${'甲乙丙丁戊己庚辛壬癸子丑'[n]}`)
const clients = names.map(
  (name, n): NewTestClient => ({
    name,
    phone: `+86134900200${10 + n}`,
    owner: 'M1',
    kind: n % 4 === 0 ? 'prospect' : 'existing',
    facts: {
      ...HOME,
      industry_class: n === 5 ? 'barred' : 'neutral',
      credit_limit: n % 3 ? 100_000 * n : null,
      usage_rate: n % 3 ? n / 12 : null,
    },
    more: { negative_list: n === 7, last_contact_on: n % 2 ? '2026-09-10' : null },
  }),
)

/** What holds of every client after a night. */
async function holds(bank: Bank): Promise<void> {
  const { at, today } = { at: bank.app.services.moment(), today: bank.app.services.moment().today }
  const open = await bank.rows<{ client: string; kind: string; due: string; barred: boolean }>(
    `select task.client_id as client, task.kind, due_on::text as due,
       negative_list or do_not_contact is not null or coalesce(tier = 'F', false) as barred
     from task join client on client.id = task.client_id
     left join client_tier on client_tier.client_id = client.id
     where task.status = 'open'`,
  )
  const marketing: readonly string[] = MARKETING_KINDS
  expect(open.filter(({ due }) => !workdays.isWorkday(day(due)))).toEqual([])
  expect(open.filter(({ barred, kind }) => barred && marketing.includes(kind))).toEqual([])
  expect(new Set(open.map(({ client, kind }) => `${client} ${kind}`)).size).toBe(open.length)
  const idle = await bank.rows<{ id: string; name: string; why: string | null }>(
    `select client.id, name, (
       select coalesce(outcome.no_next, task.no_next) from task
       left join outcome on outcome.task_id = task.id and outcome.undone_at is null
       where task.client_id = client.id and task.status <> 'open'
       order by closed_at desc nulls last limit 1) as why
     from client where not exists (select from task where task.client_id = client.id and status = 'open')`,
  )
  for (const { id, name, why } of idle) {
    const facts = await careFacts(bank.database.prisma, id, at.timezone)
    const next = facts && !facts.noMarketing ? nextCareOn(SHIPPED_PLAYBOOK, facts, today) : null
    const future = facts?.noMarketing ?? why ?? next
    expect(future, `${name} has no future on ${today}`).not.toBeNull()
  }
}

test.each(ONE_DATABASE)('every life said in a chat keeps the rules, on %s', async (kind) => {
  let said = 0
  await fc.assert(
    fc.asyncProperty(anyLife, async (life) => {
      const bank = await openBank(kind, clients)
      let today = day('2026-09-24')
      for (const events of life) {
        today = addDays(today, 1)
        bank.setClock(`${today}T02:20:00+08:00`)
        await night(bank.app.services, bank.app.services.moment())
        await holds(bank)
        bank.setClock(`${today}T10:00:00+08:00`)
        await bank.say('M1', '今日')
        for (const [client, number, words] of events) {
          const answer = await bank.say(
            'M1',
            words.replace('$', `${names[client]}`).replace('#', `${number}`),
          )
          expect(answer.map(render).join()).not.toContain('刚才没有办成')
          said++
        }
      }
      bank.setClock(`${addDays(today, 1)}T02:20:00+08:00`)
      await night(bank.app.services, bank.app.services.moment())
      await holds(bank)
      await bank.close()
    }),
    { numRuns: 3, endOnFailure: true },
  )
  expect(said).toBeGreaterThan(20)
})
