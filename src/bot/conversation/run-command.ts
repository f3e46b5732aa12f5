import { textCard } from '../../core/card.ts'
import { newId } from '../../core/ids.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import type { Database, Queries } from '../../infra/database/index.ts'
import { looked } from '../../infra/database/postgres/replica.ts'
import type { Context } from '../command.ts'
import type { Reaction } from '../feature.ts'
import type { Answered } from '../inbox/commit-batch.ts'
import type { BankSetting, ClientEntered, DayNotes } from '../services.ts'
import { type CommandCall, offers } from './interpretation.ts'
import { misreadCard } from './replies.ts'
import { shownClients } from './shown-clients.ts'
import type { Utterance } from './utterance.ts'

/** What commands are run with. */
export interface Performing {
  readonly publicUrl: string
  readonly bank: BankSetting
  readonly reactions: readonly Reaction[]
  readonly clientEntered: ClientEntered
  readonly dayNotes: DayNotes
  readonly database: Pick<Database, 'replica'>
}

export const nothing = {
  ...{ act: null, expects: [], told: [], stale: [], stalePages: [], follows: [] },
  ...{ momentChanged: false, beginsWork: false },
}

/**
 * Runs a command, and answers with what it came to. What only looks and takes long looks into the replica, where
 * there is one that knows as much.
 */
export async function perform(
  parts: Performing,
  utterance: Utterance,
  call: CommandCall,
): Promise<Answered> {
  const { looks, concurrency } = call.command
  const by = (queries: Queries) => performOn(queries, parts, utterance, call)
  return looks && concurrency === 'long'
    ? looked(parts.database, utterance.tx, by)
    : by(utterance.tx)
}

async function performOn(
  tx: Queries,
  { publicUrl, bank, reactions, clientEntered, dayNotes }: Performing,
  utterance: Utterance,
  { command, intent }: CommandCall,
): Promise<Answered> {
  const { turn, at, who, event } = utterance
  const say = speaker(who.language)
  const told: Answered['told'][number][] = []
  const stale: string[] = []
  const stalePages: string[] = []
  let [momentChanged, beginsWork] = [false, false]
  let givenOut: number | null = null
  const context: Context = {
    ...{ who, at, say, publicUrl, bank, dayNotes },
    shared: event.shared,
    account: { channel: event.channel, externalId: event.sender },
    actId: newId(),
    async tell(staffId, compose) {
      told.push({ staffId, compose })
    },
    clientEntered: (tx, clientIds) => clientEntered(tx, clientIds, { at, bank }),
    momentChanged() {
      momentChanged = true
    },
    beginWork() {
      beginsWork = true
    },
    givesOut(rows) {
      givenOut = (givenOut ?? 0) + rows
    },
    refreshCard(subject) {
      stale.push(subject)
    },
    refreshPages(staffIds) {
      stalePages.push(...staffIds)
    },
  }
  const outcome = await command.run(tx, intent.input, context, turn.reserve)
  const common = { ...nothing, turn, told, stale, stalePages, momentChanged, beginsWork }
  const noted = { id: context.actId, intent, givenOut }
  switch (outcome.result) {
    case 'misread':
      return { ...common, reply: misreadCard(command, outcome.fault, say) }
    case 'asked': {
      const seen = shownClients(outcome.choice.options)
      // Whoever is offered names has seen them.
      const act =
        seen.length > 0 ? { ...noted, seen, result: 'asked' as const, undoable: false } : null
      return { ...common, ...offers(outcome.choice, utterance), act }
    }
    case 'refused': {
      const reply = textCard(inLanguage(outcome.refusal.because, who.language))
      return { ...common, reply, act: { ...noted, seen: [], result: 'refused', undoable: false } }
    }
    case 'done': {
      for (const { to, run } of reactions) {
        if (to === 'undo' ? command.name === 'undo' : outcome.undoable) await run(tx, context)
      }
      const { card: reply, undoable } = outcome
      const seen = shownClients(reply)
      return { ...common, reply, act: { ...noted, seen, result: 'done', undoable } }
    }
  }
}
