import type { Block, Button } from '../../core/card.ts'
import type { Actor, Role } from '../../core/staff.ts'
import { inLanguage } from '../../core/text.ts'
import type { Command } from '../command.ts'

/** What each begins with, by the names of commands: what they do most, in the order they need it. */
const FIRST: Readonly<Record<Role, readonly string[]>> = {
  manager: ['today', 'log-outcome', 'client'],
  lead: ['today', 'overdue', 'assign'],
  head: ['desk', 'overdue', 'campaign'],
  marketing: ['save-campaign', 'pending-moves', 'tier-overview'],
  risk: ['pending-moves', 'negative-add', 'negative-list'],
  line: ['hand-over', 'accept-needs', 'finish-needs'],
  staff: ['my-code', 'my-referrals', 'settings'],
}

/** The three things that this person begins with, among what they may say. */
export const firstSteps = (commands: readonly Command[], { role }: Actor): readonly Command[] =>
  FIRST[role].flatMap((name) => {
    const command = commands.find((each) => each.name === name)
    return command?.roles.includes(role) && command.phrases ? [command] : []
  })

/** These with what they do, a line each. */
export const stepsList = (steps: readonly Command[], { language }: Actor): Block => ({
  kind: 'list',
  items: steps.map(({ help }) => ({
    text: `**${inLanguage(help.usage, language)}** — ${inLanguage(help.purpose, language)}`,
  })),
})

/** Buttons for those that are said in a word alone, as they stand in the list. */
export const stepsButtons = (steps: readonly Command[], { language }: Actor): readonly Button[] =>
  steps.flatMap(({ name, help, phrases }) => {
    const label = inLanguage(help.usage, language)
    return phrases?.words.includes(label.toLowerCase())
      ? [{ label, intent: { command: name, input: {} } }]
      : []
  })
