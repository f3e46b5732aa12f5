import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { textCard } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { findVisible } from '../clients/store.ts'
import { pairsCard } from './cards.ts'
import { loadPair, type PairRef, pairRef } from './load-pair.ts'
import * as policy from './policy.ts'
import { type Likeness, type Pair, pairOf } from './rules.ts'
import { likelyPairs, saveNotDuplicate } from './store.ts'

/** Pairs in one card. */
const SHOWN = 8

interface Found {
  readonly pairs: readonly (Pair & { readonly likeness: Likeness })[]
  readonly more: boolean
}

/** `查重`: clients within reach that may be one person. */
export const findDuplicates = query<unknown, Found>({
  name: 'duplicates',
  concurrency: 'long',
  may: policy.findDuplicates,
  help: {
    usage: { zh: '查重', en: 'duplicates' },
    purpose: { zh: '找出可能重复的客户', en: 'clients who may be one person' },
  },
  phrases: { words: ['查重', '重复客户', 'duplicates'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, asker) {
    const likely = await likelyPairs(tx, asker, SHOWN + 1)
    const pairs = await Promise.all(
      likely.slice(0, SHOWN).map(async ({ oneId, otherId, likeness }) => {
        const [one, other] = await Promise.all([
          findVisible(tx, asker, oneId),
          findVisible(tx, asker, otherId),
        ])
        return one && other ? [{ ...pairOf(one, other), likeness }] : []
      }),
    )
    return { pairs: pairs.flat(), more: likely.length > SHOWN }
  },
  reply: ({ pairs, more }, _input, { who, at, shared }) => pairsCard(pairs, more, at, who, shared),
})

/** They are two: not offered again. */
export const notDuplicate = command<PairRef, Pair, Pair>({
  name: 'not-duplicate',
  may: policy.findDuplicates,
  help: {
    usage: { zh: '查重里的"不是同一人"', en: 'the button "Two people" of duplicates' },
    purpose: { zh: '以后不再提示这两位重复', en: 'these two are not offered again' },
  },
  input: pairRef,
  load: loadPair,
  decide: (pair): Pair | Refusal =>
    pair.kept.id === pair.merged.id ? refuse('这是同一份档案。', 'That is one file.') : pair,
  save: (tx, { kept, merged }, { who, at }) =>
    saveNotDuplicate(tx, [kept.id, merged.id], { staffId: who.id, now: at.now }),
  reply: ({ kept, merged }, _facts, { say }) =>
    textCard(
      say(
        `记下了：${kept.name} 和 ${merged.name} 是两个人，不再提示。`,
        `Noted: ${kept.name} and ${merged.name} are two people.`,
      ),
    ),
})
