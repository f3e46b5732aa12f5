import { Choice } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { REGISTERS } from '../../registers/rules.ts'
import { matchNames, nearNames } from '../../registers/store.ts'
import { fieldLabel, type SaidFields } from './rules.ts'

/**
 * What the registers call the places that are said. One that a register does not know but has something
 * like it is asked about, so that one place does not become two.
 */
export async function registeredOf(
  tx: Queries,
  client: { readonly id: string; readonly name: string },
  { fields, asNew }: { readonly fields: SaidFields; readonly asNew: boolean },
): Promise<SaidFields | Choice> {
  const registered: Partial<Record<(typeof REGISTERS)[number], string>> = {}
  for (const register of REGISTERS) {
    const said = fields[register]?.trim()
    if (!said) continue
    const [known] = await matchNames(tx, register, [said])
    if (known) registered[register] = known.name
    const near = known || asNew ? [] : await nearNames(tx, register, said)
    if (near.length === 0) continue
    const { zh, en } = fieldLabel(register)
    const option = (label: string, value: string, isNew: boolean) => ({
      label,
      intent: {
        command: 'change-client',
        input: { clientId: client.id, fields: { ...fields, [register]: value }, asNew: isNew },
      },
    })
    return new Choice(
      {
        zh: `${zh}里没有"${said}"，是下面哪一个？`,
        en: `There is no ${en} "${said}". Which one is it?`,
      },
      [...near.map((name) => option(name, name, false)), option(`新登记 new: ${said}`, said, true)],
    )
  }
  return registered
}
