import type { Database } from '../../../src/infra/database/index.ts'
import { type Bank, bankOn } from '../../support/bank.ts'
import { fillBook } from '../book.ts'
import { respond, TODAY } from '../campaigns/book.ts'
import { codeOf } from '../referrals/names.ts'

export const CHANNEL = 'bench'
/** Of one manager. */
export const CLIENTS_EACH = 100
/** Of all managers, and all clients have responded to it. */
export const CAMPAIGN = '全行活动'
/** Made, or written, in one statement. */
const LINKS = 50_000

/** A bank of so many clients: a hundred a manager, ten managers a team, one campaign, and a link of each client. */
export async function fillGrowing(database: Database, clients: number): Promise<void> {
  const bank = await bankOn(database, [])
  await fillBook(database, { managers: clients / CLIENTS_EACH, clients, channel: CHANNEL })
  await teamsOfTen(database)
  await campaignOfAll(database, bank)
  await linksOfAll(database, clients)
  await database.wholeBook.$executeRawUnsafe('vacuum analyze')
}

/** Teams of ten managers, and a lead for the first. */
async function teamsOfTen({ wholeBook: prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    insert into unit (id, code, name, kind, path)
    select gen_random_uuid(), 'G' || n, '团队' || n, 'team', branch.path || 'G' || n || '/'
    from unit as branch, generate_series(1, (select count(*) / 10 from staff where code like 'Q%')::int) as n
    where branch.code = 'B1'`
  await prisma.$executeRaw`
    update staff set unit_id = unit.id from unit
    where staff.code like 'Q%' and unit.code = 'G' || ((substr(staff.code, 2)::int - 1) / 10 + 1)`
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'GL1', '组长', 'lead', id, 'zh', true, '2020-01-01' from unit where code = 'G1'`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select ${CHANNEL}, 'UGL1', id, 'UGL1', now() from staff where code = 'GL1'`
}

async function campaignOfAll(database: Database, bank: Bank): Promise<void> {
  const input = {
    ...{ name: CAMPAIGN, startsOn: TODAY, endsOn: '2026-12-06', audience: '全部' },
    talkingPoints: '旺季备货。',
  }
  await bank.send('K1', { command: 'save-campaign', input })
  await respond(database)
}

/** Each opened twice. */
async function linksOfAll({ wholeBook: prisma }: Database, clients: number): Promise<void> {
  for (let from = 0; from < clients; from += LINKS) {
    const codes = Array.from({ length: Math.min(LINKS, clients - from) }, (_, n) =>
      codeOf(from + n),
    )
    await prisma.$executeRaw`
      with link as (
        insert into referral_link (id, code, client_id, created_at)
        select md5('link' || code)::uuid, code, client.id, now()
        from unnest(${codes}::text[]) with ordinality as code (code, place)
        join client on core_number = 'C' || (${from}::int + place)
        returning id
      )
      insert into referral_click (link_id, visitor, via, agent, clicked_at)
      select link.id, decode(md5(random()::text), 'hex'), 'tap', 'wechat', now() - random() * interval '1 year'
      from link cross join generate_series(1, 2)`
  }
}
