import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { each, pathOf } from '../../bot/policy.ts'
import { textCard } from '../../core/card.ts'
import { writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import * as policy from './policy.ts'
import { type Holder, idOf, isAmount, MEASURE_LABELS, MEASURES, type Measure } from './rules.ts'
import { namedSpan, type Span } from './span.ts'
import { holdersBelow, targetsOf } from './store.ts'

/** By which the sheet is known when it comes back. */
export const MARKER = 'quotas'
/** Until this day of a month that has no quotas yet the sheet is for it, and from then on for the next. */
const FIRST_HALF = 15
/** The columns of month and code: a program must leave them as they are. */
const CODES = 2

/** The sheet to fill in: everybody and every unit below. */
export const quotaSheet = query<unknown, { file: Buffer; month: Span }>({
  name: 'quota-sheet',
  concurrency: 'long',
  may: each(policy.setQuotas),
  help: {
    usage: { zh: '指标表', en: 'quota sheet' },
    purpose: {
      zh: '下载指标表，填好发回来，看过预览确认后生效',
      en: 'a sheet of quotas to fill in and send back',
    },
  },
  phrases: { words: ['指标表', 'quota sheet'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, asker) {
    const { at } = asker
    const [now, next] = [
      namedSpan('this', 'month', at.today),
      namedSpan('next', 'month', at.today),
    ] as const
    const holders = (await holdersBelow(tx, pathOf(asker), null)).filter(
      (holder) => policy.setQuotas.judge(asker.who, holder) === null,
    )
    const set = await targetsOf(tx, holders.map(idOf), [now, next])
    const begun = Number(at.today.slice(8)) <= FIRST_HALF
    const isSet = [...set.keys()].some((key) => key.split(' ')[1] === now)
    const month = begun && !isSet ? now : next
    const target = (holder: Holder, measure: Measure) =>
      set.get(`${idOf(holder)} ${month} ${measure}`)?.target ?? null
    const file = await writeWorkbook({
      marker: MARKER,
      sheets: [
        {
          name: '指标',
          columns: [
            '月份',
            '代码',
            '名称',
            ...MEASURES.map(
              (measure) => `${MEASURE_LABELS[measure].zh}${isAmount(measure) ? '(元)' : ''}`,
            ),
          ].map((title, at) => ({
            title,
            width: 12,
            ...(at < CODES && { holds: 'text' as const }),
          })),
          rows: holders.map((holder) => [
            month,
            holder.code,
            holder.name,
            ...MEASURES.map((measure) => target(holder, measure)),
          ]),
        },
      ],
    })
    return { file, month }
  },
  reply: ({ file, month }, _input, { say }) =>
    textCard(
      say(
        '填好数字发回来，看过预览确认后生效；空着的不变，0 为取消；月份也可以写季度 2026-Q4 或年 2026。',
        'Fill in the numbers and send it back; you see what would change before it counts. Blank leaves a quota as it is, 0 takes it away; a quarter is written 2026-Q4, a year 2026.',
      ),
      {
        kind: 'file',
        name: `${say('指标', 'quotas')}-${month}.xlsx`,
        base64: file.toString('base64'),
      },
    ),
})
