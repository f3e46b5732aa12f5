import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import * as policy from '../policy.ts'
import { answerFor, type Known } from './answer.ts'
import { ASKS_TIER, tierAskedOf } from './asks-tier.ts'
import { fullCard, tierCard } from './cards.ts'

/** Which tier is this client, and why. */
export const showTier = query<ClientRef & { full: boolean }, Known>({
  name: 'tier',
  may: policy.showTier,
  help: {
    usage: { zh: '分层 张三', en: 'tier Zhang' },
    purpose: {
      zh: '客户在哪一层、为什么、还缺什么',
      en: 'which tier a client is in, why, and what is missing',
    },
  },
  phrases: {
    words: ['分层', '客户分层', '等级', 'tier'],
    lacks: lacksClient,
    shape: ASKS_TIER,
    read(rest) {
      const named = tierAskedOf(rest) ?? rest
      // 分层标准导出一份 is said of the standard.
      return named && !/^(?:标准|standard\b)/i.test(named)
        ? { kind: 'understood', input: { named } }
        : { kind: 'no' }
    },
  },
  input: z.object({ ...clientRef, full: z.boolean().default(false) }),
  async load(tx, ref, context) {
    const client = await resolveClient(tx, context, ref, { command: 'tier', input: ref })
    return 'id' in client ? answerFor(tx, client, context) : client
  },
  reply: ({ answer }, { full }) => (full ? fullCard(answer) : tierCard(answer)),
})
