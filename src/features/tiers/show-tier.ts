import { z } from 'zod'
import { query } from '../../bot/command.ts'
import type { Day } from '../../core/time.ts'
import { type ClientRef, clientRef, resolveClient } from '../clients/public.ts'
import type { Client } from '../clients/rules.ts'
import { CLIENT_ROLES } from '../staff/rules.ts'
import { tierCard } from './cards.ts'
import { decideTier, type TierDecision } from './rules.ts'
import { recordedFacts, standardsOn, tierSince } from './store.ts'

interface Facts {
  readonly client: Client
  readonly decision: TierDecision
  readonly version: number
  readonly since: Day | null
}

/** Which tier is this client, and why. */
export const showTier = query<ClientRef & { full: boolean }, Facts>({
  name: 'tier',
  roles: CLIENT_ROLES,
  help: {
    usage: { zh: '分层 张三', en: 'tier Zhang' },
    purpose: {
      zh: '客户在哪一层、为什么、还缺什么',
      en: 'which tier a client is in, why, and what is missing',
    },
  },
  phrases: {
    words: ['分层', '客户分层', '等级', 'tier'],
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object({ ...clientRef, full: z.boolean().default(false) }),
  async load(tx, ref, { who, at }) {
    const client = await resolveClient(tx, who, ref, { command: 'tier', input: ref })
    if (!('id' in client)) return client
    const standard = (await standardsOn(tx, at.today))[client.kind]
    const [recorded] = await recordedFacts(tx, [client.id], at.today)
    return {
      client,
      decision: decideTier(standard, recorded?.facts ?? {}),
      version: standard.version,
      since: await tierSince(tx, client.id),
    }
  },
  allow: () => null,
  reply: ({ client, decision, version, since }, { full }, { who }) =>
    tierCard(decision, {
      name: client.name,
      businessName: client.businessName,
      clientId: client.id,
      standardVersion: version,
      since,
      language: who.language,
      full,
    }),
})
