import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { findMember } from '../../staff/resolve-colleague.ts'
import { branchOf, type Named, superiorsOf } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { type Holdings, holdingsOf, moveStaff, type Unit } from '../portfolio/store.ts'
import { resolveUnit } from './resolve-unit.ts'

const input = z.object({
  person: z.string().trim().min(1).max(40),
  unit: z.string().trim().min(1).max(40),
})

interface Moved {
  readonly person: Named
  readonly unit: Unit
  readonly held: Holdings
}

interface Facts extends Omit<Moved, 'unit'> {
  /** Why the unit that was named is none for them, where it is not. */
  readonly unit: Unit | Refusal
  readonly sameBranch: boolean
}

/** A manager goes to another team; the book goes along within a branch, and stays in it otherwise. */
export const changeUnit = command<z.infer<typeof input>, Facts, Moved>({
  name: 'change-unit',
  may: policy.changeUnit,
  help: {
    usage: { zh: '调岗 M003 二队', en: 'transfer M003 T2' },
    purpose: { zh: '把一位经理调到别的团队', en: 'a manager goes to another team' },
  },
  phrases: {
    words: ['调岗', '调到', 'transfer'],
    read: (rest) => {
      const [, person, unit] = rest.match(/^(\S+)\s+(?:到|去|to\s)?\s*(\S+)$/i) ?? []
      return person && unit ? { kind: 'understood', input: { person, unit } } : { kind: 'no' }
    },
  },
  input,
  async load(tx, asked, asker) {
    const person = await findMember(tx, asker, asked.person)
    if (person instanceof Refusal) return person
    const unit = await resolveUnit(tx, asker, asked.unit, person.role)
    return {
      person,
      unit,
      held: await holdingsOf(tx, person.id),
      sameBranch: 'path' in unit && (await branchOf(tx, unit.path)) === person.branch,
    }
  },
  decide({ person, held, sameBranch, unit }): Moved | Refusal {
    if (unit instanceof Refusal) return unit
    if (!person.active) return refuse(`${person.name} 已离职。`, `${person.name} has left.`)
    if (unit.path === person.unitPath) {
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
    return { person, held, unit }
  },
  async save(tx, { person, unit, held }, { tell, who }) {
    const before = await superiorsOf(tx, person.id)
    await moveStaff(tx, person.id, unit.id)
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
  reply: ({ person, unit, held }, _facts, { say }) =>
    textCard(
      say(
        `${person.name} 已调到 ${unit.name}，${held.clients} 位客户随其过去。`,
        `${person.name} is in ${unit.name} now, with ${held.clients} clients.`,
      ),
    ),
})
