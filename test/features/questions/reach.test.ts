/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import { newId } from '../../../src/core/ids.ts'
import { insertRows } from '../../../src/demo/rows.ts'
import { OBJECTS, type QuestionWords } from '../../../src/features/questions/rules.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'

const AT = '2026-11-23T00:30:00Z'

describe.each(ONE_DATABASE)('what is asked for, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await fill(bank)
  })
  afterAll(() => bank.close())
  const ask = async (code: string, question: QuestionWords) =>
    (await bank.send(code, { command: 'ask', input: question })).map(render).join('\n')

  // Of each there is one of M1 (team 1), one of M2 (team 1) and one of M3 (team 2), but of clients and tasks.
  const all = {
    clients: [5, 6, 7],
    tasks: [4, 5, 5],
    outcomes: [2, 4, 6],
    needs: [1, 2, 3],
    referrals: [1, 2, 3],
  }
  test.each(OBJECTS)('counts %s within reach alone, however they are asked for', async (of) => {
    const [own, team, whole] = all[of]
    for (const [code, count] of [
      ['M1', own],
      ['L1', team],
      ['H1', whole],
      ['K1', whole],
    ] as const) {
      expect(await ask(code, { of, as: 'count' })).toContain(`：${count} `)
      expect(await ask(code, { of, as: 'list' })).toContain(`：${count} `)
      const parts = await ask(code, { of, as: 'count', by: 'tier' })
      expect(sumOf(parts)).toBe(count)
      expect(
        sumOf(await ask(code, { of, as: 'count', by: of === 'clients' ? 'kind' : 'sort' })),
      ).toBe(count)
      expect(sumOf(await ask(code, { of, as: 'count', by: 'unit' }))).toBe(count)
      expect(sumOf(await ask(code, { of, as: 'count', by: 'manager' }))).toBe(count)
      await ask(code, { of, as: 'sum' })
    }
  })

  test('nothing beyond reach comes of naming it', async () => {
    const [m3] = await bank.rows<{ id: string }>(`select id::text from staff where code = 'M3'`)
    const people = [{ id: m3?.id ?? '', name: '何勇' }]
    for (const of of OBJECTS) {
      for (const whose of [
        { people },
        { path: '/HQ/B1/T2/', name: '二队' },
        { path: '/HQ/', name: '总行' },
      ]) {
        const beyond = await ask('L1', { of, as: 'count', whose })
        expect(beyond).toContain(
          'path' in whose && whose.path === '/HQ/' ? `：${all[of][1]} ` : '：0 ',
        )
      }
      expect(await ask('M1', { of, as: 'list', whose: { people } })).toContain('：0 ')
    }
  })

  test('a place is a condition of whatever is asked for', async () => {
    const place = async (of: (typeof OBJECTS)[number]) =>
      ask('K1', { of, as: 'count', names: ['五金城'] })
    expect(await place('clients')).toContain('集群 五金市场 · 全行客户：1 户')
    expect(await place('outcomes')).toContain('：2 次')
    expect(await place('needs')).toContain('：1 个')
  })

  test('conditions of the filter hold of clients and of what is theirs', async () => {
    const where = [
      { by: 'complete', is: false },
      { by: 'next-task', is: true },
    ] as const
    expect(await ask('M1', { of: 'clients', as: 'count', where: [...where] })).toContain('：4 户')
    expect(await ask('M1', { of: 'tasks', as: 'list', where: [...where] })).toContain('：4 件')
    expect(await ask('M1', { of: 'clients', as: 'list', where: [...where] })).toMatch(
      /缺 \d+ 项资料 · 下一步/,
    )
  })

  test.each([
    [
      'a name within quotes and statements',
      { of: 'clients', as: 'list', names: ["'; drop table client --"] },
    ],
    ['more than may be said', { of: 'clients', as: 'list', names: ['a', 'b', 'c', 'd'] }],
    ['what there is none of', { of: 'loans', as: 'list' }],
    ['a column of its own', { of: 'clients', as: 'list', by: 'phone' }],
  ])('%s does no harm', async (_what, question) => {
    await bank.send('M1', { command: 'ask', input: question })
    expect(await ask('M1', { of: 'clients', as: 'count' })).toContain('：5 户')
  })
})

const sumOf = (text: string): number =>
  [...text.matchAll(/(?:\| |^· .*? )(\d+) [户件次个位]/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )

async function fill(bank: Bank): Promise<void> {
  const rows = await bank.rows<{ client: string; staff: string }>(
    `select distinct on (staff.code) client.id::text as client, staff.id::text as staff
     from client join staff on staff.id = owner_id order by staff.code, client.entered_at, client.name`,
  )
  await bank.database.transaction(async (tx) => {
    const links = rows.map(({ staff }, turn) => ({ id: newId(), staff, code: `code${turn}xyz` }))
    for (const { client, staff } of rows) {
      const of = { act_id: newId(), client_id: client, staff_id: staff, logged_at: AT }
      await insertRows(tx, 'outcome', [
        {
          ...of,
          id: newId(),
          kind: 'interested',
          stage: 'interested',
          amount: 300_000,
          logged_on: '2026-11-23',
          stays: false,
        },
        {
          ...of,
          id: newId(),
          kind: 'declined',
          stage: 'lost',
          logged_on: '2026-11-23',
          undone_at: AT,
          stays: false,
        },
      ])
      await tx.$executeRaw`
        insert into visit (id, act_id, client_id, staff_id, note, visited_on, logged_at)
        values (${newId()}::uuid, ${of.act_id}::uuid, ${client}::uuid, ${staff}::uuid, '到店',
          '2026-11-20', ${AT}::timestamptz)`
      const need = {
        client_id: client,
        registered_by: staff,
        product: 'payroll',
        line: 'corporate',
      }
      await insertRows(tx, 'need', [
        { ...need, id: newId(), urgency: 'soon', status: 'open', registered_at: AT },
        { ...need, id: newId(), urgency: 'soon', status: 'withdrawn', registered_at: AT },
      ])
    }
    await insertRows(
      tx,
      'referral_link',
      links.map(({ id, staff, code }) => ({ id, code, staff_id: staff, created_at: AT })),
    )
    await insertRows(
      tx,
      'referral_entry',
      links.flatMap(({ id }, turn) => {
        const entry = {
          link_id: id,
          consent_version: 1,
          returning: false,
          language: 'zh',
          via: 'tap',
        }
        const row = { ...entry, client_id: rows[turn]?.client, evidence: [], entered_at: AT }
        return [
          { ...row, id: newId(), status: 'accepted', credit: 'first' },
          { ...row, id: newId(), status: 'rejected', client_id: null, credit: null },
        ]
      }),
    )
    const market = newId()
    await tx.$executeRaw`
      insert into register_entry (id, register, name, recorded_at)
      values (${market}::uuid, 'cluster', '五金市场', ${AT}::timestamptz)`
    await tx.$executeRaw`
      insert into register_name (register, key, name, entry_id)
      select 'cluster', name_key(name), name, ${market}::uuid from unnest(array['五金市场', '五金城']) as name`
    await tx.$executeRaw`
      update client set cluster_id = ${market}::uuid where id = ${rows[0]?.client}::uuid`
  })
}
