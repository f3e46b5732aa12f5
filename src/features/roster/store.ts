import { newId } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'
import { peopleOnFile } from '../people/post/store.ts'
import { type Line, pathsOf, type Roster, type Unit, type UnitOnFile } from './rules.ts'

/** The bank as it stands. */
export async function rosterOnFile(tx: Queries): Promise<Roster> {
  const [units, people, lines] = [
    await unitsOnFile(tx),
    await peopleOnFile(tx),
    await linesOnFile(tx),
  ]
  return { units, people, lines }
}

const unitsOnFile = (tx: Queries) =>
  tx.$queryRaw<UnitOnFile[]>`
    select unit.id, unit.code, unit.name, unit.kind, above.code as parent,
      exists (select from quota where unit_id = unit.id)
        or exists (select from hand_over where unit_id = unit.id)
        or exists (select from campaign_response where unit_id = unit.id)
        or exists (select from staff where unit_id = unit.id and not active) as anchored
    from unit left join unit as above on above.id = unit.parent_id order by unit.path`

const linesOnFile = (tx: Queries) =>
  tx.$queryRaw<{ code: string; name: string; department: string | null }[]>`
    select business_line.code, label_zh as name, unit.code as department
    from business_line left join unit on unit.id = unit_id order by business_line.code`

/** Whether nobody has ever worked here. */
export async function isUnopened(tx: Queries): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ unopened: boolean }[]>`
    select not exists (select from staff) as unopened`
  return row?.unopened ?? true
}

/** Makes the tree what it shall be, but for units that go; paths that plans and events keep follow. */
export async function writeUnits(tx: Queries, units: readonly Unit[]): Promise<void> {
  const paths = pathsOf(units)
  const all = units.map(({ code, name, kind, parent }) => {
    return { id: newId(), code, name, kind, parent, path: paths.get(code) }
  })
  await tx.$executeRaw`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(all)}::jsonb)
        as wanted (id uuid, code text, name text, kind text, parent text, path text)
    ), moved as (
      select unit.path as was, wanted.path as now from unit join wanted using (code)
      where unit.path <> wanted.path
    ), plans as (
      update campaign set
        publisher_path = coalesce((select now from moved where was = publisher_path), publisher_path),
        audience_paths = array(select coalesce(moved.now, each)
          from unnest(audience_paths) with ordinality as paths (each, place)
          left join moved on was = each order by place)
      where exists (select from moved where was = publisher_path or was = any(audience_paths))
    ), events as (
      update activity set host_path = moved.now from moved where host_path = was
    )
    insert into unit (id, code, name, kind, parent_id, path)
    select wanted.id, wanted.code, wanted.name, wanted.kind,
      coalesce(known.id, above.id), wanted.path
    from wanted left join unit as known on known.code = wanted.parent
    left join wanted as above on above.code = wanted.parent
    on conflict (code) do update set name = excluded.name, kind = excluded.kind,
      parent_id = excluded.parent_id, path = excluded.path`
}

/** Units in which nobody and nothing is, nor ever was. */
export const removeUnits = (tx: Queries, codes: readonly string[]) =>
  tx.$executeRaw`delete from unit where code = any(${codes}::text[])`

/** Whom a line of business goes to; a line that is not there yet comes to be. */
export const writeLines = (tx: Queries, lines: readonly Line[]) =>
  tx.$executeRaw`
    insert into business_line (code, label_zh, label_en, unit_id)
    select line.code, line.name, line.name, unit.id
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (code text, name text, department text)
    left join unit on unit.code = department
    on conflict (code) do update set unit_id = excluded.unit_id`

/** What was done on the server, for the audit. */
export const writeAct = (tx: Queries, id: string, staffId: string, input: object, now: Date) =>
  tx.$executeRaw`
    insert into act (id, staff_id, channel, command, input, result, undoable, at)
    values (${id}::uuid, ${staffId}::uuid, 'server', 'open-bank', ${JSON.stringify(input)}::jsonb,
      'done', false, ${now}::timestamptz)`
