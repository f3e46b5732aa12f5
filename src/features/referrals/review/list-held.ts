import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { pathOf } from '../../../bot/policy.ts'
import type { Block } from '../../../core/card.ts'
import { textCard } from '../../../core/card.ts'
import { reviewCard } from '../entries/cards.ts'
import { type Entry, heldBelow } from '../entries/store.ts'
import * as policy from '../policy.ts'
import { type Link, linksById } from '../store.ts'

/** Entries shown at once; the next ones follow when these are decided. */
const MOST_SHOWN = 3

interface Held {
  readonly entries: readonly Entry[]
  readonly links: ReadonlyMap<string, Link>
  readonly total: number
}

/** What waits for my review, oldest first. */
export const listHeld = query<unknown, Held>({
  name: 'held-referrals',
  may: policy.reviewEntries,
  help: {
    usage: { zh: '审核转介', en: 'review referrals' },
    purpose: { zh: '有疑问的转介，逐条审核', en: 'referrals that wait for a review' },
  },
  phrases: {
    words: ['审核转介', '转介审核', '审核', 'review referrals', 'review'],
    read: wholeLine({}),
  },
  input: z.unknown(),
  async load(tx, _input, asker) {
    const { entries, total } = await heldBelow(tx, pathOf(asker), MOST_SHOWN)
    return {
      entries,
      total,
      links: await linksById(
        tx,
        entries.map(({ linkId }) => linkId),
      ),
    }
  },
  reply({ entries, links, total }, _input, { who, say }) {
    if (total === 0) return textCard(say('没有待审核的转介。', 'No referral waits for a review.'))
    const cards = entries.flatMap((entry) => {
      const link = links.get(entry.linkId)
      return link ? [reviewCard(entry, link, who.language)] : []
    })
    const more = total - cards.length
    const rest: Block[] =
      more > 0
        ? [
            {
              kind: 'text',
              text: say(
                `还有 ${more} 条，处理完再发"审核转介"。`,
                `${more} more; say "review referrals" again when these are done.`,
              ),
            },
          ]
        : []
    return {
      title: say(`待审核的转介 ${total} 条`, `${total} referrals to review`),
      blocks: [...cards.flatMap(({ blocks }) => blocks), ...rest],
    }
  },
})
