import { readTyped } from '../../bot/grammar/scan/typed-line.ts'
import { NAME_DOTS, nameKey } from '../../core/identity/name-key.ts'
import type { Actor } from '../../core/staff.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'

interface Asked {
  readonly who: Actor
  readonly text: string
}

/** So many names of one text are handed to its reader. */
const MOST_NAMES = 40

/**
 * The names within a text of clients whom this person serves: of their own books, shared with them, or
 * of a task that they were given. As they are on file.
 */
const find = batchPerTransaction(async (tx, asked: readonly Asked[]): Promise<string[][]> => {
  const rows = asked.map(({ who, text }, place) => ({
    place,
    staff: [who.id, ...who.standsInFor],
    typed: nameKey(text),
    simple: nameKey(readTyped(text).text),
  }))
  const found = await tx.$queryRaw<{ place: number; name: string }[]>`
    select asked.place, met.name
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as asked (
      place int, staff uuid[], typed text, simple text)
    cross join lateral (
      select distinct client.name
      from client, translate(lower(client.name), ${NAME_DOTS}, '') as key
      where client.id in (
          select id from client where owner_id = any(asked.staff)
          union all select client_id from share where staff_id = any(asked.staff)
          union all select client_id from task
            where manager_id = any(asked.staff) and status = 'open')
        and length(key) > 1
        and (strpos(asked.typed, key) > 0 or strpos(asked.simple, key) > 0)
      limit ${MOST_NAMES}
    ) as met`
  const names: string[][] = asked.map(() => [])
  for (const { place, name } of found) names[place]?.push(name)
  return names
})

export const namesSaid = (tx: Queries, who: Actor, text: string): Promise<readonly string[]> =>
  find(tx, { who, text })
