import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROLES } from '../../src/core/staff.ts'
import { UNIT_KINDS, worksIn } from '../../src/features/staff/rules.ts'
import type { Bank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'
import { openBranches } from './branches.ts'

describe.each(DATABASES)('what a place justifies ends with it, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBranches(kind)
  })
  afterEach(() => bank.close())

  const shares = () => bank.rows(`select 1 from share`)
  const standsIn = () => bank.rows(`select 1 from absence where cancelled_at is null`)

  test('a share and a stand-in end as one of the two goes to another branch', async () => {
    await play(
      bank,
      `
      M1> 共享 张三 空经理
      M1> 请假 11/24-11/27 代班 空经理
      H1> 调岗 M4 T2
      空经理 已调到 二队
      M4> 查 张三
      张三
      `,
    )
    expect([await shares(), await standsIn()].map(({ length }) => length)).toEqual([1, 1])
    await play(
      bank,
      `
      H0> 调岗 M4 T3
      空经理 已调到 三队
      M4<
      您和 周敏 不在同一支行共事了，以下已结束：
      1 位客户的共享
      请假代班
      M4> 查 张三
      没有找到"张三"
      @ 2026-11-24T09:00:00+08:00
      M4> 今日
      没有
      M4> 查 张三
      没有找到"张三"
      `,
    )
    expect([...(await shares()), ...(await standsIn())]).toEqual([])
  })

  test('a share with a department of the branch ends as a team goes to another one', async () => {
    await bank.rows(`insert into unit (id, code, name, kind, path, parent_id)
      select gen_random_uuid(), 'DB', '支行国际部', 'department', path || 'DB/', id from unit where code = 'B1'
      union all
      select gen_random_uuid(), 'DX', '外支行国际部', 'department', path || 'DX/', id from unit
      where kind = 'branch' and code <> 'B1'`)
    await play(
      bank,
      `
      M1> 共享 张三 外支行国际部
      外支行国际部 是别的支行的部门，请选总行或本支行的部门。
      M1> 共享 张三 支行国际部
      M1> 共享 张三 公司金融部
      `,
    )
    await bank.rows(`update unit set path = '/HQ/B2/T1/', parent_id = (select id from unit where code = 'B2')
      where code = 'T1'`)
    await play(
      bank,
      `
      H0> 调岗 M4 T3
      M1<
      您和 支行国际部 不在同一支行共事了，以下已结束：
      1 位客户的共享
      `,
    )
    expect(
      await bank.rows(`select name from department_share join unit on unit.id = unit_id`),
    ).toEqual([{ name: '公司金融部' }])
  })

  test('taking back the end of a share gives nothing to who went to another branch', async () => {
    await play(
      bank,
      `
      M1> 共享 张三 空经理
      M1> 取消共享 张三 空经理
      H0> 调岗 M4 T3
      M1> 撤销
      M4> 查 张三
      没有找到"张三"
      `,
    )
    expect(await shares()).toEqual([])
  })

  test('whoever stands in shares nothing, and ends no share', async () => {
    await play(
      bank,
      `
      M1> B角 张三 何勇
      M1> 请假 11/23-11/27 代班 空经理
      M4> 查 张三
      张三
      M4> 共享 张三 何勇
      张三 是 周敏 的客户，请由其共享
      M4> B角 张三 Lee
      张三 是 周敏 的客户，请由其共享
      M4> 取消共享 张三 何勇
      张三 是 周敏 的客户，请由其共享
      `,
    )
    expect(await shares()).toHaveLength(1)
  })

  test('a code that is not used yet ends as its person or its issuer moves', async () => {
    const good = () =>
      bank.rows<{ good: boolean }>(`select bool_or(expires_at > '2026-11-23T00:30Z') as good
        from enrolment_code`)
    await bank.say('L1', '开通 M4')
    expect(await good()).toEqual([{ good: true }])
    await bank.say('H1', '调岗 M3 T1')
    expect(await good()).toEqual([{ good: true }])
    await bank.say('H0', '调岗 M4 T3')
    expect(await good()).toEqual([{ good: false }])
    await bank.say('L1', '开通 M1')
    expect(await good()).toEqual([{ good: true }])
    await play(
      bank,
      `
      H1> 调岗 L1 T2
      H0> 待确认
      谢英
      H0> [确认]
      已确认
      `,
    )
    expect(await good()).toEqual([{ good: false }])
  })

  test('a lead whom somebody else’s task holds stays in the branch', async () => {
    await play(
      bank,
      `
      H0> 调岗 L1 T3
      已请 西行长 确认
      `,
    )
    await bank.rows(`update task set manager_id = (select id from staff where code = 'L1')
      where id = (select min(id::text)::uuid from task) returning 1`)
    await play(
      bank,
      `
      H2> 待确认
      H2> [确认]
      谢英名下 0 位客户、1 件任务要留在原支行：请先"交接 L1 平均"
      H0> 调岗 L1 T3
      请先"交接 L1 平均"
      `,
    )
  })

  test('the database knows which role works in which kind of unit, and holds a unit to who is in it', async () => {
    const told = await bank.rows<{ role: string; kind: string; works: boolean }>(
      `select role, kind, works_in(role, kind) as works
       from unnest('{${ROLES}}'::text[]) as role cross join unnest('{${UNIT_KINDS}}'::text[]) as kind`,
    )
    expect(told).toHaveLength(ROLES.length * UNIT_KINDS.length)
    for (const role of ROLES) {
      for (const unit of UNIT_KINDS) {
        const row = told.find((each) => each.role === role && each.kind === unit)
        expect(row?.works, `${role} in ${unit}`).toBe(worksIn(role, unit))
      }
    }
    const becomes = (kind: string) =>
      bank.rows(`update unit set kind = '${kind}' where code = 'T3' returning 1`)
    await expect(becomes('head-office')).rejects.toThrow('who does not belong')
    await expect(becomes('department')).rejects.toThrow('who does not belong')
    await expect(becomes('sub-branch')).resolves.toHaveLength(1)
  })
})
