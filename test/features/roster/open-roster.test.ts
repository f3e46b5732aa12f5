import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { strangerCard } from '../../../src/bot/conversation/replies.ts'
import { isEmpty } from '../../../src/features/roster/difference/difference-rules.ts'
import { isDone } from '../../../src/features/roster/open-roster.ts'
import type { Bank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { openRosterBank, type RosterBank } from './roster-bank.ts'
import { bankSheets, changed } from './sheets.ts'

describe.each(DATABASES)('a workbook of the bank, on %s', (kind) => {
  let bank: Bank
  let plan: RosterBank['plan']
  let open: RosterBank['open']
  let people: RosterBank['people']
  let enrolAll: RosterBank['enrolAll']
  beforeEach(async () => {
    ;({ bank, plan, open, people, enrolAll } = await openRosterBank(kind))
  })
  afterEach(() => bank.close())

  test('opens an empty bank: units in a tree, people of every role with their accounts, lines', async () => {
    // Nobody is recognised, and nothing else is said of that than ever.
    expect(await bank.say('H0', '你好')).toEqual([strangerCard])
    const { opening, awaiting } = await open(bankSheets())
    expect([opening, awaiting]).toEqual([true, []])
    expect(await people()).toEqual([
      'D1 林涛 line /HQ/DP/',
      'H0 行长 head /HQ/ h0@bank.cn',
      'H1 东行长 head /HQ/B1/',
      'K1 方刚 marketing /HQ/DM/',
      'L1 谢英 lead /HQ/B1/T1/',
      'M1 周敏 manager /HQ/B1/T1/ +8613800138000 m1@bank.cn',
      'M2 李静 manager /HQ/B2/T2/',
      'R1 高远 risk /HQ/DR/',
    ])
    expect(
      await bank.rows(`select channel, external_id, code from account
        join staff on staff.id = staff_id order by external_id collate "C", channel`),
    ).toEqual([
      { channel: 'slack', external_id: 'U0000000H0', code: 'H0' },
      { channel: 'slack', external_id: 'U0000000M1', code: 'M1' },
      { channel: 'wecom-app', external_id: 'h0', code: 'H0' },
      { channel: 'wecom-bot', external_id: 'h0', code: 'H0' },
      { channel: 'wecom-app', external_id: 'zhoumin', code: 'M1' },
      { channel: 'wecom-bot', external_id: 'zhoumin', code: 'M1' },
    ])
    expect(
      await bank.rows(`select business_line.code, unit.code as unit from business_line
        join unit on unit.id = unit_id order by 1`),
    ).toEqual([
      { code: 'duigong', unit: 'DM' },
      { code: 'payments', unit: 'DP' },
    ])
    const [act] = await bank.rows<{ input: { posts: string[]; opening: boolean } }>(
      `select input from act where channel = 'server' and command = 'open-bank'`,
    )
    expect(act?.input.opening).toBe(true)
    expect(act?.input.posts).toContain('R1 risk DR')
    expect(JSON.stringify(act)).not.toMatch(/周敏|13800138000|m1@bank/)
  })

  test('the same again is nothing to do, whatever its case and order', async () => {
    await open(bankSheets())
    const again = await plan(bankSheets())
    expect([isDone(again), isEmpty(again.difference)]).toEqual([true, true])
    expect(again.difference.people.same).toBe(8)
    const other = await plan(changed(['M1 | 周敏', 'm1 | 周敏'], ['m1@bank', 'M1@BANK']))
    expect(isDone(other)).toBe(true)
  })

  test('shows what changes from what to what, who comes and who leaves, and does just that', async () => {
    await open(bankSheets())
    const next = changed(
      ['T1 | 一队 | 团队 | B1', 'T1 | 小微一队 | 团队 | B2'],
      ['团队主管 | 一队', '团队主管 | T1'],
      ['T2 | 二队 | 团队 | 城西支行', ''],
      ['M1 | 周敏 | 客户经理 | T1 | 13800138000', 'M1 | 周敏 | 客户经理 | T1 | 13800138001'],
      ['M2 | 李静 | 客户经理 | T2', 'M3 | 何勇 | 客户经理 | T1'],
    )
    const { difference, notes } = await plan(next)
    expect(difference.units.changes).toMatchObject([
      { before: { name: '一队', parent: 'B1' }, after: { name: '小微一队', parent: 'B2' } },
    ])
    // Who left stays on file where they were.
    expect(notes.map(({ zh }) => zh).join()).toContain('T2 二队 表里没有')
    expect(difference.people.changes).toMatchObject([
      { before: { phone: '+8613800138000' }, after: { code: 'M1', phone: '+8613800138001' } },
      { before: null, after: { code: 'M3' } },
      { before: { code: 'M2' }, after: null },
    ])
    await open(next)
    expect(await people()).toEqual(
      expect.arrayContaining([
        'L1 谢英 lead /HQ/B2/T1/',
        'M1 周敏 manager /HQ/B2/T1/ +8613800138001 m1@bank.cn',
        'M2 李静 manager /HQ/B2/T2/ left',
        'M3 何勇 manager /HQ/B2/T1/',
      ]),
    )
    expect(isDone(await plan(next))).toBe(true)
    // Who comes back is who they were.
    await open({ ...next, 人员: `${next['人员']}\nM2 | 李静 | 客户经理 | T1` })
    expect(await people()).toContain('M2 李静 manager /HQ/B2/T1/')
  })

  test('a unit where nobody is, nor was, goes; plans and events follow a unit that moves', async () => {
    await open(bankSheets({ units: 'T9 | 九队 | 团队 | B1' }))
    await bank.rows(`
      insert into campaign (id, name, status, publisher_id, publisher_path, starts_on, ends_on,
        talking_points, audience_paths, audience_staff, created_at)
      select gen_random_uuid(), '春茶', 'running', id, '/HQ/B1/', '2026-11-01', '2026-12-31', '',
        '{/HQ/B2/T2/,/HQ/B1/T1/}', '{}', now() from staff where code = 'H1' returning 1`)
    await bank.rows(`
      insert into activity (id, name, place, held_on, host_id, host_path, code)
      select gen_random_uuid(), '沙龙', '大堂', '2026-12-01', id, '/HQ/B1/T1/', 'door'
      from staff where code = 'L1' returning 1`)
    const { difference } = await open(changed(['T1 | 一队 | 团队 | B1', 'T1 | 一队 | 团队 | B2']))
    expect(difference.units.changes.at(-1)).toMatchObject({ before: { code: 'T9' }, after: null })
    expect(await bank.rows(`select code from unit where code = 'T9'`)).toEqual([])
    expect(await bank.rows(`select publisher_path, audience_paths from campaign`)).toEqual([
      { publisher_path: '/HQ/B1/', audience_paths: ['/HQ/B2/T2/', '/HQ/B2/T1/'] },
    ])
    expect(await bank.rows(`select host_path from activity`)).toEqual([{ host_path: '/HQ/B2/T1/' }])
  })

  test('who leaves gets in no more, and whoever they stood in for hears of it', async () => {
    await open(bankSheets())
    await enrolAll()
    await bank.say('M1', '请假 12/1-12/5 代班 L1')
    await bank.told()
    await open(changed(['L1 | 谢英 | 团队主管 | 一队', '']))
    const told = await bank.told()
    expect(told.filter(({ code }) => code === 'M1').map(({ text }) => text)).toEqual([
      expect.stringContaining('谢英 已离职，不能替您代班了'),
    ])
    expect(await bank.rows(`select 1 from account where external_id = 'L1'`)).toEqual([])
  })

  test('addresses change hands in one go, and one of somebody who left is free', async () => {
    await open(bankSheets({ people: 'M3 | 何勇 | 客户经理 | T1 | | m3@bank.cn' }))
    const swapped = {
      ...bankSheets(),
      人员: `${bankSheets()['人员']?.replace('m1@bank.cn', 'm3@bank.cn')}
        M3 | 何勇 | 客户经理 | T1 | | m1@bank.cn`,
    }
    await open(swapped)
    expect((await people()).filter((line) => /^M[13]/.test(line))).toEqual([
      'M1 周敏 manager /HQ/B1/T1/ +8613800138000 m3@bank.cn',
      'M3 何勇 manager /HQ/B1/T1/ m1@bank.cn',
    ])
    await open(bankSheets())
    await open(bankSheets({ people: 'M4 | 新人 | 客户经理 | T1 | | m3@bank.cn' }))
    expect(await people()).toContain('M4 新人 manager /HQ/B1/T1/ m3@bank.cn')
  })

  test('a bank is not opened without a head, who could confirm what comes later', async () => {
    const without = changed(['H0 | 行长 | 分支机构负责人', 'H0 | 行长 | 员工'], ['负责人', '员工'])
    expect((await plan(without)).faults).toMatchObject([{ sheet: '人员', row: 1 }])
  })

  test('two that open at once do not mix: the second sees what the first did', async () => {
    const both = await Promise.all([
      open(bankSheets()),
      open(bankSheets({ people: 'M7 | 后到 | 客户经理 | T1' })),
    ])
    expect(both.map(({ opening }) => opening).sort()).toEqual([false, true])
    const here = (await people()).filter((line) => !line.endsWith('left'))
    expect([8, 9]).toContain(here.length)
    expect(await bank.rows(`select 1 from act where command = 'open-bank'`)).toHaveLength(2)
  })
})
