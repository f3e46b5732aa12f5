import type { Scope } from '../../../bot/policy.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type SheetToWrite, writeWorkbook } from '../../../infra/sheets/spreadsheet.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { Campaign } from '../rules.ts'
import { named } from './cards.ts'
import { dimensionLabel, stepLabel } from './labels.ts'
import { DIMENSIONS, percent, STEPS } from './rules.ts'
import { linesBy, needsFound, totalsOf } from './store.ts'

/** More managers than any bank of this kind has. */
const MOST = 50_000

/** A sheet of totals against targets, one for each dimension, and the needs that were found. */
export async function campaignBook(
  tx: Queries,
  campaign: Campaign,
  scope: Scope,
  catalogue: Catalogue,
  language: Language,
): Promise<Buffer> {
  const say = speaker(language)
  const totals = await totalsOf(tx, campaign.id, scope)
  const steps = STEPS.map((step) => ({ title: stepLabel(step, say), width: 10 }))
  const sheets: SheetToWrite[] = [
    {
      name: say('合计', 'Totals'),
      columns: [
        { title: say('步骤', 'Step'), width: 14 },
        { title: say('客户', 'Clients'), width: 10 },
        { title: say('占触达 %', '% of reached'), width: 14 },
        { title: say('目标', 'Target'), width: 10 },
      ],
      rows: STEPS.map((step) => [
        stepLabel(step, say),
        totals[step],
        percent(totals[step], totals.reached),
        step === 'responded' ? null : campaign.targets[step],
      ]),
    },
  ]
  for (const dimension of DIMENSIONS) {
    const lines = await linesBy(tx, campaign.id, scope, dimension, MOST)
    sheets.push({
      name: dimensionLabel(dimension, say),
      columns: [
        {
          title: dimensionLabel(dimension, say),
          width: 20,
          holds: dimension === 'day' ? 'day' : 'text',
        },
        ...steps,
      ],
      rows: lines.map((line) => [named(line.label, say), ...STEPS.map((step) => line[step])]),
    })
  }
  const needs = await needsFound(tx, campaign.id, scope)
  sheets.push({
    name: say('需求', 'Needs'),
    columns: [
      { title: say('产品', 'Product'), width: 20 },
      { title: say('数量', 'Count'), width: 10 },
    ],
    rows: needs.map(({ product, count }) => [productLabel(catalogue, product, language), count]),
  })
  return writeWorkbook({ marker: null, sheets })
}
