import type { Moment } from '../../../bot/moment.ts'
import type { Scope } from '../../../bot/policy.ts'
import type { Actor } from '../../../core/staff.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type SheetToWrite, writeWorkbook } from '../../../infra/sheets/spreadsheet.ts'
import { sheetNameOf, takenBy } from '../../../infra/sheets/writing/taken.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { Campaign } from '../rules.ts'
import { broughtBy, MEASURES } from '../trial/rules.ts'
import { trialOf } from '../trial/store.ts'
import { named } from './cards.ts'
import { dimensionLabel, stepLabel } from './labels.ts'
import { DIMENSIONS, NONE, percent, STEPS } from './rules.ts'
import { addressedBy, linesBy, needsFound, totalsOf } from './store.ts'

/** More managers than any bank of this kind has. */
const MOST = 50_000

/** A sheet of totals against targets, one for each dimension, and the needs that were found. */
export async function campaignBook(
  tx: Queries,
  campaign: Campaign,
  scope: Scope,
  at: Pick<Moment, 'now' | 'today' | 'timezone' | 'catalogue'>,
  who: Pick<Actor, 'name' | 'code' | 'language'>,
): Promise<{ readonly file: Buffer; readonly rows: number }> {
  const { today, catalogue } = at
  const { language } = who
  const say = speaker(language)
  const totals = await totalsOf(tx, campaign.id, scope)
  const steps = STEPS.map((step) => ({ title: stepLabel(step, say), width: 10 }))
  const sheets: SheetToWrite[] = [
    {
      name: sheetNameOf(say('合计', 'Totals'), takenBy(who, at)),
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
  const trial = await trialOf(tx, campaign, scope, today)
  if (trial) {
    const { approached, heldOut } = trial
    sheets.push({
      name: say('对照', 'Control'),
      columns: [
        { title: say('步骤', 'Step'), width: 14 },
        { title: say('营销客户', 'Approached'), width: 12 },
        { title: say('营销达到', 'Approached, came to it'), width: 12 },
        { title: say('对照客户', 'Held out'), width: 12 },
        { title: say('对照达到', 'Held out, came to it'), width: 12 },
        { title: say('活动带来', 'Brought'), width: 12 },
        { title: say('95% 下限', '95 % from'), width: 12 },
        { title: say('95% 上限', '95 % to'), width: 12 },
      ],
      rows: MEASURES.map((measure) => {
        const brought = broughtBy(trial, measure)
        return [
          stepLabel(measure, say),
          ...[approached.clients, approached.reached[measure]],
          ...[heldOut.clients, heldOut.reached[measure]],
          ...[brought?.value ?? null, brought?.from ?? null, brought?.to ?? null],
        ]
      }),
    })
  }
  const addressed = await addressedBy(tx, campaign, scope)
  for (const dimension of DIMENSIONS) {
    const counted = await linesBy(tx, campaign.id, scope, dimension, MOST)
    const keys = new Set(counted.map(({ key }) => key))
    // Whoever reached nobody has a row, too.
    const others = addressed.filter((each) => each.dimension === dimension && !keys.has(each.key))
    const lines = [...counted, ...others.map(({ label }) => ({ label, ...NONE }))]
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
  const file = await writeWorkbook({ marker: null, sheets })
  return { file, rows: sheets.reduce((sum, { rows }) => sum + rows.length, 0) }
}
