import type { Channel, Event } from '../../core/chat.ts'
import type { Actor } from '../../core/staff.ts'
import type { Language } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Command } from '../command.ts'
import { sayableBy } from '../grammar/commands/sayable.ts'
import { type Parsed, parse } from '../grammar/parse.ts'
import { unwrapped } from '../grammar/wrapping/unwrapped.ts'
import type { Turn } from '../inbox/begin-batch.ts'
import type { Moment } from '../moment.ts'
import type { ClientsSaid } from '../services.ts'
import { type Expected, openIn, type Place, type Waiting } from './dialog-store.ts'
import { type Instead, insteadOf } from './questions/is-answer.ts'

/** A turn of somebody we know. */
export type Known = Turn & { readonly who: Actor }

/** Where somebody is answered, and in which language. */
export interface Addressee {
  readonly place: Place
  readonly language: Language
}

/** What an utterance is made of. */
export interface UtteranceParts {
  readonly tx: Queries
  readonly turn: Known
  readonly at: Moment
  /** The commands of every role. */
  readonly commands: readonly Command[]
  /** Null: the channel is not connected any more. */
  readonly channel: Channel | null
  /** Of clients whom the text may name. */
  readonly names: readonly string[]
  readonly clientsSaid: ClientsSaid
}

/** What somebody we know typed, pressed or sent, with all that decides what it means. */
export class Utterance implements UtteranceParts, Addressee {
  readonly tx: Queries
  readonly turn: Known
  readonly at: Moment
  readonly commands: readonly Command[]
  readonly channel: Channel | null
  readonly names: readonly string[]
  readonly clientsSaid: ClientsSaid
  /** The commands of the speaker's own role. */
  readonly sayable: readonly Command[]
  readonly event: Event
  readonly who: Actor
  readonly language: Language
  readonly place: Place
  readonly expected: Expected | null
  /** The questions that are open, the latest first. */
  readonly open: readonly Waiting[]
  /** The latest of them; null when nothing waits, or a choice or a form. */
  readonly question: Waiting | null
  /** Whether something else was said since it was asked. */
  readonly standing: boolean
  /** What was typed; empty for a button and for a file. */
  readonly typed: string
  /** What was said with it, without what chats put around that. */
  readonly text: string
  #parsed: Parsed | null = null
  #instead: Instead | null = null

  constructor({ tx, turn, at, commands, channel, names, clientsSaid }: UtteranceParts) {
    const { event, who, expected } = turn
    this.tx = tx
    this.turn = turn
    this.at = at
    this.commands = commands
    this.channel = channel
    this.names = names
    this.clientsSaid = clientsSaid
    this.sayable = sayableBy(who.role, commands)
    this.event = event
    this.who = who
    this.language = who.language
    this.place = { channel: event.channel, conversation: event.conversation, staffId: who.id }
    this.expected = expected
    this.open = openIn(expected)
    this.question = this.open[0] ?? null
    this.standing = expected?.kind === 'answer' && (expected.standing ?? false)
    this.typed = event.says.kind === 'text' ? event.says.text : ''
    this.text = unwrapped(this.typed)
  }

  /** The same, with some of it replaced: said by a button, or while nothing waits. */
  with(changed: Partial<Known>): Utterance {
    return new Utterance({ ...this, turn: { ...this.turn, ...changed } })
  }

  /** What the text says among the commands of the speaker's role. Costly for a long text: see `tooLong`. */
  get parsed(): Parsed {
    this.#parsed ??= parse(this.text, this.sayable, this.at, this.names)
    return this.#parsed
  }

  /** Whether the text answers what waits or says something else. */
  get instead(): Instead {
    const { question, parsed } = this
    this.#instead ??= question
      ? insteadOf(question, this)
      : parsed.kind === 'lines'
        ? 'command'
        : 'answer'
    return this.#instead
  }

  /** A command of any role; undefined for one that this version no longer has. */
  commandNamed(name: string): Command | undefined {
    return this.commands.find((command) => command.name === name)
  }
}
