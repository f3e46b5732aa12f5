import type { Role } from '../../../core/staff.ts'
import type { Command } from '../../command.ts'

const BY_ROLE = new WeakMap<readonly Command[], Map<Role, readonly Command[]>>()

/** The commands of a role: one list for all who have it, as vocabularies are kept by list. */
export function sayableBy(role: Role, commands: readonly Command[]): readonly Command[] {
  const known = BY_ROLE.get(commands) ?? new Map<Role, readonly Command[]>()
  BY_ROLE.set(commands, known)
  const sayable = known.get(role) ?? commands.filter(({ roles }) => roles.includes(role))
  known.set(role, sayable)
  return sayable
}
