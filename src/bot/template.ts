import { z } from 'zod'
import { type Block, type Card, textCard } from '../core/card.ts'
import type { Actor } from '../core/staff.ts'
import type { Say, Text } from '../core/text.ts'
import { type Command, query } from './command.ts'
import { wholeLine } from './grammar/reading.ts'
import type { Policy } from './policy.ts'

/** A workbook to be filled in and sent back. */
export const templateCard = (workbook: Block, say: Say): Card =>
  textCard(say('填好后把文件发给我就行。', 'Fill it in and send the file to me.'), workbook)

/** Gives out the empty workbook that another command takes. */
export const templateQuery = (spec: {
  readonly name: string
  readonly may: Policy<never>
  readonly help: { readonly usage: Text; readonly purpose: Text }
  readonly words: readonly string[]
  readonly workbook: (who: Actor) => Promise<Block>
}): Command =>
  query<unknown, null>({
    ...{ name: spec.name, may: spec.may, help: spec.help },
    phrases: { words: spec.words, read: wholeLine({}) },
    input: z.unknown(),
    load: async () => null,
    reply: async (_facts, _input, { who, say }) => templateCard(await spec.workbook(who), say),
  })
