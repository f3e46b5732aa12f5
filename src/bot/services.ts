import type { Terms } from '../core/calendar/terms.ts'
import type { Card } from '../core/card.ts'
import type { ContactWays, PostWay, SmsGateway } from '../core/gateways.ts'
import type { Actor } from '../core/staff.ts'
import type { Language, Text } from '../core/text.ts'
import type { Database, Queries } from '../infra/database/index.ts'
import type { Log } from '../infra/log.ts'
import type { Moment } from './moment.ts'

/** How the bank shows itself, and what it decided about referrals. */
export interface BankSetting {
  readonly name: string
  /** `#rrggbb`: the colour of its pages and pictures. */
  readonly colour: string
  /** Whose proxies stand before the service: so many last addresses of `X-Forwarded-For` are theirs. */
  readonly trustedHops: number
  /** People may have their agenda in the calendar of a telephone, by a secret link. */
  readonly calendarLinks: boolean
  /** Who recommended somebody hears when that person's loan is granted. */
  readonly tellsReferrerOfGrant: boolean
  /** The ways to what is on file of who works here, beside chats, in the order in which they are taken. */
  readonly post: readonly PostWay[]
  /** The hash under which lists find phone, ID number and credit code that they must not hold in clear. */
  keyedHash(text: string): string
}

/** What jobs and pages may use. */
export interface Services {
  readonly database: Database
  readonly log: Log
  readonly publicUrl: string
  readonly bankName: string
  readonly bank: BankSetting
  /** The bank's text message gateway; null where none is plugged in. */
  readonly sms: SmsGateway | null
  /** WeCom's customer contact; null where it is not configured. */
  readonly contactWays: ContactWays | null
  /** The bank demands a second factor for the pages of heads, marketing and risk. */
  readonly demandsFactor: boolean
  /** Beyond which numbers whoever is above and risk hear of what somebody does. */
  readonly alarms: { readonly clientsAnHour: number; readonly vainEntriesADay: number }
  /** For how many days what people wrote and did is kept. */
  readonly terms: Terms
  /** When the morning lists go out, `HH:MM`, and over how many seconds they are spread. */
  readonly morning: { readonly at: string; readonly spreadSeconds: number }
  /** So many minutes before an hour its manager is reminded, and before that of a visit. */
  readonly reminders: { readonly minutes: number; readonly visitMinutes: number }
  moment(): Moment
  /** Says something to somebody, in their language, with the transaction. */
  tell(tx: Queries, staffId: string, compose: (language: Language) => Card): Promise<void>
  /** What every feature does with clients who came on file; every door calls it. */
  clientEntered(tx: Queries, clientIds: readonly string[]): Promise<void>
  readonly dayNotes: DayNotes
  /** Sends what the outbox holds; call it after the transaction. */
  wake(): void
  /** Goes on with what features have to do beside answers; call it after the transaction. */
  wakeWork(): void
}

/**
 * What a feature does, in the same transaction, with clients who came on file, by whatever door:
 * screening, the first tier.
 */
export type ClientEntered = (
  tx: Queries,
  clientIds: readonly string[],
  by: { readonly at: Moment; readonly bank: BankSetting },
) => Promise<void>

/** Clients whom this person may mean by a text. */
export interface ClientsSaid {
  /** The names within it, as they are on file. */
  named(tx: Queries, who: Actor, text: string): Promise<readonly string[]>
  /** Whether all of it is somebody's name or business, the initials of one, or the end of a phone. */
  isOne(tx: Queries, who: Actor, text: string): Promise<boolean>
  /** Those whom they most likely mean by nobody's name: of today's list, then whom they looked at last. */
  likely(tx: Queries, who: Actor, at: Moment, most: number): Promise<readonly LikelyClient[]>
}

/** A client as a button says it, and as a line names it. */
export interface LikelyClient {
  readonly label: string
  readonly value: string
}

/**
 * What a feature says of a day in somebody's list besides its tasks, by person; who has nothing is left
 * out.
 */
export type DayNotes = (
  tx: Queries,
  staffIds: readonly string[],
  at: Moment,
) => Promise<ReadonlyMap<string, readonly Text[]>>
