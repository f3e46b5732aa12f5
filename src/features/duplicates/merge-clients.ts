import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import type { Asker } from '../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { resolveClient } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { findNamed } from '../clients/store.ts'
import { facilitiesChanged } from '../facilities/changed.ts'
import { FACT_NAMES } from '../tier-rules/facts.ts'
import { recordedOf, saveFacts } from '../tiers/entry/store.ts'
import { retier } from '../tiers/retier.ts'
import { lostCard, mergedCard, previewCard } from './cards.ts'
import { loadPair, type PairRef, pairRef } from './load-pair.ts'
import { mergeFiles } from './merge-store.ts'
import * as policy from './policy.ts'
import { type Pair, pairOf } from './rules.ts'

const name = z.string().trim().min(1).max(40)
const previewInput = z.object({
  keptId: z.uuid().optional(),
  mergedId: z.uuid().optional(),
  one: name.optional(),
  other: name.optional(),
})
type PreviewInput = z.infer<typeof previewInput>

/** `合并 张三 张三五金`, `合并 张三` where two have that name, and the buttons of `查重`. */
export const mergePreview = query<PreviewInput, Pair>({
  name: 'merge-preview',
  may: policy.mergeClients,
  help: {
    usage: { zh: '合并 张三 张三五金', en: 'merge Zhang Zhang-Hardware' },
    purpose: {
      zh: '两份档案是同一人：先看合并后怎样，再确认',
      en: 'two files of one person: shows what becomes of them, and asks',
    },
  },
  phrases: {
    words: ['合并客户', '合并', 'merge'],
    lacks: asking({
      zh: '哪两位客户？比如 张三 张三五金。',
      en: 'Which two clients? For example Zhang Zhang Hardware.',
    }),
    read: readMerge,
  },
  input: previewInput,
  async load(tx, input, asker) {
    const { keptId, mergedId, one, other } = input
    if (keptId && mergedId) return loadPair(tx, { keptId, mergedId }, asker)
    if (!one) return WHOM
    if (!other) return namesakes(tx, one, asker)
    const found: Client[] = []
    for (const [slot, named] of [
      ['keptId', one],
      ['mergedId', other],
    ] as const) {
      const again = { command: 'merge-preview', input }
      const client = await resolveClient(tx, asker, { clientId: input[slot], named }, again)
      if (client instanceof Refusal) return client
      if (client instanceof Choice) return asks(client, slot, input)
      found.push(client)
    }
    const [first, second] = found as [Client, Client]
    return first.id === second.id ? ONE_FILE : pairOf(first, second)
  },
  reply: (pair, _input, { at, who, shared }) => previewCard(pair, at, who, shared),
})

const WHOM = refuse(
  '请说要合并哪两位，比如：合并 张三 张三五金。',
  'Say whom to merge, such as: merge Zhang Zhang-Hardware.',
)
const ONE_FILE = refuse('这是同一份档案。', 'That is one file.')

/** The choice of a client, which answers for this slot. */
const asks = ({ question, options }: Choice, slot: string, input: PreviewInput): Choice =>
  new Choice(
    question,
    options.map(({ label, intent }) => {
      const { clientId } = intent.input as { clientId: string }
      return { label, intent: { ...intent, input: { ...input, [slot]: clientId } } }
    }),
  )

/** The two who have a name; of more, it is to be said which. */
async function namesakes(tx: Queries, named: string, asker: Asker): Promise<Pair | Refusal> {
  const found = await findNamed(tx, asker, named)
  const [one, other, ...more] = found
  if (one && other && more.length === 0) return pairOf(one, other)
  return refuse(
    `叫"${named}"的客户有 ${found.length} 位。请说是哪两位，比如：合并 张三 张三五金；也可以用手机后四位，或发"查重"。`,
    `${found.length} clients match "${named}". Say which two, such as: merge Zhang Zhang-Hardware; the last four digits of a phone do as well, or say "duplicates".`,
  )
}

function readMerge(rest: string): Reading<PreviewInput> {
  const [one, other, ...more] = rest.split(/\s*(?:\s|,|、|和|与|\band\b)\s*/).filter(Boolean)
  return one && more.length === 0
    ? { kind: 'understood', input: { one, ...(other && { other }) } }
    : { kind: 'no' }
}

/** The button of the preview. */
export const mergeClients = command<PairRef, Pair, Pair>({
  name: 'merge-clients',
  may: policy.mergeClients,
  undoable: true,
  help: {
    usage: { zh: '合并预览里的"合并"', en: 'the button "Merge" of the preview' },
    purpose: { zh: '两份档案合成一份', en: 'makes one file of two' },
  },
  input: pairRef,
  load: loadPair,
  decide: (pair): Pair | Refusal => (pair.kept.id === pair.merged.id ? ONE_FILE : pair),
  async save(tx, pair, { who, at, actId, bank, tell }) {
    const { kept, merged } = pair
    const facts = await missingFacts(tx, pair)
    const common = { actId, staffId: who.id, now: at.now }
    await mergeFiles(tx, { keptId: kept.id, mergedId: merged.id, ...common })
    if (facts.length > 0) await saveFacts(tx, kept.id, facts, { who, actId, at })
    await retier(tx, [kept.id], at.today)
    await facilitiesChanged(tx, [kept.id], { staffId: who.id, actId, at, bank })
    if (merged.ownerId === kept.ownerId || merged.ownerId === who.id) return
    await tell(merged.ownerId, (language) => lostCard(pair, who.name, language))
  },
  reply: (pair, _facts, { say }) => mergedCard(pair, say),
})

/** What the file that goes knows and the other does not. */
async function missingFacts(tx: Queries, { kept, merged }: Pair) {
  const [known, other] = [
    await recordedOf(tx, kept.id, FACT_NAMES),
    await recordedOf(tx, merged.id, FACT_NAMES),
  ]
  return FACT_NAMES.flatMap((fact) => {
    const after = other[fact] ?? null
    return after !== null && (known[fact] ?? null) === null ? [{ fact, before: null, after }] : []
  })
}
