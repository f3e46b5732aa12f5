import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { pathOf } from '../../bot/policy.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { takenBy } from '../../infra/sheets/writing/taken.ts'
import { departmentNamed } from '../catalogue/store.ts'
import { figuresCard } from './cards.ts'
import { RHYTHM_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { openCard } from './row-cards.ts'
import type { Reason, Rhythm, Row } from './rules.ts'
import { type HandOverFigure, handOverFigures, openRows, reasonsGiven, setRhythm } from './store.ts'
import { handOverBook } from './workbook.ts'

const PERIOD_DAYS = 90

type Facts =
  | { readonly open: readonly Row[]; readonly from: number }
  | {
      readonly figures: readonly HandOverFigure[]
      readonly reasons: readonly { readonly reason: Reason; readonly count: number }[]
    }

/** `移交`: to a department what waits for it, to others what became of what they handed over. */
export const showHandOver = query<{ from: number }, Facts>({
  name: 'hand-over',
  may: policy.showHandOver,
  help: {
    usage: { zh: '移交', en: 'hand-over' },
    purpose: {
      zh: '移交的需求：待办，或办得怎么样',
      en: 'needs handed over: what waits, or what became of them',
    },
  },
  phrases: {
    words: ['移交', '有没有新的需求', '有没有新的单子', '有新的需求吗', 'hand-over', 'handover'],
    read: wholeLine({}),
  },
  input: z.object({ from: z.int().min(0).default(0) }),
  async load(tx, { from }, asker) {
    const { who, reach, at } = asker
    if (reach === 'self') return { open: await openRows(tx, who.unitPath), from }
    const since = addDays(at.today, -PERIOD_DAYS)
    const path = pathOf(asker)
    return {
      figures: await handOverFigures(tx, { registeredBelow: path }, since),
      reasons: await reasonsGiven(tx, path, since),
    }
  },
  reply: (facts, _input, { who, at }) =>
    'open' in facts
      ? openCard(facts.open, facts.from, at, who.language)
      : figuresCard(facts.figures, facts.reasons, at.catalogue, who.language),
})

/** `移交 数据` for a department: what it got and how it answered. */
export const departmentFigures = query<unknown, Exclude<Facts, { open: unknown }>>({
  name: 'department-figures',
  may: policy.seeOwnRows,
  help: {
    usage: { zh: '移交 数据', en: 'hand-over figures' },
    purpose: {
      zh: '本部门收到的移交和答复情况',
      en: 'what your department got, and how it answered',
    },
  },
  phrases: { words: ['移交 数据', '移交数据', 'hand-over figures'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who, at }) {
    const since: Day = addDays(at.today, -PERIOD_DAYS)
    return {
      figures: await handOverFigures(tx, { department: who.unitPath }, since),
      reasons: await reasonsGiven(tx, who.unitPath, since),
    }
  },
  reply: ({ figures, reasons }, _input, { who, at }) =>
    figuresCard(figures, reasons, at.catalogue, who.language),
})

/** `移交 表格`: everything that waits, as the workbook to answer in. */
export const openBook = query<unknown, { rows: readonly Row[]; book: Buffer }>({
  name: 'hand-over-workbook',
  concurrency: 'long',
  may: policy.seeOwnRows,
  help: {
    usage: { zh: '移交 表格', en: 'hand-over workbook' },
    purpose: { zh: '全部待办的移交，填好发回', en: 'all that waits, to fill in and send back' },
  },
  phrases: { words: ['移交 表格', '移交表格', 'hand-over workbook'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who, at, givesOut }) {
    const rows = await openRows(tx, who.unitPath)
    if (rows.length === 0) {
      return refuse('没有待办的移交。', 'Nothing handed over waits for you.')
    }
    givesOut(rows.length)
    return { rows, book: await handOverBook(rows, at.catalogue, who.language, takenBy(who, at)) }
  },
  reply: ({ rows, book }, _input, { say, at }) => ({
    blocks: [
      { kind: 'text', text: say(`待办 ${rows.length} 条。`, `${rows.length} wait.`) },
      {
        kind: 'file',
        name: `${say('移交名单', 'hand-over')}-${at.today}.xlsx`,
        base64: book.toString('base64'),
      },
    ],
  }),
})

interface RhythmInput {
  readonly department: string
  readonly rhythm: Rhythm
}

/** `移交 支付结算部 每周三`: when a department gets its list. */
export const changeRhythm = command<
  RhythmInput,
  { code: string; name: string },
  { code: string; name: string; rhythm: Rhythm }
>({
  name: 'hand-over-rhythm',
  may: policy.setRhythm,
  help: {
    usage: { zh: '移交 支付结算部 每周三', en: 'hand-over Payments every Wed' },
    purpose: {
      zh: '部门什么时候收移交名单：每周几，或每天',
      en: 'when a department gets its list: a weekday, or every day',
    },
  },
  phrases: RHYTHM_PHRASES,
  input: z.object({
    department: z.string().trim().min(1).max(60),
    rhythm: z.discriminatedUnion('every', [
      z.object({ every: z.literal('day') }),
      z.object({ every: z.literal('week'), on: z.coerce.number().int().min(1).max(5) }),
    ]),
  }),
  async load(tx, { department }) {
    const unit = await departmentNamed(tx, department)
    if (!unit) return refuse(`没有部门"${department}"。`, `There is no department "${department}".`)
    const { code } = await tx.unit.findUniqueOrThrow({ where: { id: unit.id } })
    return { code, name: unit.name }
  },
  decide: (unit, { rhythm }) => ({ ...unit, rhythm }),
  save: (tx, { code, rhythm }) => setRhythm(tx, code, rhythm),
  reply: ({ name, rhythm }, _facts, { say }) =>
    textCard(
      rhythm.every === 'day'
        ? say(`${name}以后每个工作日收到名单。`, `${name} now gets its list each workday.`)
        : say(
            `${name}以后每周${'一二三四五'[rhythm.on - 1]}收到名单。`,
            `${name} now gets its list each ${WEEKDAYS[rhythm.on - 1]}.`,
          ),
    ),
})

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
