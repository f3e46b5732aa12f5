import type { Database } from '../../../src/infra/database/index.ts'

export const MANAGERS = 2000

/**
 * Existing clients with facts of all sorts, a few of them unrecorded; the name of the n-th is
 * `nameOf(n)`, of manager `Q1` … in turn.
 */
export async function fillBook({ wholeBook: prisma }: Database, clients: number): Promise<void> {
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'Q' || n, '经理' || n, 'manager',
      (select id from unit where code = 'T1'), 'zh', true, '2020-01-01'
    from generate_series(1, ${MANAGERS}) as n`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select 'console', code, id, 'console:' || code, now() from staff where code like 'Q%'`
  for (let from = 1; from <= clients; from += BATCH) {
    const to = Math.min(from + BATCH - 1, clients)
    await prisma.$executeRaw`
      insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
      select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'existing',
        chr(19968 + (n::bigint * 7919 % 20000)::int) || chr(19968 + (n::bigint * 104729 % 20000)::int),
        'kehu' || n, 'kh' || n, 'list', staff.id, now()
      from generate_series(${from}::int, ${to}::int) as n
        join staff on staff.code = 'Q' || (n % ${MANAGERS} + 1)`
    await prisma.$executeRaw`
      insert into client_facts (client_id, industry_class, operating_since, stable_home,
        owns_home_in_province, home_value, title_held_by_family, mortgage_since, car_value,
        home_has_title_deed, home_market_value, offers_collateral, collateral_ltv, savings,
        policy_value, credit_limit, usage_rate, separate_finances, sound_governance,
        general_taxpayer, net_assets, annual_sales, debt_ratio, annual_invoiced, vices,
        malicious_overdue, trend_declining, loan_loss)
      select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
        case when r < 0.9 then 'neutral' when r < 0.96 then 'promising' when r < 0.99 then 'cautious'
          else 'barred' end,
        current_date - (s * 3000)::int, t < 0.9, u < 0.7, (v * 2000000)::bigint, t > 0.8,
        case when u > 0.5 then current_date - (r * 1000)::int end, (s * 300000)::bigint, v > 0.1,
        (v * 3000000)::bigint, r > 0.9, t, (u * 200000)::bigint, (s * 100000)::bigint,
        (u * 1200000)::bigint, v, case when t > 0.3 then t > 0.5 end, s > 0.4, r > 0.3,
        case when v > 0.1 then (u * 9000000)::bigint end, (s * 20000000)::bigint, r,
        (t * 9000000)::bigint, case when s > 0.99 then true end, case when u > 0.99 then true end,
        case when r > 0.95 then true end, case when v > 0.995 then true end
      from (select n, random() as r, random() as s, random() as t, random() as u, random() as v
        from generate_series(${from}::int, ${to}::int) as n) as drawn`
  }
  await prisma.$executeRawUnsafe('vacuum analyze')
}

const BATCH = 50_000

export const nameOf = (n: number): string =>
  String.fromCharCode(19968 + ((n * 7919) % 20000), 19968 + ((n * 104729) % 20000))

/** The id of the n-th. */
export const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Facts of one client in a hundred change, as they do over a day. */
export async function changeFacts({ wholeBook: prisma }: Database, turn: number): Promise<void> {
  await prisma.$executeRaw`
    update client_facts set usage_rate = random(), credit_limit = (random() * 1200000)::bigint,
      net_assets = (random() * 9000000)::bigint
    where right(client_id::text, 2)::int = ${turn % 100}`
}
