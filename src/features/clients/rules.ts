import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'

/** `lapsed`: every facility is settled. */
export const CLIENT_KINDS = ['prospect', 'existing', 'lapsed'] as const
export type ClientKind = (typeof CLIENT_KINDS)[number]
export const CLIENT_SOURCES = ['walk-in', 'list', 'cluster', 'industry', 'referral'] as const
export type ClientSource = (typeof CLIENT_SOURCES)[number]

/** What every feature needs to know of a client. */
export interface Client {
  readonly id: string
  readonly kind: ClientKind
  readonly name: string
  readonly businessName: string | null
  /** E.164; null when none is on file. */
  readonly phone: string | null
  readonly industry: string | null
  readonly source: ClientSource
  readonly ownerId: string
  readonly ownerName: string
  /** The tier or class in force; null before the first decision. */
  readonly tier: string | null
  readonly provisional: boolean
  /** The tier that waits for approval; null when none does. */
  readonly pendingTier: string | null
  readonly creditExpiresOn: Day | null
  readonly lastContactOn: Day | null
  readonly enteredAt: Date
  /** Why nobody may market to them; null when marketing is allowed. */
  readonly doNotContact: string | null
  readonly negativeList: boolean
}

/** Which of those alike it is: name, business, the end of the phone. */
export const sayWhich = ({
  name,
  businessName,
  phone,
}: Pick<Client, 'name' | 'businessName' | 'phone'>): string =>
  [name, businessName, phone?.slice(-4)].filter(Boolean).join(' · ')

/** Where a client belongs; null: not recorded. */
export interface Place {
  region: string | null
  industry: string | null
  cluster: string | null
}

/** Why there is no marketing to a client, whatever asks for it; null when there is none. */
export function noMarketing(
  client: Pick<Client, 'doNotContact' | 'negativeList' | 'tier'>,
): 'negative-list' | 'exit-tier' | 'do-not-contact' | null {
  if (client.negativeList) return 'negative-list'
  if (client.tier === 'F') return 'exit-tier'
  if (client.doNotContact !== null) return 'do-not-contact'
  return null
}

/** Nobody of that name among those this person may see; says nothing of the others. */
export const notFound = (named: string): Refusal =>
  refuse(
    `您的客户里没有找到"${named}"。可以用姓名、店名、拼音首字母或手机后四位；新客户请说"新客户 姓名 手机 店名"。`,
    `There is no "${named}" among your clients. Try a name, business, pinyin initials or the last four digits of the phone; for a new one say "new Name phone business".`,
  )
