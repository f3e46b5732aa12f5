import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { ROLE_LABEL, ROLES, type Role } from '../../../core/staff.ts'
import type { Language } from '../../../core/text.ts'
import { speaker } from '../../../core/text.ts'
import { NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { staffNamed } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import type { Unit } from '../portfolio/store.ts'
import { JOIN_PHRASES } from './phrases.ts'
import { resolveUnit } from './resolve-unit.ts'
import { mayAlone, type Person } from './rules.ts'
import { askForPost, confirmersOf, type PostChange } from './second-person.ts'
import { holdRoster, writePeople } from './store.ts'

const input = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,20}$/, '工号只能是字母和数字。 A staff code is letters and digits.'),
  name: z.string().trim().min(1).max(40),
  role: z.enum(ROLES).default('manager'),
  /** Code or name of the unit; absent: that of whoever says it. */
  unit: z.string().trim().max(40).optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly role: Role
  readonly unit: Unit
  readonly taken: boolean
  /** Who could be the second person, by name. */
  readonly confirmers: readonly string[]
}

interface Joining {
  readonly person: Person
  readonly unit: string
  readonly alone: boolean
  readonly confirmers: readonly string[]
}

const changeOf = (person: Person): PostChange => ({ before: null, after: person })

const personOf = ({ code, name, role }: Input, unit: string): Person => {
  return { code, name, role, unit, phone: null, email: null, slack: null, wecom: null }
}

/**
 * Somebody new in one's units; the chat account follows by "enrol". Whose role is of weight, or not below
 * one's own, comes once a second person confirms.
 */
export const joinBank = command<Input, Facts, Joining>({
  name: 'join-bank',
  may: policy.register,
  help: {
    usage: { zh: '入职 M099 张伟 / 入职 L09 李英 主管 一队', en: 'join M099 Zhang Wei' },
    purpose: {
      zh: '登记新人（不写岗位就是客户经理），再用"开通"给绑定码',
      en: 'somebody new (a manager, unless you say a role); then "enrol" gives a code',
    },
  },
  phrases: JOIN_PHRASES,
  input,
  async load(tx, said, asker) {
    const { code, role } = said
    await holdRoster(tx)
    const own = asker.who.unitPath.split('/').at(-2) ?? ''
    const unit = await resolveUnit(tx, asker, said.unit ?? own, role)
    if (unit instanceof Refusal) return unit
    const taken = (await staffNamed(tx, code)).some((each) => each.code === code)
    const change = changeOf(personOf(said, unit.code))
    return { role, unit, taken, confirmers: await confirmersOf(tx, change, asker.who.id) }
  },
  decide({ unit, taken, confirmers }, said, { who }): Joining | Refusal {
    const { code, role } = said
    if (taken) return refuse(`工号 ${code} 已有人用。`, `The staff code ${code} is taken.`)
    const alone = mayAlone(who.role, role)
    if (!alone && confirmers.length === 0) return NOBODY
    return { person: personOf(said, unit.code), unit: unit.name, alone, confirmers }
  },
  async save(tx, { person, alone }, { at, who, tell }) {
    if (alone) {
      await writePeople(tx, [person], { today: at.today, now: at.now, reaches: [] })
      return
    }
    const by = { askedBy: who.id, askedByName: who.name, reason: null }
    await askForPost(tx, changeOf(person), by, { at, tell })
  },
  reply: (joining, _facts, { who }) =>
    joining.alone
      ? registeredCard(joining, who.language)
      : askedCard(joining.confirmers, who.language),
})

function registeredCard({ person, unit }: Joining, language: Language): Card {
  const say = speaker(language)
  const { code, name, role } = person
  const post =
    role === 'manager' ? '' : say(`${ROLE_LABEL[role].zh} · `, `${ROLE_LABEL[role].en} · `)
  return textCard(
    say(
      `已登记：${name}（${code}）· ${post}${unit}。`,
      `Registered: ${name} (${code}) · ${post}${unit}.`,
    ),
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('给绑定码', 'Give a code'),
          style: 'primary',
          intent: { command: 'enrol', input: { code } },
        },
      ],
    },
  )
}
