import type { Card } from '../../core/card.ts'
import type { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import type { Command } from '../command.ts'
import type { Parsed } from '../grammar/parse.ts'
import type { StoredEvent } from '../inbox/store-event.ts'
import { type Awaited, expectChoice } from './dialog-store.ts'
import { choiceCard, goneCard, notTheirsCard } from './replies.ts'
import type { Addressee, Utterance } from './utterance.ts'

/** A command to be run, and what it is given. */
export interface CommandCall {
  readonly command: Command
  readonly intent: Intent
}

/** An answer, and what is waited for after it. */
export interface Said {
  readonly reply: Card
  readonly expects: readonly Awaited[]
  /** No question that was open waits any longer. */
  readonly settles?: boolean
  /** Nothing was understood, and nothing is offered. */
  readonly unread?: boolean
  /** The reply is not sent: what follows is answered. */
  readonly unsaid?: boolean
  /** What was said in one message, each to be answered by itself. */
  readonly follows?: readonly StoredEvent[]
}

/** What an utterance means, before anything is done. */
export type Interpretation = CommandCall | Said

export const says = (reply: Card): Said => ({ reply, expects: [] })

/** Offers a choice, and waits for it. */
export const offers = (choice: Choice, { place, language }: Addressee): Said => ({
  reply: choiceCard(choice, language),
  expects: [{ ...place, expects: expectChoice(choice) }],
})

/** The call of an intent's command; a refusal when it is gone, or is not for the speaker's role. */
export function calls(
  intent: Intent,
  utterance: Pick<Utterance, 'commandNamed' | 'sayable' | 'language'>,
): Interpretation {
  const say = speaker(utterance.language)
  const command = utterance.commandNamed(intent.command)
  if (!command) return says(goneCard(say))
  if (utterance.sayable.includes(command)) return { command, intent }
  const usage = inLanguage(command.help.usage, utterance.language)
  return says(notTheirsCard(usage, command.roles, say))
}

/** Says of a line that was read as another role's command whose it is. */
export function notTheirs(
  line: string,
  read: Parsed,
  utterance: Pick<Utterance, 'commandNamed' | 'language'>,
): Card {
  const intent =
    read.kind === 'intent' ? read.intent : read.kind === 'asks' ? read.ask.intent : null
  const whose = intent ? utterance.commandNamed(intent.command)?.roles : undefined
  return notTheirsCard(line, whose ?? [], speaker(utterance.language))
}
