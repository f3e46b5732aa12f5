import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { NEW_ID } from '../../../src/infra/database/new-id.ts'
import { timed } from '../timing.ts'
import { NOW, TODAY } from './book.ts'

/** What changes of a client's facts, as somebody writes it who knows the columns of this one file. */
const SAID = `
  select client_id, usage::float8 as usage_rate, sales::bigint as annual_sales
  from bare join client_phone on client_phone.number = '+86' || phone`

/** The history of both facts; then the facts; then, by the shipped standard, what becomes of the tiers. */
const STATEMENTS = [
  `insert into fact_entry (id, client_id, fact, before, after, recorded_at)
   select ${NEW_ID}, client_id, fact, before, after, '${NOW}'
   from (${SAID}) as said left join client_facts as was using (client_id)
   cross join lateral (values ('usageRate', to_jsonb(was.usage_rate), to_jsonb(said.usage_rate)),
     ('annualSales', to_jsonb(was.annual_sales), to_jsonb(said.annual_sales)))
     as entry (fact, before, after)
   where before is distinct from after
   on conflict do nothing`,
  `insert into client_facts (client_id, usage_rate, annual_sales, as_of)
   select client_id, usage_rate, annual_sales,
     '{"usageRate": "${TODAY}", "annualSales": "${TODAY}"}'
   from (${SAID}) as said
   on conflict (client_id) do update set usage_rate = excluded.usage_rate,
     annual_sales = excluded.annual_sales, as_of = client_facts.as_of || excluded.as_of`,
  `insert into tier_change (id, client_id, "from", "to", standard_version, changed_on, status, facts)
   select ${NEW_ID}, client_id, 'B', 'D', 1, '${TODAY}', 'applied', jsonb_strip_nulls(jsonb_build_object(
     'industryClass', industry_class, 'monthsOperating', operating_since, 'stableHome', stable_home,
     'ownsHomeInProvince', owns_home_in_province, 'homeValue', home_value,
     'annualSales', annual_sales, 'creditLimit', credit_limit, 'usageRate', usage_rate))
   from client_facts join client_tier using (client_id) where tier = 'B' and usage_rate > 0.5
   on conflict do nothing`,
  `insert into client_tier (client_id, tier, decided, provisional, standard_version, since)
   select client_id, 'D', 'D', false, 1, '${TODAY}'
   from client_facts join client_tier using (client_id) where tier = 'B' and usage_rate > 0.5
   on conflict (client_id) do update set tier = 'D', decided = 'D', since = excluded.since`,
]

/** Milliseconds of a raw COPY into a bare table, and of one statement for each table that it goes into. */
export async function loadByHand(url: string, file: string) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await client.connect()
  await client.query('create unlogged table bare (phone text, usage text, sales text)')
  const copied = await timed(() =>
    pipeline(
      createReadStream(file),
      client.query(from('copy bare from stdin (format csv, header true)')),
    ),
  )
  const written = await timed(async () => {
    await client.query('analyze bare')
    for (const statement of STATEMENTS) await client.query(statement)
  })
  await client.query('drop table bare')
  await client.end()
  return { copied, written }
}
