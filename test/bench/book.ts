import { pinyinOf } from '../../src/core/identity/pinyin.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { NEW_ID } from '../../src/infra/database/new-id.ts'

/** How large a book is, and where its managers are reached. */
export interface BookSize {
  readonly managers: number
  readonly clients: number
  readonly channel: string
}

/** Where the three letters of names begin, and of how many each is one. */
const LETTERS = [
  [19_968, 100],
  [20_168, 600],
  [21_168, 600],
] as const

const NAMES = ['family', 'first', 'last'] as const

/** How each of these letters is spelt, as JSON. */
const spelt = (): string =>
  JSON.stringify(
    LETTERS.flatMap(([from, many]) =>
      Array.from({ length: many }, (_, at) => {
        const letter = String.fromCodePoint(from + at)
        return { letter, ...pinyinOf(letter) }
      }),
    ),
  )

/**
 * Managers Q1 … of unit T1, each with an account, and their clients in turn, made by the database
 * itself; few of a book are called alike. Everybody was entered and contacted a while ago, so that routine tasks are due.
 */
export async function fillBook(database: Database, size: BookSize): Promise<void> {
  const { wholeBook: prisma } = database
  const { managers, clients, channel } = size
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'Q' || n, '经理' || n, 'manager', (select id from unit where code = 'T1'),
      'zh', true, '2020-01-01'
    from generate_series(1, ${managers}::int) as n`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select ${channel}, 'U' || code, id, 'U' || code, now() from staff where code like 'Q%'`
  // Made anew afterwards: that takes a tenth of keeping it during the load.
  const [grams] = await prisma.$queryRaw<{ definition: string }[]>`
    select pg_get_indexdef('client_grams'::regclass) as definition`
  await prisma.$executeRawUnsafe('drop index client_grams')
  await prisma.$executeRawUnsafe(
    `insert into client (id, kind, name, pinyin, initials, phone, core_number, source,
      owner_id, entered_at, last_contact_on, credit_expires_on)
    select ${NEW_ID}, case n % 5 when 0 then 'prospect' else 'existing' end,
      family.letter || first.letter || last.letter, family.pinyin || first.pinyin || last.pinyin,
      family.initials || first.initials || last.initials, '+861349' || lpad(n::text, 7, '0'), 'C' || n, 'list', staff.id,
      date '2026-11-23' - 90 - n % 300, case n % 3 when 0 then null else date '2026-11-23' - 61 - n % 40 end,
      case n % 4 when 0 then date '2026-11-23' + n % 400 end
    from generate_series(1, $1::int) as n
    join staff on staff.code = 'Q' || (n % $2::int + 1)
    ${LETTERS.map(
      (
        [from, many],
        place,
      ) => `join jsonb_to_recordset($3::jsonb) as ${NAMES[place]} (letter text, pinyin text, initials text)
      on ${NAMES[place]}.letter = chr(${from} + abs(hashtext('${NAMES[place]} ' || n)) % ${many})`,
    ).join('\n    ')}`,
    clients,
    managers,
    spelt(),
  )
  if (grams) await prisma.$executeRawUnsafe(grams.definition)
  await prisma.$executeRaw`
    insert into client_facts (client_id, operating_since, credit_limit, usage_rate)
    select id, entered_at::date - 700, 500000, 0.4 from client where kind = 'existing'`
  await prisma.$executeRaw`
    insert into client_tier (client_id, tier, decided, provisional, standard_version, since)
    select id, tier, tier, false, 1, date '2026-10-01'
    from client cross join lateral (select case when kind = 'prospect' then 'ordinary' else
      (array['B', 'C', 'D', 'D', 'D'])[1 + abs(hashtext(phone)) % 5] end as tier) as decided`
  await prisma.$executeRawUnsafe('analyze')
}

/**
 * Fifty open tasks for each manager, with `products` a fifth of them about one, and an outcome behind each client that
 * was contacted, as a book has it that is worked.
 */
export async function workBook(
  { wholeBook: prisma }: Database,
  { products = false } = {},
): Promise<void> {
  const product = products ? `case place % 5 when 0 then 'mortgage-loan' end` : 'null'
  await prisma.$executeRawUnsafe(`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason,
      attempt, product, created_at)
    select ${NEW_ID}, owner_id, id, 'call', date '2026-11-23' - place::int % 4, 'open',
      30 + place::int, 30, 'care', 0, ${product}, now()
    from (select id, owner_id, row_number() over (partition by owner_id order by id) as place
      from client) as placed
    where place <= 50`)
  await prisma.$executeRawUnsafe(`
    insert into outcome (id, act_id, client_id, staff_id, kind, stage, note, logged_on, logged_at)
    select ${NEW_ID}, ${NEW_ID}, id, owner_id, 'thinking', 'reached', '再看看', last_contact_on,
      last_contact_on
    from client where last_contact_on is not null`)
  await prisma.$executeRawUnsafe('vacuum analyze task, outcome')
}
