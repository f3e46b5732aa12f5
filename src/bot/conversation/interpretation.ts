import type { Card } from '../../core/card.ts'
import type { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import type { Command } from '../command.ts'
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
  return says(notTheirsCard(inLanguage(command.help.usage, utterance.language), say))
}
