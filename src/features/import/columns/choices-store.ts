import type { Queries } from '../../../infra/database/index.ts'
import type { ImportRecord, Recalled } from '../rules.ts'

export interface KeptChoices extends Recalled {
  /** By heading, as of `MappedTable.chosen`. */
  readonly chosen: Readonly<Record<string, string | null>>
}

/** What people of somebody's unit said of the columns of earlier books, by layout. Nothing is kept of operators. */
export async function choicesKept(
  tx: Queries,
  staffId: string | null,
): Promise<ReadonlyMap<string, KeptChoices>> {
  const rows = await tx.$queryRaw<(KeptChoices & { layout: string })[]>`
    select layout, chosen, author.name as by, decided_on::text as on
    from import_layout join staff as author on author.id = decided_by
    where import_layout.unit_id = (select unit_id from staff where id = ${staffId}::uuid)`
  return new Map(rows.map(({ layout, ...kept }) => [layout, kept]))
}

/** Keeps what was said of the columns of a book, for the next one of that unit with the same headings. */
export async function keepChoices(
  tx: Queries,
  { staffId, mapping }: Pick<ImportRecord, 'staffId' | 'mapping'>,
  today: string,
): Promise<void> {
  const said = mapping.tables.filter(
    ({ chosen, recalled }) => !recalled && Object.keys(chosen).length > 0,
  )
  if (said.length === 0) return
  await tx.$executeRaw`
    insert into import_layout (unit_id, layout, chosen, decided_by, decided_on)
    select distinct on (layout) staff.unit_id, layout, chosen, staff.id, ${today}::date
    from staff cross join jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as said (layout text, chosen jsonb)
    where staff.id = ${staffId}::uuid
    on conflict (unit_id, layout) do update set chosen = excluded.chosen,
      decided_by = excluded.decided_by, decided_on = excluded.decided_on`
}
