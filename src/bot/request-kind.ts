import type { z } from 'zod'
import type { Card } from '../core/card.ts'
import type { Refusal } from '../core/decision.ts'
import type { Language, Text } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'
import type { Moment } from './moment.ts'

/** Something that a second person is asked to confirm before it is done. */
export interface Asked<Payload = unknown> {
  readonly id: string
  /** What it is about: one of a kind waits for each. */
  readonly subject: string
  readonly payload: Payload
  /** Who asked: a staff id, or `OPERATOR`. */
  readonly askedBy: string
  /** Why, in the asker's words; null: it needs no word. */
  readonly reason: string | null
  /** What shows that it is so, in the asker's words; null: nothing was named. */
  readonly evidence: string | null
}

/** What carrying out a request may use. */
export interface CarryingOut {
  readonly at: Moment
  tell(staffId: string, compose: (language: Language) => Card): Promise<void>
}

interface Spec<Payload> {
  readonly name: string
  /** How it is called in a list. */
  readonly label: Text
  readonly payload: z.ZodType<Payload>
  /** Who may confirm it as things stand; never whoever asked, nor whom it is about. */
  confirmers(tx: Queries, asked: Asked<Payload>): Promise<readonly string[]>
  /** What is asked, in a sentence or a few lines. */
  describe(tx: Queries, payload: Payload): Promise<Text>
  /** Why it can no longer be done; null: it can. */
  fault(tx: Queries, asked: Asked<Payload>, at: Moment): Promise<Refusal | null>
  /** Does it, in the transaction of the confirmation. */
  carryOut(tx: Queries, asked: Asked<Payload>, by: CarryingOut): Promise<void>
}

/** A kind of request with its types closed over. */
export type RequestKind = Omit<Spec<unknown>, 'payload'>

/** A kind of request. What is on file of it is read again by its schema before anything is done. */
export function requestKind<Payload>(spec: Spec<Payload>): RequestKind {
  const read = (asked: Asked): Asked<Payload> => {
    return { ...asked, payload: spec.payload.parse(asked.payload) }
  }
  return {
    name: spec.name,
    label: spec.label,
    confirmers: async (tx, asked) => spec.confirmers(tx, read(asked)),
    describe: async (tx, payload) => spec.describe(tx, spec.payload.parse(payload)),
    fault: async (tx, asked, at) => spec.fault(tx, read(asked), at),
    carryOut: async (tx, asked, by) => spec.carryOut(tx, read(asked), by),
  }
}
