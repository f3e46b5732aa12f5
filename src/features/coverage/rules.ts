/** A product that clients of a tier are to hold. */
export interface KeyProduct {
  readonly tier: string
  /** A code of the catalogue. */
  readonly product: string
  /** What a manager says for it; null: nothing is written. */
  readonly talk: string | null
}

/** Of one part of a book and one key product: clients who are to hold it, and who do. */
export interface Covered {
  /** A unit's code, or a manager's. */
  readonly part: string
  readonly name: string
  readonly product: string
  readonly clients: number
  readonly held: number
}

/** A client with the key products of their tier that they do not hold. */
export interface Gap {
  readonly client: string
  readonly business: string | null
  readonly tier: string
  readonly missing: readonly string[]
}

/** Clients with gaps that are listed at once. */
export const PAGE = 10

export const sumOf = (some: readonly Covered[]) => ({
  clients: some.reduce((sum, { clients }) => sum + clients, 0),
  held: some.reduce((sum, { held }) => sum + held, 0),
})

/** Whole per cent, rounded down: 100 is said of nothing that has a gap. */
export const shareOf = ({ clients, held }: { readonly clients: number; readonly held: number }) =>
  clients === 0 ? 0 : Math.floor((100 * held) / clients)

/** By part, the least covered first. */
export function byPart(covered: readonly Covered[]) {
  const parts = [...Map.groupBy(covered, ({ part }) => part)].map(([part, of]) => ({
    part,
    name: of[0]?.name ?? part,
    of,
    ...sumOf(of),
  }))
  return parts.sort((a, b) => shareOf(a) - shareOf(b) || a.part.localeCompare(b.part))
}
