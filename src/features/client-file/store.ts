import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { IdKind } from '../clients/identity/store.ts'
import { rowsPerClient } from '../clients/per-client.ts'

/** What is on a client's file besides its rows: the client's own columns, and the days of two facts. */
export interface FileColumns {
  readonly name: string
  readonly businessName: string | null
  readonly idKind: IdKind
  readonly idNumber: string | null
  readonly creditCode: string | null
  readonly address: string | null
  readonly wechat: string | null
  readonly language: string | null
  /** When not to call, `12:00-14:00`; null: as the playbook says. */
  readonly quietHours: string | null
  readonly licenceEndsOn: Day | null
  /** Of a client with facilities on file, what these say. */
  readonly creditEndsOn: Day | null
  readonly region: string | null
  readonly industry: string | null
  readonly cluster: string | null
  readonly sourceDetail: string | null
  readonly bornOn: Day | null
  readonly operatingSince: Day | null
}

export async function columnsOf(tx: Queries, clientId: string): Promise<FileColumns | null> {
  const [columns] = await tx.$queryRaw<FileColumns[]>`
    select name, business_name as "businessName", id_kind as "idKind", id_number as "idNumber",
      credit_code as "creditCode", address, wechat, language, quiet_hours as "quietHours",
      licence_ends_on::text as "licenceEndsOn", credit_expires_on::text as "creditEndsOn",
      region, industry, cluster,
      source_detail as "sourceDetail", born_on::text as "bornOn",
      operating_since::text as "operatingSince"
    from client left join client_facts on client_facts.client_id = client.id
    where client.id = ${clientId}::uuid`
  return columns ?? null
}

/** That a client is settled: since when, and the tier that they had last (null: none). */
export interface Settled {
  readonly since: Day | null
  readonly lastTier: string | null
}

/** One row of a client who is settled, none of any other. */
export const settledOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(Settled & { readonly clientId: string })[]>`
    select id as "clientId", kind_since::text as since, last_tier as "lastTier" from client
    where id = any(${clientIds}::uuid[]) and kind = 'lapsed'`,
)

/** By fact, the business day of which it is known, where that is kept. */
export async function factDaysOf(
  tx: Queries,
  clientId: string,
): Promise<Readonly<Record<string, Day>>> {
  const [row] = await tx.$queryRaw<{ days: Record<string, Day> }[]>`
    select as_of as days from client_facts where client_id = ${clientId}::uuid`
  return row?.days ?? {}
}

/** The plain columns that a line changes; what is left out stays. */
export type PlainColumns = Partial<
  Record<
    'name' | 'businessName' | 'address' | 'wechat' | 'language' | 'licenceEndsOn' | 'creditEndsOn',
    string | null
  > & { pinyin: string; initials: string }
>

export async function saveColumns(
  tx: Queries,
  clientId: string,
  columns: PlainColumns,
): Promise<void> {
  await tx.$executeRaw`
    update client set
      name = coalesce(given.name, client.name), pinyin = coalesce(given.pinyin, client.pinyin),
      initials = coalesce(given.initials, client.initials),
      business_name = case when asked ? 'businessName' then given."businessName" else business_name end,
      address = case when asked ? 'address' then given.address else client.address end,
      wechat = case when asked ? 'wechat' then given.wechat else client.wechat end,
      language = case when asked ? 'language' then given.language else client.language end,
      licence_ends_on = case when asked ? 'licenceEndsOn' then given."licenceEndsOn"
        else licence_ends_on end,
      credit_expires_on = case when asked ? 'creditEndsOn' then given."creditEndsOn"
        else credit_expires_on end
    from (select ${JSON.stringify(columns)}::jsonb as asked) as said
    cross join lateral jsonb_to_record(asked) as given (
      name text, pinyin text, initials text, "businessName" text, address text, wechat text,
      language text, "licenceEndsOn" date, "creditEndsOn" date)
    where client.id = ${clientId}::uuid`
}
