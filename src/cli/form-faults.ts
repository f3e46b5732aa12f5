import { COMMANDS } from '../app-features.ts'
import { formFault } from '../bot/grammar/fields.ts'
import { momentAt } from '../bot/moment.ts'
import type { FilledForm } from '../channels/plugin.ts'
import { dayIn } from '../core/calendar/time.ts'
import { followCalendar } from '../features/calendar/store.ts'
import { followCatalogue } from '../features/catalogue/store.ts'
import { kindsOn } from '../features/playbook/outcome-rules.ts'
import { followKinds } from '../features/playbook/store.ts'
import type { Database } from '../infra/database/index.ts'

/** Sentences of ours; what zod says of types is none for whoever fills in a form. */
const OURS = /\p{Script=Han}/u

/**
 * What is wrong with forms, by field, as their types and the command that they say have it: for services that say
 * it beside the field. What only the command finds out when it runs is not among it.
 */
export function formFaults({ prisma }: Pick<Database, 'prisma'>, timezone: string) {
  async function moment() {
    const now = new Date()
    const today = () => dayIn(now, timezone)
    const [calendar, catalogue, kinds] = await Promise.all([
      followCalendar(prisma),
      followCatalogue(prisma),
      followKinds(prisma, today),
    ])
    return momentAt(now, timezone, calendar.now(), catalogue.now(), kindsOn(kinds.now(), today()))
  }

  return async ({ intent, fields }: FilledForm): Promise<Readonly<Record<string, string>>> => {
    const typed = fields.flatMap(({ name, type, required, value }) => {
      const fault = formFault(type, value, required)
      return fault ? [[name, fault] as const] : []
    })
    if (typed.length > 0) return Object.fromEntries(typed)
    const command = COMMANDS.find(({ name }) => name === intent.command)
    const issues = command?.faultOf(intent.input, await moment())?.issues ?? []
    const said = issues.flatMap(({ path, message }) => {
      const field = fields.find(({ name }) => name === path[0])
      return field && OURS.test(message) ? [[field.name, message] as const] : []
    })
    return Object.fromEntries(said.reverse())
  }
}
