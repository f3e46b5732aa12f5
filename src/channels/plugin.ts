import type { Hono } from 'hono'
import { z } from 'zod'
import type { Card, FormField } from '../core/card.ts'
import type { Channel, Line } from '../core/chat.ts'
import type { Intent } from '../core/intent.ts'
import type { Role } from '../core/staff.ts'
import type { Text } from '../core/text.ts'
import type { LanguageOf } from '../core/unsent.ts'

/** One thing that `doctor` looked at; `no` needs mending, `note` is worth knowing. */
export interface Finding {
  readonly state: 'ok' | 'note' | 'no'
  readonly text: string
}

/** One thing that a channel's check looked at. */
export interface Check {
  readonly ok: boolean
  readonly text: string
}

export const findingsOf = (checks: readonly Check[]): Finding[] =>
  checks.map(({ ok, text }) => ({ state: ok ? 'ok' : 'no', text }))

/** The right of one instance to be connected under a name. */
export interface Lease {
  /** Takes or renews it for this instance; false while another one holds it. */
  hold(): Promise<boolean>
  release(): Promise<void>
}

/** Keeps a token for all instances; null: none was written. */
export interface TokenStore {
  read(): Promise<{ readonly token: string; readonly until: Date } | null>
  write(token: string, until: Date): Promise<void>
}

/** A member of staff, as the chat in the browser offers to speak as them. */
export interface Person {
  readonly code: string
  readonly name: string
  readonly is: Role
  /** What that is called. */
  readonly role: Text
  readonly unit: string
}

/** A form as somebody filled it in. */
export interface FilledForm {
  readonly intent: Intent
  readonly fields: readonly FilledField[]
}

export interface FilledField {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly value: string
  /** What whoever filled it in saw of it, where that is not what is sent. */
  readonly shown?: string
}

/** What somebody types into a field of a form that is looked for. */
export interface Sought {
  readonly sender: string
  /** What the form says. */
  readonly command: string
  readonly typed: string
}

export type FormOption = NonNullable<FormField['options']>[number]

/** What the service gives a channel; what is kept or looked up is this channel's own. */
export interface ChannelParts {
  /** Where the service listens. */
  readonly host: string
  /** How its pages are reached from outside; null: not set. */
  readonly publicUrl: string | null
  readonly timezone: string
  readonly bankName: string
  /** The card of a message that was sent; null when it is not there. */
  cardOf(key: string, conversation: string): Promise<Card | null>
  /** The language of a person or a room. */
  readonly languageOf: LanguageOf
  /** What is wrong with a form as it was filled in, by field; empty: it can be read. */
  formFaults(sent: FilledForm): Promise<Readonly<Record<string, string>>>
  /** Whom a form may mean by what is typed into a field that seeks clients, as far as its command reaches. */
  clientsLike(sought: Sought): Promise<readonly FormOption[]>
  lease(name: string): Lease
  tokens(name: string): TokenStore
  people(): Promise<readonly Person[]>
  /** The bank was opened to try the service out. */
  isTrial(): Promise<boolean>
  /** What was said in a conversation, the oldest line first. */
  history(conversation: string): Promise<readonly Line[]>
  /** Puts a file on file; resolves to its upload's id. */
  keepFile(name: string, bytes: Uint8Array): Promise<string>
  /** Nobody is known by this id in these channels any more. */
  forgetAccounts(channels: readonly string[], id: string): Promise<void>
  renameAccounts(channels: readonly string[], id: string, newId: string): Promise<void>
  /** Keeps what `doctor` of another process reads as `lastState`. */
  keepState(state: Readonly<Record<string, string>>): void
  log(level: 'info' | 'warn' | 'error', message: string, about?: object): void
  now(): Date
}

/** What a channel's checks may ask of the service, which may run elsewhere, or not at all. */
export interface CheckParts {
  /** Null: not set. */
  readonly publicUrl: string | null
  /** Whether an instance holds this lease now; false too where the database does not answer. */
  isHeld(lease: string): Promise<boolean>
  /** What the channel kept last; null: nothing, or the database does not answer. */
  lastState(): Promise<unknown>
  /** A QR code to be scanned from a terminal. */
  qrText(text: string): string
}

export interface Connected {
  readonly channel: Channel
  /** What the chat service calls, on the service's own port. */
  readonly mount?: { readonly path: string; readonly routes: Hono }
}

/** A channel whose settings are there. */
export interface ConfiguredChannel {
  /** False: the settings are there and do not suffice to connect; the checks say why. */
  readonly connects: boolean
  /**
   * Makes the channel without connecting it. `channel.start` rejects where the service is away or
   * refuses; it is then tried again beside the others, as is a channel that says it was lost.
   */
  connect(parts: ChannelParts): Promise<Connected>
  check(parts: CheckParts): Promise<readonly Finding[]>
}

/** A channel as the command line knows it: what it reads from the environment, and what it makes of it. */
export interface ChannelPlugin<Environment extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string
  /** What an operator sets to have it, with what it is. */
  readonly settingsNeeded: Text
  readonly environment: Environment
  /** Settings that only serve together. */
  readonly together: readonly string[]
  /** It reaches people who never wrote to it. */
  readonly reachesAnybody: boolean
  /** Null where the environment says nothing of it. */
  configured(environment: object): ConfiguredChannel | null
}

interface PluginSpec<Environment extends z.ZodRawShape, Settings> {
  readonly name: string
  readonly settingsNeeded: Text
  readonly environment: Environment
  readonly together?: readonly (keyof Environment & string)[]
  readonly reachesAnybody?: boolean
  /** Null where the environment says nothing, or too little, of it. */
  settings(environment: z.infer<z.ZodObject<Environment>>): Settings | null
  connects?(settings: Settings): boolean
  /** Large packages are loaded here, so only where they are used. */
  connect(settings: Settings, parts: ChannelParts): Promise<Connected>
  check(settings: Settings, parts: CheckParts): Promise<readonly Finding[]>
}

export const channelPlugin = <Environment extends z.ZodRawShape, Settings>(
  spec: PluginSpec<Environment, Settings>,
): ChannelPlugin<Environment> => ({
  name: spec.name,
  settingsNeeded: spec.settingsNeeded,
  environment: spec.environment,
  together: spec.together ?? [],
  reachesAnybody: spec.reachesAnybody ?? false,
  configured(environment) {
    const settings = spec.settings(z.object(spec.environment).parse(environment))
    if (settings === null) return null
    return {
      connects: spec.connects?.(settings) ?? true,
      connect: (parts) => spec.connect(settings, parts),
      check: (parts) => spec.check(settings, parts),
    }
  },
})
