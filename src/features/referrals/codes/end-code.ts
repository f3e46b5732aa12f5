import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, refuse } from '../../../core/decision.ts'
import * as policy from '../policy.ts'
import { codesOf, revokeLinks } from '../store.ts'
import { type FoundLink, linkSaid } from './own-link.ts'

const input = z.object({ code: z.string().trim().max(20).optional() })

/** Ends a code for good: whoever opens it is told so; what came by it stays. */
export const endCode = command<z.infer<typeof input>, FoundLink, FoundLink>({
  name: 'end-code',
  may: policy.useCode,
  help: {
    usage: { zh: '停用码 · 停用码 k7m2p9xq', en: 'end code · end code k7m2p9xq' },
    purpose: { zh: '停用一个转介码，再要就是新的', en: 'end a referral code; the next one is new' },
  },
  phrases: {
    words: ['停用码', '停用 码', '停用我的码', '停用', 'end code', 'end my code'],
    read: (rest) => {
      const code = rest.match(/^码?\s*([a-z0-9]{8})?$/i)
      return code ? { kind: 'understood', input: code[1] ? { code: code[1] } : {} } : { kind: 'no' }
    },
  },
  input,
  async load(tx, { code }, { who, say }) {
    if (code) return linkSaid(tx, who, code)
    const own = await codesOf(tx, who.id)
    const [only, ...others] = own
    if (!only) return refuse('您没有在用的转介码。', 'You have no referral code in use.')
    if (others.length === 0) return linkSaid(tx, who, only.code)
    return new Choice(
      { zh: '停用哪一个？', en: 'Which one shall end?' },
      own.map((each) => ({
        label: `${each.offer ?? say('通用', 'general')} · ${each.code}`,
        intent: { command: 'end-code', input: { code: each.code } },
      })),
    )
  },
  decide: (link) => link,
  save: (tx, { id }, { at }) => revokeLinks(tx, [id], at.now),
  reply: ({ code }, _facts, { say }) =>
    textCard(
      say(
        `码 ${code} 已停用，打开它的人会看到"已停用"；以前的记录都在。需要新的，再发"我的码"。`,
        `Code ${code} has ended, and whoever opens it is told so; what came by it stays. Say "my code" for a new one.`,
      ),
    ),
})
