import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { NAME } from '../../bot/grammar/slots/labels/section-values.ts'
import { named, sections } from '../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { text } from '../../core/text.ts'
import type { RegisterEntry } from '../registers/rules.ts'
import { addAlias, ensureNames, matchNames } from '../registers/store.ts'
import * as policy from './policy.ts'
import { settle } from './store.ts'

const name = z.string().trim().min(1).max(40)
const input = z.object({ named: name, alias: name.optional() })
type Said = z.infer<typeof input>

const { head, behind } = sections({ alias: { words: '别名|也叫|又名|alias' } })

/** `区域 登记 城东 别名 东区`: a region as the bank divides its area, or one more name of it. */
export const keepRegion = command<
  Said,
  { readonly known: RegisterEntry | null; readonly alias: RegisterEntry | null },
  Said & { readonly isNew: boolean }
>({
  name: 'keep-region',
  may: policy.keepPlaces,
  help: {
    usage: { zh: '区域 登记 城东 别名 东区', en: 'register region East alias East side' },
    purpose: { zh: '登记一个区域，或给它加一个叫法', en: 'enter a region, or another name of it' },
  },
  phrases: phrase(
    {
      words: ['区域 登记', '区域登记', '登记区域', 'register region'],
      strict: true,
      asksBare: true,
    },
    head(named('named', text('区域叫什么？', 'What is the region called?'), NAME)),
    behind('alias', text('别名', 'alias'), NAME),
  ),
  input,
  async load(tx, { named, alias }) {
    const [known = null] = await matchNames(tx, 'region', [named])
    const [also = null] = alias ? await matchNames(tx, 'region', [alias]) : []
    return { known, alias: also }
  },
  decide: ({ known, alias }, said) =>
    alias && alias.id !== known?.id
      ? refuse(
          `"${said.alias}"已经是区域 ${alias.name}。两个是一回事，就说"归并 区域 ${alias.name} 到 ${said.named}"。`,
          `"${said.alias}" is the region ${alias.name}. If both are one, say "merge place region ${alias.name} into ${said.named}".`,
        )
      : { ...said, named: known?.name ?? said.named, isNew: known === null },
  async save(tx, { named, alias }, { who, at, actId }) {
    const [entry] = await ensureNames(tx, 'region', [named], {
      staffId: who.id,
      ...{ actId, now: at.now },
    })
    if (!entry) return
    await settle(tx, entry.id, null, { actId, now: at.now })
    if (alias) await addAlias(tx, entry.id, alias)
  },
  reply: ({ named, isNew }, _facts, { say }) =>
    textCard(
      isNew
        ? say(`已登记区域 ${named}。`, `The region ${named} is registered.`)
        : say(`区域 ${named} 已更新。`, `The region ${named} is updated.`),
      {
        kind: 'buttons',
        buttons: [{ label: say('查看', 'View'), intent: { command: 'region', input: { named } } }],
      },
    ),
})
