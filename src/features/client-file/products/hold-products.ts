import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { type Held, heldOf, saveHeld } from '../../clients/file/rows-store.ts'
import { keepHistory } from '../../clients/file/store.ts'
import { clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { HELD_PHRASES } from './phrases.ts'
import type { SaidHeld } from './rules.ts'

const input = z.object({
  ...clientRef,
  held: z
    .object({
      products: z.array(z.object({ product: z.string().max(40), holds: z.boolean() })).max(40),
      unknown: z.string().max(200),
    })
    .default({ products: [], unknown: '' }),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly held: readonly Held[]
}

interface Changed {
  readonly client: Client
  readonly changes: SaidHeld['products']
}

/** Which products of the bank a client holds, and holds no more. */
export const holdProducts = command<Input, Facts, Changed>({
  name: 'hold-products',
  may: policy.keepFile,
  undoable: true,
  help: {
    usage: { zh: '产品 张三 +收单 -保险', en: 'products Zhang +pos -insurance' },
    purpose: {
      zh: '登记客户持有的产品：+ 持有，- 不再持有',
      en: 'which products a client holds (+), and holds no more (-)',
    },
  },
  phrases: HELD_PHRASES,
  input: input as unknown as z.ZodType<Input>,
  async load(tx, asked, asker) {
    const client = await resolveClient(tx, asker, asked, { command: 'hold-products', input: asked })
    return 'id' in client ? { client, held: await heldOf(tx, client.id) } : client
  },
  decide({ client, held }, { held: said }, { at }): Changed | Refusal {
    const now = new Set(held.flatMap(({ product, until }) => (until === null ? product : [])))
    const changes = said.products.filter(({ product, holds }) => now.has(product) !== holds)
    if (said.unknown) return noProduct(said.unknown)
    if (changes.length > 0) return { client, changes }
    const [zh, en] = (['zh', 'en'] as const).map((each) => labels([...now], at.catalogue, each))
    const example = said.products.length === 0
    return refuse(
      `${client.name} 持有的产品：${zh || '无'}。${example ? '要改就写"产品 张三 +收单 -保险"这样。' : '没有变化。'}`,
      `${client.name} holds ${en || 'nothing'}. ${example ? 'To change that say "products Zhang +pos -insurance".' : 'Nothing changed.'}`,
    )
  },
  async save(tx, { client, changes }, { who, actId, at }) {
    const by = { staffId: who.id, actId, now: at.now }
    const rows = changes.map(({ product, holds }) => ({
      ...{ clientId: client.id, product, toldBy: 'person' as const, asOf: at.today },
      ...{ since: null, until: holds ? null : at.today },
    }))
    await keepHistory(tx, { clientId: client.id, table: 'product_held' }, by, () =>
      saveHeld(tx, rows, by),
    )
  },
  reply({ client, changes }, _facts, { who, at, say }) {
    const of = (wanted: boolean) =>
      labels(
        changes.flatMap(({ product, holds }) => (holds === wanted ? product : [])),
        at.catalogue,
        who.language,
      )
    const [holds, ended] = [of(true), of(false)]
    return textCard(
      [
        holds && say(`**${client.name}** 持有：${holds}`, `**${client.name}** holds ${holds}`),
        ended &&
          say(
            `**${client.name}** 不再持有：${ended}`,
            `**${client.name}** holds no more: ${ended}`,
          ),
      ]
        .filter(Boolean)
        .join('\n'),
      undoRow(say),
    )
  },
})

const labels = (codes: readonly string[], catalogue: Catalogue, language: Language): string =>
  codes.map((code) => productLabel(catalogue, code, language)).join(speaker(language)('、', ', '))

const noProduct = (unknown: string): Refusal =>
  refuse(
    `产品目录里没有"${unknown}"，没有登记。说"产品"看有哪些。`,
    `The catalogue has no product "${unknown}", so nothing was recorded. Say "products" for what there is.`,
  )
