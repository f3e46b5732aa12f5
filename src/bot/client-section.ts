import type { Button, ListItem } from '../core/card.ts'
import type { Text } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'
import type { Context } from './command.ts'

/** The sections of a client's card, in the order in which they stand. */
export const CLIENT_SECTIONS = [
  'to-do',
  'file',
  'needs',
  'enquiries',
  'campaigns',
  'latest',
  'visits',
] as const

/** What a feature shows on a client's card. */
export interface ClientSection {
  readonly name: (typeof CLIENT_SECTIONS)[number]
  readonly heading: Text
  /** Its lines; with none there is no section. */
  items(tx: Queries, client: SectionClient, context: Context): Promise<readonly ListItem[]>
  /** What else may be done with the client, below all sections. */
  buttons?(tx: Queries, client: SectionClient, context: Context): Promise<readonly Button[]>
}

/** The client of the card, whom the reader may see. */
export interface SectionClient {
  readonly id: string
  readonly ownerId: string
}

/** A section as it stands on one card. */
export interface Shown {
  readonly heading: Text
  readonly items: readonly ListItem[]
  readonly buttons: readonly Button[]
}

/** All sections of one client's card, in their order. */
export function shownOf(
  sections: readonly ClientSection[],
  tx: Queries,
  client: SectionClient,
  context: Context,
): Promise<Shown[]> {
  const inOrder = CLIENT_SECTIONS.flatMap((name) => sections.filter((each) => each.name === name))
  return Promise.all(
    inOrder.map(async (section): Promise<Shown> => {
      const [items, buttons = []] = await Promise.all([
        section.items(tx, client, context),
        section.buttons?.(tx, client, context),
      ])
      return { heading: section.heading, items, buttons }
    }),
  )
}
