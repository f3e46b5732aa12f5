import type { Database } from '../../../src/infra/database/index.ts'

export const TODAY = '2026-11-23'

/** Teams of ten in twenty branches, and clients of twenty regions and eight trades. */
export async function spread({ wholeBook: prisma }: Database, managers: number): Promise<void> {
  await prisma.$executeRaw`
    insert into unit (id, code, name, kind, parent_id, path)
    select gen_random_uuid(), 'QB' || n, '分行' || n, 'branch', root.id, root.path || 'QB' || n || '/'
    from generate_series(1, 20) as n, unit as root where root.kind = 'head-office'`
  await prisma.$executeRaw`
    insert into unit (id, code, name, kind, parent_id, path)
    select gen_random_uuid(), 'QT' || n, '团队' || n, 'team', branch.id, branch.path || 'QT' || n || '/'
    from generate_series(1, ${Math.ceil(managers / 10)}::int) as n
    join unit as branch on branch.code = 'QB' || (n % 20 + 1)`
  await prisma.$executeRaw`
    update staff set unit_id = unit.id from unit
    where staff.code like 'Q%' and unit.code = 'QT' || ((substr(staff.code, 2)::int - 1) / 10 + 1)`
  await prisma.$executeRaw`
    update client set region = '片区' || abs(hashtext(phone)) % 20,
      industry = (array['五金', '餐饮', '服装', '建材', '物流', '食品', '家电', '农资'])[abs(hashtext(pinyin)) % 8 + 1]`
  await prisma.$executeRawUnsafe('analyze')
}

/** Every client of the book has responded; the figures are kept by the trigger, as ever. */
export async function respond({ wholeBook: prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    insert into campaign_response (campaign_id, client_id, staff_id, unit_id, first_on, latest,
      latest_on, region, industry, responded, interested, applied, granted)
    select campaign.id, client.id, staff.id, staff.unit_id, ${TODAY}::date + (place % 13)::int,
      'interested', ${TODAY}::date + (place % 13)::int, region, industry, place % 8 < 7,
      place % 8 < 4, place % 8 < 2, place % 8 < 1
    from (select *, row_number() over (order by phone) as place from client) as client
    join staff on staff.id = owner_id join campaign on campaign.name = '全行活动'`
  // Else the server tidies up after a million rows while the page is measured.
  await prisma.$executeRawUnsafe('vacuum analyze')
}
