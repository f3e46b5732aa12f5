import type { Scope } from '../../../bot/policy.ts'
import { NAME_DOTS } from '../../../core/identity/name-key.ts'
import { Prisma } from '../../../generated/client.ts'

// The conditions by which what somebody said finds clients. `asked`: what was said, as the look of clients hands it over.

/** Name and business in one, as `client_grams` has them: 张三 顺发 is typed of 张三 · 顺发五金店. */
const SAYS_SO = Prisma.sql`
  strpos(name_key(client.name || coalesce(client.business_name, '')), asked.typed) > 0`
const BEGINS_SO = Prisma.sql`(client.pinyin >= asked.text and client.pinyin < asked.beyond)
  or (client.pinyin >= asked.other and client.pinyin < asked."beyondOther")
  or (client.initials >= asked.typed and client.initials < asked."beyondTyped")`
/** The same as `SAYS_SO`, found by index in the whole bank. */
const HAS_SO = Prisma.sql`(
  grams(name_key(client.name || coalesce(client.business_name, ''))) @> asked.pieces
  and ${SAYS_SO})`
/**
 * The same in a book, every name of which is read: without `normalize`, which takes most of the time of
 * `name_key`: names are kept as it leaves them.
 */
const SAYS_SO_IN_BOOK = Prisma.sql`
  strpos(translate(lower(client.name || coalesce(client.business_name, '')), ${NAME_DOTS}, ''),
    asked.typed) > 0`

// Also of a number that is dead: somebody may look for whose it was.
const TAIL_SO = Prisma.sql`client.id in (
  select client_id from client_phone where person is null and tail_key(number) = asked.key)`
/** Clients with the same last four digits among whom a longer end of a number is looked for. */
export const MOST_OF_ONE_TAIL = 500

/** The conditions on `client` that what somebody said means it, by what they said. */
const MEANT = {
  id: Prisma.sql`client.id = asked.text::uuid`,
  tail: TAIL_SO,
  end: TAIL_SO,
  number: Prisma.sql`client.id in (
    select client_id from client_phone where person is null and secret_key(number) = asked.key
    union all select client_id from client_identity where key = asked.key)`,
  name: HAS_SO,
  letters: Prisma.sql`(${BEGINS_SO} or ${HAS_SO})`,
  nothing: Prisma.sql`false`,
}
/** The same in a book of one's own, which is short: read through its index and nothing else. */
const MEANT_IN_BOOK: typeof MEANT = {
  ...MEANT,
  name: SAYS_SO_IN_BOOK,
  letters: Prisma.sql`(${BEGINS_SO} or ${SAYS_SO_IN_BOOK})`,
}

/** The condition on `client` that somebody may see it and means it, by the kind of their scope. */
export function visibleAndMeant(scope: Scope['kind'], by: keyof typeof MEANT): Prisma.Sql {
  switch (scope) {
    case 'own':
      return Prisma.sql`client.id in (
        select id from client where owner_id = any(asked.staff) and ${MEANT_IN_BOOK[by]}
        union all select client_id from share where staff_id = any(asked.staff)
        union all select client_id from task
          where manager_id = any(asked.staff) and status = 'open')
        and ${MEANT[by]}`
    case 'subtree':
      return Prisma.sql`client.owner_id in (
        select staff.id from staff join unit on unit.id = staff.unit_id
        where starts_with(unit.path, asked.path)) and ${MEANT[by]}`
    case 'all':
      return MEANT[by]
    case 'none':
      return Prisma.sql`false`
  }
}
