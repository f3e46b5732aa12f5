import { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import { type Text, text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { REGISTERS, type Register } from '../registers/rules.ts'
import { matchNames, nearNames } from '../registers/store.ts'

type Places = Readonly<Partial<Record<Register, string | undefined>>>

const LABELS: Readonly<Record<Register, Text>> = {
  region: text('区域', 'region'),
  industry: text('行业', 'industry'),
  cluster: text('集群', 'cluster'),
}

/**
 * What the registers call the places that are said; those they do not know are left out. One that a register
 * does not know but has something like it is asked about, so that one place does not become two: `again`
 * says the same with another name, or (`asNew`) that it is new.
 */
export async function registeredOf(
  tx: Queries,
  said: Places,
  asNew: boolean,
  again: (register: Register, name: string, asNew: boolean) => Intent,
): Promise<Readonly<Partial<Record<Register, string>>> | Choice> {
  const registered: Partial<Record<Register, string>> = {}
  for (const register of REGISTERS) {
    const name = said[register]?.trim()
    if (!name) continue
    const [known] = await matchNames(tx, register, [name])
    if (known) registered[register] = known.name
    const near = known || asNew ? [] : await nearNames(tx, register, name)
    if (near.length === 0) continue
    const { zh, en } = LABELS[register]
    return new Choice(
      {
        zh: `${zh}里没有"${name}"，是下面哪一个？`,
        en: `There is no ${en} "${name}". Which one is it?`,
      },
      [
        ...near.map((other) => ({ label: other, intent: again(register, other, false) })),
        { label: `新登记 new: ${name}`, intent: again(register, name, true) },
      ],
    )
  }
  return registered
}
