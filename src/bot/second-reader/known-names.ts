import type { Queries } from '../../infra/database/index.ts'

/** Letters of the longest name that is looked for, and of the shortest. */
const LONGEST = 12
const SHORTEST = 2

/**
 * What of a text is a name that the bank knows: of any client, of the shops of the writer's own, of
 * staff.
 */
export async function namesIn(
  tx: Queries,
  text: string,
  staffId: string,
): Promise<readonly string[]> {
  const pieces = piecesOf(text)
  if (pieces.length === 0) return []
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select name from client where name_key(name) = any(
      array(select name_key(piece) from unnest(${pieces}::text[]) as piece))
    union select business_name from client
      where owner_id = ${staffId}::uuid and business_name = any(${pieces}::text[])
    union select name from staff where name = any(${pieces}::text[])`
  return rows.map(({ name }) => name)
}

function piecesOf(text: string): string[] {
  const letters = [...text]
  const pieces = new Set<string>()
  for (let start = 0; start < letters.length; start += 1) {
    for (let size = SHORTEST; size <= LONGEST && start + size <= letters.length; size += 1) {
      pieces.add(
        letters
          .slice(start, start + size)
          .join('')
          .trim(),
      )
    }
  }
  return [...pieces].filter((piece) => piece.length >= SHORTEST)
}
