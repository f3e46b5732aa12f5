import type { Database } from '../../../src/infra/database/index.ts'
import { codeOf } from './names.ts'

/** Clients with a link each, from one number until another. */
export async function fillLinks(database: Database, from: number, until: number): Promise<void> {
  for (let at = from; at < until; at += 50_000) {
    const codes = Array.from({ length: Math.min(50_000, until - at) }, (_, n) => codeOf(at + n))
    await database.wholeBook.$executeRaw`
      insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
      select md5('client' || code)::uuid, 'existing', '客户', 'kehu', 'kh', 'list',
        (select id from staff where code = 'M1'), now()
      from unnest(${codes}::text[]) as code`
    await database.wholeBook.$executeRaw`
      insert into referral_link (id, code, client_id, created_at)
      select md5('link' || code)::uuid, code, md5('client' || code)::uuid, now()
      from unnest(${codes}::text[]) as code`
  }
}

/** So many in one statement. */
const CLICKS = 2_000_000

/** So many clicks over a year, each on any of the links. */
export async function fillClicks(database: Database, count: number): Promise<void> {
  const { wholeBook: prisma } = database
  const links = await prisma.referralLink.count()
  for (let at = 0; at < count; at += CLICKS) {
    await prisma.$executeRaw`
      insert into referral_click (link_id, visitor, via, agent, clicked_at)
      select link.id, decode(md5(random()::text), 'hex'), 'tap', 'wechat', now() - random() * interval '1 year'
      from (select 1 + floor(random() * ${links}::int)::int as place
        from generate_series(1, ${Math.min(CLICKS, count - at)}::int)) as clicked
      join (select id, row_number() over () as place from referral_link) as link using (place)`
  }
  await prisma.$executeRawUnsafe('vacuum analyze')
}
