import { everyone, may, serves } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Owned } from '../staff/policy.ts'
import { isAbove } from '../staff/rules.ts'
import type { Named } from '../staff/store.ts'

/** Everybody sets when their list comes, in which language, and when it is quiet. */
export const ownSettings = may(everyone('self'))

/** Who has a list says when they are away, and who works it. */
export const beAbsent = may({ manager: 'self', lead: 'self' })

/** Leads and heads hand over the books of their people. */
export const handBook = may({ lead: 'unit below', head: 'unit below' })

/** Leads and heads register managers in their units. */
export const registerManager = may({ lead: 'unit below', head: 'unit below' })

/** Leads and heads let go people of their units whose role is below theirs. */
export const endAccount = may<{ readonly person: Named }>(
  { lead: 'unit below', head: 'unit below' },
  (who, { person }) =>
    isAbove(who.role, person.role)
      ? null
      : refuse(
          `${person.name} 的岗位不在您之下，不能由您办离职。请管理员在服务器上办理（chenhui left）。`,
          `The role of ${person.name} is not below yours. The administrator does it on the server (chenhui left).`,
        ),
)

/** Heads move managers, and nobody else, between their units. */
export const changeUnit = may<{ readonly person: Named }>(
  { head: 'unit below' },
  (_who, { person }) =>
    person.role === 'manager'
      ? null
      : refuse(
          `${person.name} 不是客户经理。主管、负责人和部门人员不能在聊天里调动，由总行人事办理。`,
          `${person.name} is no client manager. Leads, heads and departments are moved by head office, not in chat.`,
        ),
)

/** A client is shared by the owner, who stands in for them, or whoever is above. */
export const shareClient = may<{ readonly client: Owned }>(
  { manager: 'serves', lead: 'unit below', head: 'unit below' },
  (who, { client }) =>
    who.role !== 'manager' || serves(who, client.ownerId)
      ? null
      : refuse(
          `${client.name} 是 ${client.ownerName} 的客户，请由其共享。`,
          `${client.name} is a client of ${client.ownerName}, who may share it.`,
        ),
)
