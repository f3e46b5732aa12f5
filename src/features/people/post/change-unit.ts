import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { ROLES } from '../../../core/staff.ts'
import { NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { findMember } from '../../staff/resolve-colleague.ts'
import { branchOf, type Named, superiorsOf } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { type Holdings, holdingsOf, type Unit } from '../portfolio/store.ts'
import { tellEnded } from './end-with-place.ts'
import { MOVE_PHRASES } from './phrases.ts'
import { resolveUnit } from './resolve-unit.ts'
import { askForPost, confirmersOf, type PostChange, personNow } from './second-person.ts'
import { moveStaff } from './store.ts'

const input = z.object({
  person: z.string().trim().min(1).max(40),
  unit: z.string().trim().min(1).max(40),
  /** What they are to be there; absent: what they are. */
  role: z.enum(ROLES).optional(),
})
type Input = z.infer<typeof input>

interface Moved {
  readonly person: Named
  readonly unit: Unit
  readonly held: Holdings
  readonly change: PostChange
  /** Null: nobody else is asked. */
  readonly confirmers: readonly string[] | null
}

interface Facts extends Omit<Moved, 'unit' | 'confirmers'> {
  /** Why the unit that was named is none for them, where it is not. */
  readonly unit: Unit | Refusal
  readonly sameBranch: boolean
  readonly confirmers: readonly string[]
}

/**
 * Somebody goes to another unit, or to another role: a manager at once, everybody else once a second
 * person confirms. The book goes along within a branch, and stays in it otherwise.
 */
export const changeUnit = command<Input, Facts, Moved>({
  name: 'change-unit',
  may: policy.changeUnit,
  help: {
    usage: { zh: '调岗 M003 二队 / 调岗 M003 二队 主管', en: 'transfer M003 T2' },
    purpose: {
      zh: '把人调到别的机构或岗位',
      en: 'somebody goes to another unit or role',
    },
  },
  phrases: MOVE_PHRASES,
  input,
  async load(tx, asked, asker) {
    const person = await findMember(tx, asker, asked.person)
    if (person instanceof Refusal) return person
    const role = asked.role ?? person.role
    const unit = await resolveUnit(tx, asker, asked.unit, role)
    const before = await personNow(tx, person.code)
    const to = 'path' in unit ? unit : null
    const change = { before, after: before && to && { ...before, role, unit: to.code } }
    return {
      ...{ person, unit, change },
      held: await holdingsOf(tx, person.id),
      sameBranch: to !== null && (await branchOf(tx, to.path)) === person.branch,
      confirmers: to ? await confirmersOf(tx, change, asker.who.id) : [],
    }
  },
  decide({ person, held, sameBranch, unit, change, confirmers }, { role }): Moved | Refusal {
    if (unit instanceof Refusal) return unit
    if (!person.active) return refuse(`${person.name} 已离职。`, `${person.name} has left.`)
    const sameRole = !role || role === person.role
    if (unit.path === person.unitPath && sameRole) {
      return refuse(
        `${person.name} 已经在${unit.name}。`,
        `${person.name} is in ${unit.name} already.`,
      )
    }
    if (!sameBranch && held.clients + held.tasks > 0) {
      return refuse(
        `${unit.name} 在别的支行，客户要留下：请先"交接 ${person.code} 平均"。`,
        `${unit.name} is of another branch and the clients stay here: first say "hand over ${person.code} evenly".`,
      )
    }
    if (person.role === 'manager' && sameRole)
      return { person, held, unit, change, confirmers: null }
    return confirmers.length > 0 ? { person, held, unit, change, confirmers } : NOBODY
  },
  async save(tx, { person, unit, held, change, confirmers }, { at, tell, who }) {
    if (confirmers) {
      const by = { askedBy: who.id, askedByName: who.name, reason: null }
      await askForPost(tx, change, by, { at, tell })
      return
    }
    const before = await superiorsOf(tx, person.id)
    await tellEnded(await moveStaff(tx, person.id, unit.id, at), tell)
    const superiors = new Set([...before, ...(await superiorsOf(tx, person.id))])
    for (const chief of superiors) {
      if (chief === who.id) continue
      await tell(chief, (language) =>
        textCard(
          language === 'zh'
            ? `${who.name}把${person.name}（${person.code}）从${person.unit}调到了${unit.name}，名下 ${held.clients} 位客户随其过去。`
            : `${who.name} moved ${person.name} (${person.code}) from ${person.unit} to ${unit.name}, with ${held.clients} clients.`,
        ),
      )
    }
    await tell(person.id, (language) =>
      textCard(
        language === 'zh'
          ? `${who.name}把您调到了${unit.name}，名下客户不变。`
          : `${who.name} moved you to ${unit.name}; your clients stay yours.`,
      ),
    )
  },
  reply: ({ person, unit, held, confirmers }, _facts, { say, who }) =>
    confirmers
      ? askedCard(confirmers, who.language)
      : textCard(
          say(
            `${person.name} 已调到 ${unit.name}，${held.clients} 位客户随其过去。`,
            `${person.name} is in ${unit.name} now, with ${held.clients} clients.`,
          ),
        ),
})
