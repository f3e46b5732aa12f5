import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { type Scope, scopeOf } from '../../../bot/policy.ts'
import type { Card } from '../../../core/card.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { Choice, Refusal } from '../../../core/decision.ts'
import type { Language } from '../../../core/text.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { chartPng } from '../../../infra/pictures/chart.ts'
import { idleMembers } from '../audience/idle-store.ts'
import * as policy from '../policy.ts'
import type { Campaign } from '../rules.ts'
import { type CampaignRef, resolveCampaign } from '../store.ts'
import { trialOf } from '../trial/store.ts'
import { type Figures, figuresCard, funnelOption, linesOption } from './cards.ts'
import { type Counts, DIMENSIONS, type Dimension, type Line, NONE } from './rules.ts'
import { linesBy, linkCounts, needsFound, totalsOf } from './store.ts'
import { campaignBook } from './workbook.ts'

/** Lines of one picture; the workbook has all of them. */
const MOST_LINES = 12
const MOST_DAYS = 62

type Input = CampaignRef & { by?: Dimension | undefined }

const ref = {
  campaignId: z.uuid().optional(),
  named: z.string().max(40).optional(),
}

/** 春茶活动怎么样了, how is the spring tea campaign going: what came of it. */
const HOW_IT_GOES =
  /^(?<zh>[^\s,，]{0,20}?)(?:这个|那个)?的?(?:营销)?活动(?:现在|目前|做得?|搞得?)?(?:的?(?:进展|效果|情况))?(?:怎么样|怎样|咋样|如何)了?[吗呢啊\s?？。]*$|^how(?:'s| is| did| was) (?:the |our )?(?<en>.{0,30}?) ?campaign(?: going| doing| go| do)?[\s?.]*$/i

function readFigures(rest: string): Reading<Input> {
  const { zh, en } = rest.match(HOW_IT_GOES)?.groups ?? {}
  const named = (zh ?? en ?? rest).trim()
  const asked = zh !== undefined || en !== undefined
  if (!asked && named === '') return { kind: 'no' }
  return { kind: 'understood', input: named ? { named } : {} }
}

/** The figures of a campaign as a picture with its numbers. */
export const showFigures = query<Input, Figures>({
  name: 'campaign-figures',
  concurrency: 'long',
  may: policy.showCampaign,
  help: {
    usage: { zh: '活动 数据 五一活动', en: 'campaign figures May Day' },
    purpose: { zh: '活动的漏斗、按经理、按天的数据', en: 'what came of a campaign, as a picture' },
  },
  phrases: {
    words: ['活动 数据', '活动数据', 'campaign figures'],
    shape: HOW_IT_GOES,
    lacks: asking({ zh: '哪个营销活动？', en: 'Which campaign?' }),
    read: readFigures,
  },
  input: z.object({ ...ref, by: z.enum(DIMENSIONS).optional() }),
  async load(tx, input, asker) {
    const { who, at } = asker
    const again = { command: 'campaign-figures', input, today: at.today }
    const campaign = await resolveCampaign(tx, who, input, again)
    if (campaign instanceof Refusal || campaign instanceof Choice) return campaign
    const scope = scopeOf(asker)
    const { by = null } = input
    return {
      campaign,
      totals: await totalsOf(tx, campaign.id, scope),
      needs: await needsFound(tx, campaign.id, scope),
      links: await linkCounts(tx, campaign.id, scope),
      trial: by ? null : await trialOf(tx, campaign, scope, at.today),
      by,
      lines: by
        ? await linesBy(tx, campaign.id, scope, by, by === 'day' ? MOST_DAYS : MOST_LINES)
        : [],
      own: scope.kind === 'own',
      idle:
        campaign.status === 'running'
          ? (await idleMembers(tx, campaign, scope, at)).map(({ name }) => name)
          : [],
      mayRemind: who.role in policy.remindAudience.reach,
    }
  },
  reply: (figures, _input, { who, at }) => drawnCard(figures, at.catalogue, who.language),
})

/** The card with its picture drawn. */
export async function drawnCard(
  figures: Figures,
  catalogue: Catalogue,
  language: Language,
): Promise<Card> {
  const { campaign, totals, by, lines } = figures
  const option = optionOf(campaign.name, totals, by, lines, language)
  const png = (await chartPng(option)).toString('base64')
  return figuresCard(figures, png, catalogue, language)
}

const optionOf = (
  name: string,
  totals: Counts,
  by: Dimension | null,
  lines: readonly Line[],
  language: Language,
) => {
  const say = speaker(language)
  return by ? linesOption(name, by, lines, say) : funnelOption(name, totals, say)
}

/** The picture alone, of what a scope sees: the funnel, or one dimension. */
export async function campaignPicture(
  tx: Queries,
  campaign: Campaign,
  scope: Scope,
  by: Dimension | null,
  language: Language,
): Promise<Buffer> {
  const most = by === 'day' ? MOST_DAYS : MOST_LINES
  const lines = by ? await linesBy(tx, campaign.id, scope, by, most) : []
  const totals = by ? NONE : await totalsOf(tx, campaign.id, scope)
  return chartPng(optionOf(campaign.name, totals, by, lines, language))
}

/** Everything that was counted, as a workbook. */
export const figuresBook = query<CampaignRef, { name: string; bytes: Buffer }>({
  name: 'campaign-workbook',
  concurrency: 'long',
  may: policy.exportFigures,
  help: {
    usage: { zh: '活动 表格 五一活动', en: 'campaign workbook May Day' },
    purpose: { zh: '活动数据的表格', en: 'the figures of a campaign as a workbook' },
  },
  phrases: {
    words: ['活动 表格', '活动表格', 'campaign workbook'],
    lacks: asking({ zh: '哪个营销活动？', en: 'Which campaign?' }),
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object(ref),
  async load(tx, input, asker) {
    const { who, at, givesOut } = asker
    const again = { command: 'campaign-workbook', input, today: at.today }
    const campaign = await resolveCampaign(tx, who, input, again)
    if (campaign instanceof Refusal || campaign instanceof Choice) return campaign
    const { file, rows } = await campaignBook(tx, campaign, scopeOf(asker), at, who)
    givesOut(rows)
    return { name: campaign.name, bytes: file }
  },
  reply: ({ name, bytes }, _input, { say }) => ({
    blocks: [
      { kind: 'text', text: say(`"${name}"的全部数据。`, `All figures of "${name}".`) },
      { kind: 'file', name: `${name}.xlsx`, base64: bytes.toString('base64') },
    ],
  }),
})
