import { readTyped } from '../../bot/grammar/scan/typed-line.ts'
import { askerOf, scopeOf } from '../../bot/policy.ts'
import type { ClientsSaid } from '../../bot/services.ts'
import { NAME_DOTS, nameKey } from '../../core/identity/name-key.ts'
import type { Actor } from '../../core/staff.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'
import { seeClients } from '../staff/policy.ts'
import { qualifiedIn } from './identity/qualified-name.ts'
import { findNamed } from './store.ts'

interface Asked {
  readonly who: Actor
  readonly text: string
}

interface Found {
  readonly place: number
  readonly name: string
  readonly businessName: string | null
}

/** The names that were found in a text, and with the business where that stands before them. */
function saidIn(text: string, found: readonly Found[], of: number): string[] {
  const own = found.filter(({ place }) => place === of)
  const read = readTyped(text).text
  const names = own.flatMap((each) => [each.name, qualifiedIn(read, each) ?? []].flat())
  return [...new Set(names)]
}

/** So many names of one text are handed to its reader. */
const MOST_NAMES = 40

/**
 * The names within a text of clients whom this person serves: of their own books, shared with them, or
 * of a task that they were given. As they are on file.
 */
const findInBook = batchPerTransaction(async (tx, asked: readonly Asked[]): Promise<string[][]> => {
  const rows = asked.map(({ who, text }, place) => {
    const [typed, simple] = [nameKey(text), nameKey(readTyped(text).text)]
    const letters = `${typed}${simple}${typed.toUpperCase()}${simple.toUpperCase()}${NAME_DOTS}`
    return { place, staff: [who.id, ...who.standsInFor], typed, simple, letters }
  })
  const found = await tx.$queryRaw<Found[]>`
    select asked.place, met.name, met.business_name as "businessName"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as asked (
      place int, staff uuid[], typed text, simple text, letters text)
    cross join lateral (
      select distinct client.name, client.business_name
      -- One after the other: of an array the planner expects ten books, and may read the whole bank.
      from unnest(asked.staff) as member (id) cross join lateral (
        select name, business_name from client where owner_id = member.id
        union all
        select name, business_name from share join client on client.id = client_id
        where staff_id = member.id
        union all
        select name, business_name from task join client on client.id = client_id
        where manager_id = member.id and status = 'open' and owner_id <> member.id
      ) as client, translate(lower(client.name), ${NAME_DOTS}, '') as key
      -- Most names begin with no letter of the text, and need no key.
      where strpos(asked.letters, left(client.name, 1)) > 0 and length(key) > 1
        and (strpos(asked.typed, key) > 0 or strpos(asked.simple, key) > 0)
      limit ${MOST_NAMES}
    ) as met`
  return asked.map(({ text }, place) => saidIn(text, found, place))
})

/** So much of a text is cut into pieces, and so long a piece may be. */
const MOST_READ = 200
const LONGEST = 8
/** So many words may be one name. */
const MOST_WORDS = 3

/** Every run of letters within a text that may be a name, as names are compared. */
function piecesOf(text: string): string[] {
  const read = text.slice(0, MOST_READ)
  const words = [...read.matchAll(/[\p{Script=Latin}'-]+/gu)].map(([word]) => word)
  const latin = words.flatMap((_, place) =>
    Array.from({ length: MOST_WORDS }, (_, more) => words.slice(place, place + more + 1).join('')),
  )
  const runs = nameKey(read).match(/\p{Script=Han}{2,}/gu) ?? []
  const chinese = runs.flatMap((run) =>
    Array.from(run, (_, from) =>
      Array.from({ length: LONGEST - 1 }, (_, more) => run.slice(from, from + more + 2)),
    ).flat(),
  )
  return [...new Set([...latin.map(nameKey), ...chinese])].filter(({ length }) => length > 1)
}

interface AskedBelow {
  readonly path: string
  readonly text: string
}

/** The same of everybody's clients at and below a unit: the text's own pieces are looked up by index. */
const findBelow = batchPerTransaction(
  async (tx, asked: readonly AskedBelow[]): Promise<string[][]> => {
    const rows = asked.map(({ path, text }, place) => {
      const pieces = new Set([...piecesOf(text), ...piecesOf(readTyped(text).text)])
      return { place, path, pieces: [...pieces] }
    })
    const found = await tx.$queryRaw<Found[]>`
      select asked.place, met.name, met.business_name as "businessName"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as asked (
        place int, path text, pieces text[])
      cross join lateral (
        select distinct client.name, client.business_name
        from client
        join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
        where name_key(client.name) = any(asked.pieces) and starts_with(unit.path, asked.path)
        limit ${MOST_NAMES}
      ) as met`
    return asked.map(({ text }, place) => saidIn(text, found, place))
  },
)

async function named(tx: Queries, who: Actor, text: string): Promise<readonly string[]> {
  const scope = scopeOf(askerOf(seeClients, who))
  switch (scope.kind) {
    case 'own':
      return findInBook(tx, { who, text })
    case 'subtree':
      return findBelow(tx, { path: scope.path, text })
    case 'all':
      return findBelow(tx, { path: '/', text })
    case 'none':
      return []
  }
}

export const namesSaid: Omit<ClientsSaid, 'likely'> = {
  named,
  isOne: async (tx, who, text) => (await findNamed(tx, askerOf(seeClients, who), text)).length > 0,
}
