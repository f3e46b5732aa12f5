import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { NAME } from '../../../bot/grammar/slots/labels/section-values.ts'
import { sections } from '../../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, refuse } from '../../../core/decision.ts'
import { type Text, text } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { registeredOf } from '../../clients/registered.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client, Place } from '../../clients/rules.ts'
import { placeOf, savePlace } from '../../clients/store.ts'
import { retier } from '../../tiers/retier.ts'
import * as policy from '../policy.ts'

const field = z.string().trim().max(40).optional()
const input = z.object({
  ...clientRef,
  ...{ region: field, industry: field, cluster: field },
  /** What is said of a register that does not know it is new there. */
  asNew: z.boolean().default(false),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly before: Place
  /** What is given, as the registers call it, or as it was said where they do not know it. */
  readonly said: Partial<Place>
}

const { behind } = sections({
  region: { words: '区域|地区|region' },
  industry: { words: '行业|industry' },
  cluster: { words: '集群|商圈|cluster' },
})
const LABELS: Readonly<Record<keyof Place, Text>> = {
  region: text('区域', 'region'),
  industry: text('行业', 'industry'),
  cluster: text('集群', 'cluster'),
}
const FIELDS = Object.keys(LABELS) as (keyof Place)[]
const NOTHING = /^(?:无|没有|none)$/i

/** "张三 区域 城东 行业 餐饮": a client, and where it belongs. */
const PHRASES = phrase(
  { words: ['归类', 'place'], strict: true },
  client('named', { alone: true }),
  ...FIELDS.map((field) => behind(field, LABELS[field], NAME)),
)

/** Where a client belongs, so that campaigns by region, industry or cluster reach it. */
export const placeClient = command<
  Input,
  Facts,
  Pick<Facts, 'client' | 'before'> & { readonly after: Place }
>({
  name: 'place-client',
  may: policy.placeClient,
  undoable: true,
  help: {
    usage: {
      zh: '归类 张三 区域 城东 行业 餐饮 集群 五金市场',
      en: 'place Zhang region East industry catering cluster Hardware Market',
    },
    purpose: {
      zh: '记下客户的区域、行业、集群，营销活动按此选客户；"无"为清空',
      en: 'record region, industry and cluster, by which campaigns choose clients; "none" clears',
    },
  },
  phrases: PHRASES,
  input,
  async load(tx, said, asker) {
    const ref: ClientRef = said
    const client = await resolveClient(tx, asker, ref, { command: 'place-client', input: said })
    if (!('id' in client)) return client
    const registered = await registeredOf(tx, said, said.asNew, (register, name, asNew) => ({
      command: 'place-client',
      input: { ...said, named: undefined, clientId: client.id, [register]: name, asNew },
    }))
    if (registered instanceof Choice) return registered
    return { client, before: await placeOf(tx, client.id), said: placesOf(said, registered) }
  },
  decide({ client, before, said }) {
    const after = { ...before, ...said }
    return FIELDS.every((name) => after[name] === before[name])
      ? refuse(
          `${client.name} 的归类没有变化。要改就说"归类 ${client.name} 区域 城东"。`,
          `Nothing about ${client.name} changed. Say for example "place ${client.name} region East".`,
        )
      : { client, before, after }
  },
  async save(tx, { client, before, after }, { actId, at, who }) {
    await savePlace(tx, client.id, after, { staffId: who.id, actId, now: at.now })
    if (after.industry !== before.industry) await retier(tx, [client.id], at.today)
  },
  reply({ client, before, after }, _facts, { say }) {
    const changes = FIELDS.filter((name) => after[name] !== before[name]).map((name) => {
      const { zh, en } = LABELS[name]
      return say(
        `${zh} ${before[name] ?? '无'} → ${after[name] ?? '无'}`,
        `${en} ${before[name] ?? 'none'} → ${after[name] ?? 'none'}`,
      )
    })
    const tier =
      after.industry === before.industry
        ? ''
        : say('。分层已按新行业判定', '; the tier was decided by the new industry')
    return textCard(
      `${client.name}${say('：', ': ')}${changes.join(say('，', ', '))}${tier}`,
      undoRow(say),
    )
  },
})

/** What is given, each as its register calls it. */
function placesOf(said: Input, registered: Partial<Place>): Partial<Place> {
  const places: Partial<Place> = {}
  for (const name of FIELDS) {
    const value = said[name]
    if (value === undefined) continue
    places[name] = NOTHING.test(value) || value === '' ? null : (registered[name] ?? value)
  }
  return places
}
