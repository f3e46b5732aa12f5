import type { Card, Form } from './card.ts'
import type { Intent } from './intent.ts'
import type { Text } from './text.ts'

/** One thing that happened in a chat, as a channel's `read` understood it. */
export interface Event {
  /** The service's own id of it. A second event of one channel and id is a repeat and is dropped. */
  readonly id: string
  readonly channel: string
  readonly conversation: string
  /** The service's id of the person. */
  readonly sender: string
  /** Where the answer goes, when that is not the conversation (a modal, a home page). */
  readonly replyTo?: string
  /** More than one person reads the answer: phone and ID numbers are masked. */
  readonly shared: boolean
  readonly says:
    | {
        readonly kind: 'text'
        readonly text: string
        /** Spoken, and written down by a machine: shown before it counts. */
        readonly heard?: true
        /** Cut out of a message that said several things, with which it was seen. */
        readonly cut?: true
        /** It was sent before, as an event of this id, and read like this until it was edited now. */
        readonly edits?: { readonly id: string; readonly text: string }
      }
    | {
        readonly kind: 'intent'
        readonly intent: Intent
        readonly label: string
        /** It was sent with this form, which is offered again as it was filled in where it is refused. */
        readonly form?: Form
      }
    | SentFile
}

/** A file that somebody sent, with what they wrote beside it. */
export interface SentFile {
  readonly kind: 'file'
  readonly name: string
  /** Bytes; 0 where the service does not say. */
  readonly size: number
  /** What the channel fetches it by. */
  readonly ref: string
  readonly text: string
  /** How many more came with it, and are not taken; absent: none. */
  readonly more?: number
  /** It is speech, to be heard and not kept. */
  readonly voice?: true
}

/** Said by what cannot be read: a place, a voice message, a link. `what` stands in the conversation for it. */
export const unreadable = (what: Text): Event['says'] => ({
  kind: 'intent',
  intent: { command: UNREADABLE, input: {} },
  label: `[${what.zh} ${what.en}]`,
})
export const UNREADABLE = 'unreadable'

/** A file that only now says its name; null: it has none. */
export interface FetchedFile {
  readonly name: string | null
  readonly bytes: Uint8Array
}

/** What a person said, as one line of text. */
export const wordsOf = (says: Event['says']): string =>
  says.kind === 'text'
    ? says.text
    : says.kind === 'intent'
      ? says.label
      : [`[${says.name}]`, says.text].filter(Boolean).join(' ')

/** What a service can do; `render` degrades by it and the outbox paces by it. */
export interface Capabilities {
  readonly buttons: boolean
  readonly forms: boolean
  readonly edit: boolean
  readonly pictures: boolean
  /** Characters of one message. */
  readonly length: number
  /** The least time between two messages of one conversation, in milliseconds. */
  readonly paceMs: number
  /** How many may come at once before that pace is kept. */
  readonly burst: number
  /** Messages a second over all conversations; null: no limit. */
  readonly perSecond: number | null
  /** What one conversation may be sent in a span of time, whichever instance sends; the excess waits. */
  readonly windows?: readonly Window[]
}

/** At most so many messages in any span of so many milliseconds. */
export interface Window {
  readonly most: number
  readonly perMs: number
}

/** A message on its way out. `key` is opaque and unique, so that a doubtful send can be looked up. */
export interface Outgoing {
  readonly key: string
  readonly conversation: string
  readonly card: Card
  /** The service's id of the message this one takes the place of; null for a new one. */
  readonly replaces: string | null
  /**
   * False once there is no time for another call before somebody else may take the message: asked
   * before each call that says something. Absent where nobody else is there.
   */
  claimed?(): boolean
}

/** The conversation of a page that stands open for a person, and shows what is true now, where a channel has any. */
export const pageOf = (sender: string): string => `${PAGE}${sender}`
export const PAGE = 'home:'

/** An event that is stored and will be answered, come what may. */
export interface Kept {
  /** Resolves when the answer is in the outbox. */
  readonly answered: Promise<void>
}

/** Takes an event in; resolves once it is stored, so that the service may be told that it arrived. */
export type Inbox = (event: Event) => Promise<Kept>

export interface Channel {
  readonly name: string
  readonly can: Capabilities
  /** What `Event.sender` is: an account that somebody enrolled, or the staff code itself. */
  readonly senderIs: 'account' | 'staff-code'
  /**
   * Connects. Rejects where that does not work, with a `StartRefusal` where it needs somebody to mend
   * something, and is called again; so it is after `lost`, by which the channel says that what it
   * started is gone.
   */
  start(inbox: Inbox, lost?: (why: string) => void): Promise<void>
  /** False while nothing can be sent here: not started, or another instance is connected; messages wait. */
  ready?(): boolean
  /**
   * The e-mail address that the service has verified of a person, in lower case; null when there is
   * none. Absent where the service knows no addresses.
   */
  emailOf?(sender: string): Promise<string | null>
  /**
   * The bytes of a file that somebody sent, up to `most`; throws where it is gone or larger. Absent
   * where the channel keeps what arrives as an upload, and `ref` is that upload's id.
   */
  fetchFile?(ref: string, most: number): Promise<Uint8Array | FetchedFile>
  /** How accounts stand in what people type there, the id in the first group; absent: by name only. */
  readonly mention?: RegExp
  /** What the service itself wrote down of a voice message; null: nothing. Absent where it never does. */
  transcriptOf?(ref: string): Promise<string | null>
  /** In a shared conversation nobody but the asker sees what is sent there. */
  readonly whispers?: boolean
  /** Programs speak here, and no people: there is no limit to how fast. */
  readonly scripted?: boolean
  /** Another channel of the same service, whose accounts have the same ids. */
  readonly twin?: string
  /** Resolves to the service's id of the message; throws a `SendFailure`. */
  send(message: Outgoing): Promise<string>
  /** The service's id of a message that may have been sent; null when it never arrived. */
  find(message: Outgoing): Promise<string | null>
  stop(): Promise<void>
}

/** A channel that cannot start until somebody mends a setting, which the message names. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal'
}

/**
 * Why a message did not go out.
 * `later`: not sent, try again after `retryAfterMs`. `refused`: not sent, and never will be.
 * `unknown`: it may have been sent; look before repeating. `away`: not sent, and no other would be:
 * the service does not answer, or does not know us.
 */
export class SendFailure extends Error {
  override readonly name = 'SendFailure'
  readonly kind: 'later' | 'refused' | 'unknown' | 'away'
  readonly retryAfterMs: number
  constructor(kind: SendFailure['kind'], message: string, retryAfterMs = 0) {
    super(message)
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}

/** One line of a conversation, from either side; ids grow with time within a channel that makes them. */
export type Line =
  | {
      /** The channel's own id of the event. */
      readonly id: string
      readonly at: Date
      readonly from: 'person'
      readonly text: string
    }
  | {
      readonly id: string
      readonly at: Date
      readonly from: 'bot'
      readonly card: Card
      /** The id of the earlier line whose place it takes; null for one of its own. */
      readonly replaces: string | null
    }
