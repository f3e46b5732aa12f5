import type { Database } from '../../src/infra/database/index.ts'
import { type Bank, openBank } from '../support/bank.ts'

/** More of the small bank: another branch with a team, a head office, and second persons. */
const MORE = `
  with units (code, name, kind, path, above) as (values
    ('B2', '城西支行', 'branch', '/HQ/B2/', 'HQ'),
    ('T3', '三队', 'team', '/HQ/B2/T3/', 'B2'),
    ('R', '风险部', 'department', '/HQ/R/', 'HQ')
  ), made as (
    insert into unit (id, code, name, kind, path, parent_id)
    select gen_random_uuid(), code, name, kind, path,
      (select id from unit where unit.code = above) from units returning id, code
  ), hired as (
  insert into staff (id, code, name, role, unit_id, language, active, joined_on)
  select gen_random_uuid(), people.code, people.name, role,
    (select id from (select id, code from made union select id, code from unit) as known
      where known.code = place), 'zh', true, '2020-01-01'
  from (values ('H0', '行长', 'head', 'HQ'), ('H2', '西行长', 'head', 'B2'), ('L3', '西主管', 'lead', 'T3'),
    ('M9', '西经理', 'manager', 'T3'), ('M4', '空经理', 'manager', 'T1'), ('R2', '风险员', 'risk', 'R')
  ) as people (code, name, role, place)
  returning id, code
  )
  insert into account (channel, external_id, staff_id, conversation, last_seen_at)
  select 'console', code, id, 'console:' || code, '2026-11-23' from hired
  returning 1`

/** The small bank with two branches. */
export async function openBranches(kind: Database['kind']): Promise<Bank> {
  const bank = await openBank(kind)
  await bank.rows(MORE)
  return bank
}
