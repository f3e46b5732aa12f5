import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import type { Asker } from '../../../bot/policy.ts'
import { type Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { isBlocked } from './blocked/store.ts'
import { askedCard, confirmCard } from './erasure-cards.ts'
import { askedFor, type Confirmer, confirmersOf, insertErasure } from './erasure-store.ts'
import { ERASURE_DAYS, type Erasure } from './rules.ts'
import { keptByLaw, whyKept } from './why-kept.ts'

const input = z.object({ ...clientRef, ground: z.string().trim().max(200).default('') })
type Input = z.infer<typeof input>

const DAY_MS = 24 * 3_600_000

interface Facts {
  readonly client: Client
  /** Why the file stays as it is; null: nothing speaks against it. */
  readonly kept: Refusal | null
  /** The law has it kept, so that it is blocked and deleted later. */
  readonly blocks: boolean
  /** It is blocked already. */
  readonly blocked: boolean
  /** What was asked for before and waits; null: nothing was. */
  readonly before: Erasure | null
  readonly confirmers: readonly Confirmer[]
}

interface Asked extends Facts {
  readonly ground: string
}

/** "李四 本人来电要求"; the ground is asked for where it is missing. */
const ERASURE_PHRASES = phrase(
  { words: ['删除', 'erase', 'delete'] },
  client('named', { alone: true }),
  words('ground', ({ zh, en }) => ({
    zh: `为什么删除 ${zh} 的资料？例如"本人来电要求"。`,
    en: `Why is the file of ${en} to be deleted? For example "asked us to by phone".`,
  })),
)

/**
 * The owner asks that a file is deleted for good, at the client's request (PIPL, article 47); where the law has it kept,
 * that it is blocked until it may be. Nothing is done before whoever is above has confirmed.
 */
export const askErasure = command<Input, Facts, Asked>({
  name: 'erase',
  may: policy.askErasure,
  help: {
    usage: { zh: '删除 李四 本人来电要求', en: 'erase Li asked us to by phone' },
    purpose: {
      zh: '客户要求删除个人信息时，由归属经理提出，主管确认后删掉全部资料；办过业务的依法封存，期满删除',
      en: 'a client wants their data deleted: the owner asks, the lead confirms, then all of it goes; of whoever did business it is blocked, and goes when the law allows it',
    },
  },
  phrases: ERASURE_PHRASES,
  input,
  askedInVain: nobodyCalledSo,
  load,
  decide(facts, { ground }, { who, at }): Asked | Refusal {
    const { client, kept, blocked, before, confirmers } = facts
    if (kept) return kept
    if (blocked) {
      return refuse(
        `${client.name} 的资料已经封存，期满自动删除。`,
        `The file of ${client.name} is blocked already, and goes when its term is over.`,
      )
    }
    if (before && before.askedBy === who.id && before.expiresAt > at.now) {
      return refuse(
        `${client.name} 已经提出过，正等确认。`,
        `It was asked for ${client.name} before and waits to be confirmed.`,
      )
    }
    if (confirmers.length === 0) {
      return refuse(
        '您上面没有可以确认的负责人，请联系总行安排。',
        'Nobody above you can confirm it; please ask head office.',
      )
    }
    return ground
      ? { ...facts, ground }
      : refuse(
          `请写理由，例如"删除 ${client.name} 本人来电要求"。`,
          `Please give the ground, for example "erase ${client.name} asked us to by phone".`,
        )
  },
  async save(tx, { client, confirmers, ground, blocks }, { who, at, tell }) {
    const expiresAt = new Date(at.now.getTime() + ERASURE_DAYS * DAY_MS)
    const asked = { clientId: client.id, askedBy: who.id, ground }
    const id = await insertErasure(tx, asked, { now: at.now, expiresAt })
    for (const confirmer of confirmers) {
      await tell(confirmer.id, (language) =>
        confirmCard(
          { id, clientName: client.name, ...asked },
          blocks,
          who.name,
          at.today,
          language,
        ),
      )
    }
  },
  reply: ({ confirmers, blocks }, _facts, { who }) =>
    askedCard(
      confirmers.map(({ name }) => name),
      blocks,
      who.language,
    ),
})

async function load(
  tx: Queries,
  { ground, ...ref }: Input,
  { who, reach, at, bank }: Context & Asker,
): Promise<Facts | Refusal | Choice> {
  const intent = { command: 'erase', input: { ...ref, ground } }
  const client = await resolveClient(tx, { who, reach }, ref, intent)
  if (!('id' in client)) return client
  return {
    client,
    kept: await whyKept(tx, client, bank),
    blocks: await keptByLaw(tx, client),
    blocked: await isBlocked(tx, client.id),
    before: await askedFor(tx, client.id, at.timezone),
    confirmers: await confirmersOf(tx, who.id),
  }
}
