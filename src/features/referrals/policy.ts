import { everyone, may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Owned } from '../staff/policy.ts'

/** Everybody has a link of their own, and sees what came by it. */
export const ownReferrals = may(everyone('self'))

export const noCode = (code: string) =>
  refuse(
    `没有您可以用的码"${code}"。发"我的码"看自己的，或"转介 张三"看客户的。`,
    `There is no code "${code}" of yours. Say "my code" for your own or "refer Zhang" for a client's.`,
  )

/** A code that was said, as rules look at it. */
export interface SaidCode {
  readonly said: string
  /** Whose it is; null: a client's. */
  readonly staffId: string | null
  /** It is that of a client whom the asker sees. */
  readonly clientSeen: boolean
}

/** A code is drawn and ended by whose it is; a client's, by whoever sees the client. */
export const useCode = may<SaidCode>(everyone('self'), (who, { staffId, clientSeen, said }) =>
  staffId === who.id || clientSeen ? null : noCode(said),
)

/** Whoever serves a client, and their lead, get its link, for the client to share. */
export const referClient = may({ manager: 'serves', lead: 'unit below' })

/** Leads, heads and marketing see how the referrals of their units, or of the bank, do. */
export const showFigures = may({ lead: 'unit below', head: 'unit below', marketing: 'bank' })

/** Leads and heads review what was held back in their units. */
export const reviewEntries = may({ lead: 'unit below', head: 'unit below' })

/** The owner of a client alone asks that its file is deleted. */
export const askErasure = may<{ readonly client: Owned }>(
  { manager: 'serves', lead: 'unit below', head: 'unit below' },
  (who, { client }) =>
    client.ownerId === who.id
      ? null
      : refuse(
          `${client.name} 归 ${client.ownerName}，请由其本人提出删除。`,
          `${client.name} belongs to ${client.ownerName}, who may ask for it.`,
        ),
)

export const notTheirs = refuse(
  '这项删除请求已经处理过，或不归您确认。',
  'This request was decided before, or is not yours to decide.',
)

/** Whoever is above the owner decides it. */
export const decideErasure = may<{ readonly confirmers: readonly { readonly id: string }[] }>(
  { lead: 'unit below', head: 'unit below' },
  (who, { confirmers }) => (confirmers.some(({ id }) => id === who.id) ? null : notTheirs),
)

/** Marketing keeps the rule of points and pays them out; each is confirmed by somebody else of it. */
export const keepPoints = may({ marketing: 'bank' })
