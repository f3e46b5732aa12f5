import { everyone, may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import { ROLE_LABEL, type Role } from '../../core/staff.ts'
import type { Owned } from '../staff/policy.ts'
import { isAbove } from '../staff/rules.ts'
import type { Named } from '../staff/store.ts'

/** Everybody sets when their list comes, in which language, and when it is quiet. */
export const ownSettings = may(everyone('self'))

/** Who has a list says when they are away, and who works it; of the sick, their lead or head. */
export const beAbsent = may({ manager: 'self', lead: 'unit below', head: 'unit below' })

/** Leads and heads hand over the books of their people. */
export const handBook = may({ lead: 'unit below', head: 'unit below' })

/** And single clients of theirs. */
export const handClient = may({ lead: 'unit below', head: 'unit below' })

/**
 * Leads register managers and other staff in their units, heads whoever works there; roles of weight wait
 * for a second person.
 */
export const register = may<{ readonly role: Role }>(
  { lead: 'unit below', head: 'unit below' },
  (who, { role }) =>
    who.role === 'head' || isAbove(who.role, role)
      ? null
      : refuse(
          `${ROLE_LABEL[role].zh}由上级负责人登记，不能由您登记。`,
          `A ${ROLE_LABEL[role].en.toLowerCase()} is registered by the head above, not by you.`,
        ),
)

/**
 * Leads and heads let go people of their units whose role is below theirs; heads the others of their units
 * too, once a second person confirms.
 */
export const endAccount = may<{ readonly person: Named }>(
  { lead: 'unit below', head: 'unit below' },
  (who, { person }) =>
    who.role === 'head' || isAbove(who.role, person.role)
      ? null
      : refuse(
          `${person.name} 的岗位不在您之下，由上级负责人办离职。`,
          `The role of ${person.name} is not below yours; the head above lets them go.`,
        ),
)

/** Heads move managers between their units; whoever else works there, once a second person confirms. */
export const changeUnit = may({ head: 'unit below' })

/** A client is shared by the owner or whoever is above, not by who stands in: a share outlasts an absence. */
export const shareClient = may<{ readonly client: Owned }>(
  { manager: 'serves', lead: 'unit below', head: 'unit below' },
  (who, { client }) =>
    who.role !== 'manager' || who.id === client.ownerId
      ? null
      : refuse(
          `${client.name} 是 ${client.ownerName} 的客户，请由其共享。`,
          `${client.name} is a client of ${client.ownerName}, who may share it.`,
        ),
)

/** Whoever has a list may serve clients of others, and sees which; so do officers of those their department has. */
export const seeShares = may({ manager: 'self', lead: 'self', line: 'self' })

/** Heads say which chat accounts are those of their people, as their contact list has them. */
export const bringAccounts = may({ head: 'unit below' })
