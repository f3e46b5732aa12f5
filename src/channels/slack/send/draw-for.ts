import type { Card } from '../../../core/card.ts'
import { type Outgoing, SendFailure } from '../../../core/chat.ts'
import type { SlackBlock } from '../draw/block.ts'
import { render } from '../draw/render.ts'
import { reasonOf } from './failure.ts'

/** A workspace that refused the blocks of 2026 is asked again after so long. */
const REFUSED_MS = 24 * 3_600_000
const REFUSALS = /^(invalid_blocks(_format)?|msg_blocks_too_long)$/

/**
 * Draws a card as richly as the workspace takes it: where it refuses the blocks of 2026, as sections, which it
 * is then sent at once.
 */
export function drawFor(warn: (message: string) => void) {
  let plainUntil = 0

  return async <Result>(
    card: Card,
    message: Outgoing,
    refs: readonly string[],
    post: (blocks: readonly SlackBlock[]) => Promise<Result>,
  ): Promise<Result> => {
    const plain = render(card, message.key, refs)
    if (performance.now() < plainUntil) return post(plain)
    const rich = render(card, message.key, refs, 'cards')
    if (JSON.stringify(rich) === JSON.stringify(plain)) return post(plain)
    try {
      return await post(rich)
    } catch (error) {
      const reason = reasonOf(error) || (error as Error).message
      if (!REFUSALS.test(reason)) throw error
      if (message.claimed?.() === false) throw new SendFailure('later', 'the claim ran out')
      const result = await post(plain)
      // With a file it may have been that.
      if (refs.length === 0) {
        plainUntil = performance.now() + REFUSED_MS
        warn(`the workspace takes no blocks of 2026 (${reason}): answers are sections`)
      }
      return result
    }
  }
}
