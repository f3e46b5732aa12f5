import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Pair } from './rules.ts'

const looks = { manager: 'own book', lead: 'unit below', marketing: 'bank' } as const

/** Managers look through their own book, leads through their units', marketing through the bank's. */
export const findDuplicates = may(looks)

/**
 * Two files become one by whoever both clients are within reach of. A manager does it within their own
 * book only: where the clients are of two managers, somebody loses one, and their lead decides that.
 */
export const mergeClients = may<Pair>(looks, (who, { kept, merged }) =>
  who.role === 'manager' && (kept.ownerId !== who.id || merged.ownerId !== who.id)
    ? refuse(
        '其中一位不是您名下的客户，请您的团队主管来合并。',
        'One of them is not your own client; ask your team lead to merge the two.',
      )
    : null,
)

/** Leads and marketing take files apart again, whoever merged them and however long ago. */
export const splitClient = may({ lead: 'unit below', marketing: 'bank' })
