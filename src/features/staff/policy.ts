import { everyone, may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import { isAbove } from './rules.ts'
import type { Joined, Member } from './store.ts'

/**
 * Clients, and what is kept of them: a manager sees those they serve, leads and heads those of their
 * units, marketing and risk those of the bank; line officers and other staff see none.
 */
export const seeClients = may({
  manager: 'serves',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})

/** A client as rules about whose it is look at it. */
export interface Owned {
  readonly name: string
  readonly ownerId: string
  readonly ownerName: string
}

/** Leads and heads give binding codes to those of their units whose role is below theirs. */
export const enrolStaff = may<Member>(
  { lead: 'unit below', head: 'unit below' },
  (who, { id }) =>
    id === who.id
      ? refuse(
          '不能给自己发绑定码。请让上级给您开通，或请管理员在服务器上办理。',
          'Nobody issues a code for themselves. Ask whoever is above you, or the administrator.',
        )
      : null,
  (who, { name, role }) =>
    isAbove(who.role, role)
      ? null
      : refuse(
          `${name} 的岗位不在您之下，不能由您开通。请管理员在服务器上办理（chenhui enrol）。`,
          `The role of ${name} is not below yours. The administrator enrols them on the server (chenhui enrol).`,
        ),
)

/** Whose account it is, and whoever is above them, end an account that somebody else claimed. */
export const disownAccount = may(
  everyone('self'),
  (who: Actor, { account, superiors }: { account: Joined; superiors: readonly string[] }) =>
    account.staffId === who.id || superiors.includes(who.id)
      ? null
      : refuse('这不是您或您组员的账号。', 'That is no account of yours or of your team.'),
)
