import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'

/** A document that is edited in drafts and kept in versions. */
export type EditionKind = 'tiers:prospect' | 'tiers:existing' | 'playbook'

export interface Edition {
  readonly kind: EditionKind
  readonly version: number
  readonly status: 'draft' | 'published' | 'withdrawn'
  /** From which day it is in force; null for a draft. */
  readonly effectiveFrom: Day | null
  /** As its feature's own schema reads it; without version and day, which are the edition's. */
  readonly body: unknown
  /** Of the body: equal hashes are equal bodies. */
  readonly hash: string
  /** Staff ids of everybody who edited the draft; nobody for what was shipped. */
  readonly makers: readonly string[]
  /** When it was last edited. */
  readonly madeAt: Date
  /** The last dry run: what it said, and the hash of the body it ran; null before the first. */
  readonly dryRun: { readonly said: unknown; readonly of: string; readonly at: Date } | null
  readonly publishedBy: string | null
  readonly publishedAt: Date | null
}

/** Whether the draft was dry-run in exactly the state it is in. */
export const isDryRun = ({ dryRun, hash }: Pick<Edition, 'dryRun' | 'hash'>): boolean =>
  dryRun?.of === hash

/** Four eyes: why this person, who edited a draft, does not publish it; null when they did not. */
export const notItsMaker = (
  who: Pick<Actor, 'id'>,
  { makers }: Pick<Edition, 'makers'>,
): Refusal | null =>
  makers.includes(who.id)
    ? refuse(
        '这份草稿您改过，要由营销管理部门的另一位同事发布。',
        'You edited this draft, so another colleague of marketing has to publish it.',
      )
    : null

/** From which day a draft may be in force, and who asks. */
export interface Publication {
  readonly who: Pick<Actor, 'id' | 'role'>
  readonly effectiveFrom: Day
  readonly today: Day
  /** When the youngest published version comes or came into force; null when there is none. */
  readonly latestFrom: Day | null
}

/**
 * Why a draft may not be published so; null when it may. Four eyes: somebody of marketing who did
 * not edit it; only what was dry-run in exactly this state; not from a day that is past, nor before
 * a version that was published earlier comes into force.
 */
export function mayPublish(draft: Edition, asked: Publication): Refusal | null {
  const { who, effectiveFrom, today, latestFrom } = asked
  if (who.role !== 'marketing')
    return refuse('只有营销管理部门可以发布。', 'Only marketing may publish.')
  const making = notItsMaker(who, draft)
  if (making) return making
  if (!draft.dryRun)
    return refuse(
      '草稿还没有试算，请先试算再发布。',
      'Nobody has dry-run the draft; do that first.',
    )
  if (!isDryRun(draft)) {
    return refuse(
      '试算之后草稿又改过，请重新试算再发布。',
      'The draft was changed after its dry run; run it again before you publish.',
    )
  }
  if (effectiveFrom < today) {
    return refuse(
      `生效日期 ${effectiveFrom} 已经过去，请写今天或以后的日期。`,
      `${effectiveFrom} is past; name today or a later day.`,
    )
  }
  if (latestFrom && effectiveFrom < latestFrom) {
    return refuse(
      `已发布的版本 ${latestFrom} 生效，新版本不能比它早。`,
      `A published version comes into force on ${latestFrom}; a newer one cannot be earlier.`,
    )
  }
  return null
}
