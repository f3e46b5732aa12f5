/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES, ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

/** More of the bank: another branch with a team, and a head office with somebody of every role. */
const MORE = `
  with units (code, name, kind, path, above) as (values
    ('B2', '城西支行', 'branch', '/HQ/B2/', 'HQ'),
    ('T3', '三队', 'team', '/HQ/B2/T3/', 'B2'),
    ('R', '风险部', 'department', '/HQ/R/', 'HQ')
  ), made as (
    insert into unit (id, code, name, kind, path, parent_id)
    select gen_random_uuid(), code, name, kind, path,
      (select id from unit where unit.code = above) from units returning id, code
  )
  insert into staff (id, code, name, role, unit_id, language, active, joined_on)
  select gen_random_uuid(), people.code, people.name, role,
    (select id from (select id, code from made union select id, code from unit) as known
      where known.code = place), 'zh', true, '2020-01-01'
  from (values ('H0', '行长', 'head', 'HQ'), ('H2', '西行长', 'head', 'B2'), ('L3', '西主管', 'lead', 'T3'),
    ('M9', '西经理', 'manager', 'T3'), ('M4', '空经理', 'manager', 'T1'), ('S2', '柜员', 'staff', 'T1'),
    ('L4', '副主管', 'lead', 'T1'), ('R2', '风险员', 'risk', 'R')
  ) as people (code, name, role, place)
  returning 1`

/** Everybody's role and unit: written down once more, as the rule is what is tested. */
const ROLE: Readonly<Record<string, string>> = {
  ...{ M1: 'manager', M3: 'manager', M4: 'manager', M9: 'manager', L1: 'lead', L2: 'lead' },
  ...{ L3: 'lead', L4: 'lead', H0: 'head', H1: 'head', H2: 'head', K1: 'marketing', R1: 'risk' },
  ...{ R2: 'risk', D1: 'line', S1: 'staff', S2: 'staff' },
}
const PATH: Readonly<Record<string, string>> = {
  ...{ M1: '/HQ/B1/T1/', M3: '/HQ/B1/T2/', M4: '/HQ/B1/T1/', M9: '/HQ/B2/T3/' },
  ...{ L1: '/HQ/B1/T1/', L2: '/HQ/B1/T2/', L3: '/HQ/B2/T3/', L4: '/HQ/B1/T1/' },
  ...{ H0: '/HQ/', H1: '/HQ/B1/', H2: '/HQ/B2/', K1: '/HQ/', R1: '/HQ/', R2: '/HQ/R/' },
  ...{ D1: '/HQ/D/', S1: '/HQ/', S2: '/HQ/B1/T1/' },
}
const UNITS: Readonly<Record<string, string>> = {
  ...{ HQ: '/HQ/', B1: '/HQ/B1/', T1: '/HQ/B1/T1/', T2: '/HQ/B1/T2/', B2: '/HQ/B2/' },
  ...{ T3: '/HQ/B2/T3/', D: '/HQ/D/', R: '/HQ/R/' },
}
/** Where client managers work. */
const FOR_MANAGERS = ['B1', 'T1', 'T2', 'B2', 'T3']
const BELOW: Readonly<Record<string, readonly string[]>> = {
  lead: ['manager', 'staff'],
  head: ['lead', 'manager', 'staff'],
}
/** Whom somebody may let go and enrol. */
const mayDo = (asker: string, person: string) =>
  asker !== person &&
  (PATH[person] ?? '').startsWith(PATH[asker] ?? '-') &&
  (BELOW[ROLE[asker] ?? '']?.includes(ROLE[person] ?? '') ?? false)

let bank: Bank
/** The bank with all of them, for each test. */
function opened(kind: Database['kind']): void {
  beforeEach(async () => {
    bank = await openBank(kind)
    await bank.rows(MORE)
  })
  afterEach(() => bank.close())
}

const posts = () =>
  bank.rows<{ code: string; role: string; unit: string; active: boolean }>(
    `select staff.code, role, unit.code as unit, active from staff join unit on unit.id = unit_id
     order by staff.code`,
  )
const moveBack = (code: string, unit: string) =>
  bank.rows(`update staff set unit_id = (select id from unit where code = '${unit}')
    where code = '${code}' returning 1`)

describe.each(ONE_DATABASE)('whoever asks for whomever, on %s', (kind) => {
  opened(kind)

  test('a transfer is of a manager, between teams and branches of the head’s own', {
    tags: ['slow'],
  }, async () => {
    const before = await posts()
    const home = new Map(before.map(({ code, unit }) => [code, unit]))
    const went: string[] = []
    for (const asker of ['H0', 'H1', 'H2', 'L1', 'K1']) {
      for (const person of Object.keys(ROLE)) {
        for (const [unit, path] of Object.entries(UNITS)) {
          const mine = PATH[asker] ?? '-'
          const moves =
            ROLE[asker] === 'head' &&
            ROLE[person] === 'manager' &&
            (PATH[person] ?? '').startsWith(mine) &&
            path.startsWith(mine) &&
            FOR_MANAGERS.includes(unit) &&
            home.get(person) !== unit &&
            // A book stays in its branch.
            (['M4', 'M9'].includes(person) || !/B2|T3/.test(unit))
          const [answer] = await bank.say(asker, `调岗 ${person} ${unit}`)
          const now = await posts()
          const place = now.find(({ code }) => code === person)?.unit
          if (place !== home.get(person)) went.push(`${asker} ${person} ${unit}`)
          expect(place, `${asker} 调岗 ${person} ${unit}: ${answer && render(answer)}`).toBe(
            moves ? unit : home.get(person),
          )
          if (moves) await moveBack(person, home.get(person) ?? '')
          else expect(now).toEqual(before)
        }
      }
    }
    expect(went).toContain('H1 M1 T2')
    expect(went).toContain('H0 M4 T3')
    expect(went.filter((each) => each.startsWith('H1'))).toHaveLength(6)
  })

  test('a lead, a peer, a department or another head is let go by nobody in chat', async () => {
    const gone: string[] = []
    for (const asker of ['H0', 'H1', 'L1', 'L3', 'K1', 'R1', 'M1']) {
      for (const person of Object.keys(ROLE)) {
        const before = await posts()
        const intent = { command: 'leave-bank', input: { person, sure: true } }
        const [answer] = await bank.send(asker, intent)
        const left = (await posts()).find(({ code }) => code === person)?.active === false
        if (left) gone.push(`${asker} ${person}`)
        expect(left, `${asker} 离职 ${person}: ${answer && render(answer)}`).toBe(
          mayDo(asker, person),
        )
        if (!left) expect(await posts()).toEqual(before)
        await bank.rows(`update staff set active = true returning 1`)
      }
    }
    expect(gone).toEqual(expect.arrayContaining(['H1 L1', 'H1 M1', 'L1 M1', 'L1 S2', 'H0 L3']))
  })

  test('a code is for who is below: never for oneself, a peer, a higher duty, another unit', async () => {
    const issued = () => bank.rows(`select hash from enrolment_code order by hash`)
    for (const asker of ['H0', 'H1', 'L1', 'L3', 'K1', 'R1', 'M1']) {
      for (const person of Object.keys(ROLE)) {
        const before = await issued()
        const [answer] = await bank.send(asker, { command: 'enrol', input: { code: person } })
        expect(
          (await issued()).length - before.length,
          `${asker} 开通 ${person}: ${answer && render(answer)}`,
        ).toBe(mayDo(asker, person) ? 1 : 0)
      }
    }
  })
})

describe.each(DATABASES)('who may put whom where, on %s', (kind) => {
  opened(kind)

  test('nobody joins a unit that has no managers, or that is not one’s own', async () => {
    await play(
      bank,
      `
      H0> 入职 M70 张伟
      总行不设客户经理
      H0> 入职 M70 张伟 公司金融部
      公司金融部不设客户经理
      H1> 入职 M70 张伟 T3
      您的机构里没有"T3"
      H1> 入职 M70 张伟 T2
      已登记：张伟（M70）· 二队
      L1> 入职 M71 李伟
      已登记：李伟（M71）· 一队
      `,
    )
    // A name that another branch has too is one's own.
    await bank.rows(`update unit set name = '二队' where code = 'T3' returning 1`)
    await bank.rows(`update unit set id = id where code = 'T2' returning 1`)
    await play(
      bank,
      `
      H1> 入职 M72 王伟 二队
      已登记：王伟（M72）· 二队
      H0> 入职 M73 赵伟 二队
      不止一个"二队"，请写机构代码，如 T2、T3
      H0> 调岗 M4 二队
      不止一个"二队"
      `,
    )
    expect((await posts()).find(({ code }) => code === 'M72')?.unit).toBe('T2')
  })

  test('a transfer is told to the manager, and to the leads of both teams', async () => {
    await bank.told()
    await bank.say('H1', '调岗 M1 二队')
    const told = await bank.told()
    for (const code of ['M1', 'L1', 'L2']) {
      expect(
        told
          .filter((each) => each.code === code)
          .map(({ text }) => text)
          .join(),
      ).toContain('二队')
    }
    expect(told.find(({ code }) => code === 'L1')?.text).toContain('周敏（M1）从一队调到了二队')
  })

  test('after a refused transfer the book is closed to the person as before', () =>
    play(
      bank,
      `
      L2> 查 张三
      没有找到"张三"
      H1> 调岗 L2 HQ
      您的机构里没有"HQ"
      L2> 查 张三
      没有找到"张三"
      H1> 调岗 M3 HQ
      您的机构里没有"HQ"
      H1> 调岗 M3 T1
      何勇 已调到 一队
      `,
    ))

  test('the database keeps roles in fitting units, whatever writes to it', async () => {
    const fits: Readonly<Record<string, readonly string[]>> = {
      manager: ['B1', 'T1', 'X1'],
      lead: ['T1', 'X1'],
      head: ['HQ', 'B1', 'X1'],
      marketing: ['HQ', 'D'],
      risk: ['HQ', 'D'],
      line: ['HQ', 'D'],
      staff: ['HQ', 'B1', 'T1', 'D', 'X1'],
    }
    await bank.rows(`insert into unit (id, code, name, kind, path)
      values (gen_random_uuid(), 'X1', '小支行', 'sub-branch', '/HQ/B1/X1/') returning 1`)
    for (const [role, units] of Object.entries(fits)) {
      for (const unit of ['HQ', 'B1', 'T1', 'D', 'X1']) {
        const place = `(select id from unit where code = '${unit}')`
        const made = bank.rows(`insert into staff
          (id, code, name, role, unit_id, language, active, joined_on)
          values (gen_random_uuid(), 'X${role}${unit}', 'x', '${role}', ${place}, 'zh', true, '2020-01-01')
          returning 1`)
        const moved = () =>
          bank.rows(`update staff set unit_id = ${place} where code = 'M4' returning 1`)
        if (units.includes(unit)) await expect(made, `${role} ${unit}`).resolves.toHaveLength(1)
        else await expect(made, `${role} ${unit}`).rejects.toThrow('works in a unit of that kind')
        if (role !== 'manager') continue
        if (units.includes(unit)) await expect(moved()).resolves.toHaveLength(1)
        else await expect(moved()).rejects.toThrow('works in a unit of that kind')
      }
    }
  })
})
