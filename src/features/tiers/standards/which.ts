import { z } from 'zod'
import type { Reading } from '../../../bot/grammar/reading.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Edition } from '../../editions/rules.ts'
import { draftOf, latest, versions } from '../../editions/store.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import { standardOf } from '../../tier-rules/store.ts'

export type Kind = Standard['kind']
export const KIND_LABEL: Record<Kind, Text> = {
  existing: { zh: '存量客户', en: 'existing clients' },
  prospect: { zh: '潜在客户', en: 'prospects' },
}

export const kindField = { kind: z.enum(['existing', 'prospect']).optional() }
export interface KindInput {
  readonly kind?: Kind | undefined
}

/** Whose standard a word means; null for anything else. */
export const kindSaid = (said: string): KindInput | null =>
  said === ''
    ? {}
    : /^(潜在|潜客|潜在客户|prospects?)$/i.test(said)
      ? { kind: 'prospect' }
      : /^(存量|存量客户|existing|clients)$/i.test(said)
        ? { kind: 'existing' }
        : null

/** Reads a command that its word says, and whose standard at most. */
export const kindOnly = (rest: string): Reading<KindInput> => {
  const input = kindSaid(rest.trim())
  return input ? { kind: 'understood', input } : { kind: 'no' }
}

/** A draft of a standard, with what the editions know of it. */
export interface Draft {
  readonly edition: Edition
  readonly standard: Standard
}

/** A draft as far as its card is concerned; a `hash` of its own where it was just edited. */
export type DraftState = Pick<Edition, 'version' | 'dryRun' | 'hash' | 'makers'>

/** The draft that is meant; where both standards have one and none is named, the person picks. */
export async function draftMeant(
  tx: Queries,
  { kind }: KindInput,
  intent: Intent,
): Promise<Draft | Refusal | Choice> {
  const kinds: readonly Kind[] = kind ? [kind] : ['existing', 'prospect']
  const found: Edition[] = []
  for (const each of kinds) {
    const edition = await draftOf(tx, `tiers:${each}`)
    if (edition) found.push(edition)
  }
  const [edition] = found
  if (!edition) {
    return refuse(
      '现在没有草稿。发"标准 导出"改表格，或"标准 改 A 净资产 500万"改一个数。',
      'There is no draft. Say "standard export" to change the workbook, or "standard set A net assets 5000000".',
    )
  }
  if (found.length === 1) return { edition, standard: standardOf(edition) }
  return new Choice(
    { zh: '两份标准都有草稿，您说的是哪份？', en: 'Both standards have a draft. Which one?' },
    kinds.map((each) => ({
      label: `${KIND_LABEL[each].zh} ${KIND_LABEL[each].en}`,
      intent: { ...intent, input: { ...(intent.input as object), kind: each } },
    })),
  )
}

/**
 * The published version that a draft follows, and is held against: the last to come into force, so
 * that what was published for a day to come is not lost in the next version.
 */
export interface Followed {
  readonly standard: Standard
  /** When it comes into force; null when it is. */
  readonly comes: Day | null
}

export async function followed(tx: Queries, kind: Kind, today: Day): Promise<Followed> {
  const edition = await latest(tx, `tiers:${kind}`)
  const { effectiveFrom } = edition
  const comes = effectiveFrom && effectiveFrom > today ? effectiveFrom : null
  return { standard: standardOf(edition), comes }
}

/** What is edited next, and what it is held against. */
export interface Editable {
  readonly follows: Followed
  /** The draft; where there is none, what it would follow. */
  readonly standard: Standard
  /** The draft as it is known; with the number it will get where there is none yet. */
  readonly state: DraftState
}

export async function editable(tx: Queries, kind: Kind, today: Day): Promise<Editable> {
  const follows = await followed(tx, kind, today)
  const draft = await draftOf(tx, `tiers:${kind}`)
  if (draft) return { follows, standard: standardOf(draft), state: draft }
  const [youngest] = await versions(tx, `tiers:${kind}`)
  const state = { version: (youngest?.version ?? 0) + 1, dryRun: null, hash: '', makers: [] }
  return { follows, standard: follows.standard, state }
}
