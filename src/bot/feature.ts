import type { Hono } from 'hono'
import type { Card } from '../core/card.ts'
import type { Language, Text } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'
import type { ClientSection } from './client-section.ts'
import type { Command, Context } from './command.ts'
import type { Undoing } from './commands/undo-snapshot.ts'
import type { Moment } from './moment.ts'
import type { RequestKind } from './request-kind.ts'
import type { ClientEntered, DayNotes, Services } from './services.ts'
import type { Work } from './work.ts'

/** Work on a clock, in the bank's time zone; a ring of it runs once in the whole bank. */
export interface Job {
  readonly name: string
  /** `HH:MM`, every day. */
  at(): string
  /** A service that starts this many hours late at most still runs it, if it was missed. */
  readonly catchUpHours: number
  /** Rings again every so many minutes until `HH:MM`, for what comes at a time of each person's own. */
  readonly again?: { readonly minutes: number; readonly until: string }
  run(services: Services, moment: Moment): Promise<void>
}

/** Pages below a path on the service's one port. */
export interface Pages {
  readonly path: string
  routes(services: Services): Hono
}

/**
 * What a feature does, in the same transaction, whenever somebody did something: `change` is
 * whatever can be undone, `undo` the undoing of it.
 */
export interface Reaction {
  readonly to: 'change' | 'undo'
  run(tx: Queries, context: Context): Promise<void>
}

/** Whose view a card is that is composed when it is sent. */
export interface Reader {
  readonly staffId: string
  readonly language: Language
  /** More than one person reads it: mask phone and ID numbers. */
  readonly shared: boolean
}

/** Cards that are shown anew where they stand: those of subjects `<name>:…`. */
export interface LiveCard {
  readonly name: string
  /** Null when a card of this subject is not to be changed any more. */
  compose(
    tx: Queries,
    subject: string,
    reader: Reader,
    about: { readonly at: Moment; readonly dayNotes: DayNotes },
  ): Promise<Card | null>
}

/** What a feature adds. */
export interface Feature {
  /** What its commands are about, as `help` calls it. */
  readonly topic: Text
  readonly commands?: readonly Command[]
  readonly jobs?: readonly Job[]
  readonly pages?: readonly Pages[]
  readonly works?: readonly Work[]
  readonly reactions?: readonly Reaction[]
  readonly liveCards?: readonly LiveCard[]
  readonly undo?: Undoing
  readonly clientEntered?: ClientEntered
  readonly clientSections?: readonly ClientSection[]
  readonly dayNotes?: DayNotes
  readonly requestKinds?: readonly RequestKind[]
}
