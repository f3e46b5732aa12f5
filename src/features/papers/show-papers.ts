import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { NOT_MEANT } from '../../bot/grammar/slots/slot.ts'
import { readBytes } from '../../bot/inbox/uploads.ts'
import type { Block } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { photoPng } from '../../infra/pictures/picture.ts'
import { paperCard, papersCard } from './cards.ts'
import * as policy from './policy.ts'
import { looksForPapers, PAGE, type Paper, wantedIn } from './rules.ts'
import { paperOf, papersFor } from './store.ts'

const input = z.object({
  /** A product or words; absent, all. */
  said: z.string().trim().min(1).max(40).optional(),
  paperId: z.uuid().optional(),
  from: z.int().min(0).max(10_000).default(0),
})

/** `none`: why there is nothing to show. */
type Found =
  | { readonly none: Refusal }
  | { readonly paper: Paper; readonly file: Block | null }
  | { readonly papers: readonly Paper[]; readonly total: number }

/** 资料 alone is what is on a client's file, unless a product is named. */
const ANY = /^(?:资料库|产品资料|话术|papers)/i

/** `资料 房抵贷`: the bank's papers of a product or with some words; the only one is sent at once. */
export const showPapers = query<z.infer<typeof input>, Found>({
  name: 'papers',
  may: policy.showPapers,
  help: {
    usage: { zh: '资料 房抵贷 · 资料库 利率', en: 'papers mortgage loan' },
    purpose: {
      zh: '行里的产品资料、利率、材料清单、话术，可以转发给客户',
      en: 'rates, documents needed, product sheets and talking points to forward to clients',
    },
  },
  phrases: {
    words: ['资料', '资料库', '产品资料', '话术', 'papers'],
    lacks: asking({ zh: '哪个产品的资料？', en: 'Papers of which product?' }),
    scans(scanned, from) {
      const { text, context } = scanned
      const said = text
        .slice(from)
        .replace(/[。.!！?？]+$/, '')
        .trim()
      // A client may be called 金卡.
      const client = scanned.pieces.some(({ kind, start }) => kind === 'name' && start === from)
      const named = !client && looksForPapers(context.at.catalogue, said)
      if (from === 0 || (!named && !ANY.test(text))) return NOT_MEANT
      const reading = { kind: 'understood', input: said ? { said } : {} } as const
      // All of it is what is looked for.
      return { reading, accounted: new Set(scanned.pieces) }
    },
  },
  input,
  async load(tx, { said, paperId, from }, { who, at }) {
    const keeps = who.role in policy.keepPapers.reach
    const looking = { validOn: keeps ? null : at.today, timezone: at.timezone }
    if (paperId) {
      const paper = await paperOf(tx, paperId, looking)
      return paper ? withFile(tx, paper) : { none: GONE }
    }
    const wanted = said ? wantedIn(at.catalogue, said) : { product: null, words: [] }
    const papers = await papersFor(tx, wanted, looking, { from, most: PAGE })
    const [only] = papers
    if (!only) return { none: said ? noneOf(said) : EMPTY }
    return only.total === 1 && said ? withFile(tx, only) : { papers, total: only.total }
  },
  fault: (found) => ('none' in found ? found.none : null),
  reply: (found, { said = null, from }, { who, at }) => {
    if ('none' in found) throw new Error('nothing is shown of what is not there')
    return 'paper' in found
      ? paperCard(found.paper, found.file, who.role in policy.keepPapers.reach, at, who.language)
      : papersCard({ said, ...found, from }, at, who.language)
  },
})

async function withFile(tx: Queries, paper: Paper): Promise<Found> {
  if (paper.uploadId === null) return { paper, file: null }
  const file = await readBytes(tx, paper.uploadId)
  if (!file) return { none: GONE }
  const png = await photoPng(file.bytes).catch(() => null)
  const block: Block = png
    ? { kind: 'picture', png: png.toString('base64'), alt: paper.title }
    : { kind: 'file', name: file.name, base64: file.bytes.toString('base64') }
  return { paper, file: block }
}

const GONE = refuse(
  '这份资料已经撤下或换了新的，发"资料库"看现在有的。',
  'This paper was taken away or replaced; say "papers" for those there are.',
)
const EMPTY = refuse(
  '资料库里还没有资料，请营销部门放进来：发"新增资料 房抵贷 材料清单：…"，或发文件时写上"新增资料 房抵贷 利率表"。',
  'There are no papers yet. Marketing adds them: "add paper mortgage loan documents: …", or a file with such words.',
)
const noneOf = (said: string): Refusal =>
  refuse(
    `资料库里没有"${said}"的资料。发"资料库"看全部；缺的请告诉营销部门。`,
    `There is no paper for "${said}". Say "papers" for all; tell marketing what is missing.`,
  )
