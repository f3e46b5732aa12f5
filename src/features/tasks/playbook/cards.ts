import type { Moment } from '../../../bot/moment.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { inLanguage, type Language, type Say, speaker, type Text } from '../../../core/text.ts'
import { writeValue } from '../../playbook/cells/cells-rules.ts'
import { outcomeRows } from '../../playbook/cells/outcome-values.ts'
import { SHEETS, type Value } from '../../playbook/cells/sheets.ts'
import { type Body, valueAt, valuesOf } from '../../playbook/cells/values-rules.ts'
import type { TaskKind } from '../../playbook/rules.ts'
import { taskLabel } from '../labels.ts'
import type { Desk } from './check.ts'
import type { Foreseen } from './foresee.ts'
import { rowName, tierName, valueName } from './value-names.ts'
import type { SheetFault } from './workbook.ts'

const button = (label: string, command: string, input: object = {}): Button => ({
  label,
  intent: { command, input },
})

/** A cell in one language: `电话 call` → 电话. */
function written({ type, path }: Value, body: Body, say: Say): string {
  const cell = writeValue(type, valueAt(body, path))
  if (cell === null) return say('无', 'none')
  if (type === 'yuan or none') return say(sayYuan(Number(cell), 'zh'), sayYuan(Number(cell), 'en'))
  const text = String(cell)
  if (type === 'tiers') {
    return text
      .split('、')
      .map((tier) => say(tierName(tier, 'zh'), tierName(tier, 'en')))
      .join('、')
  }
  if (/^(?:after|soon)/.test(type)) {
    const en = text.replace(' 个工作日', ' workdays').replace(' 天', ' days')
    return say(text, en.replace(' 小时', ' hours'))
  }
  if (!/^(?:kind|next|stage|asks|yes)/.test(type)) return text
  return say(text.split(' ')[0] ?? text, text.replace(/^\S+ /, ''))
}

export interface Change {
  readonly value: Value
  readonly before: Body
  readonly after: Body
}

/** The values in which two playbooks differ. */
export function changesOf(before: Body, after: Body): Change[] {
  const tiers = [...new Set([...Object.keys(before.care), ...Object.keys(after.care)])]
  const rows = new Map(
    [...outcomeRows(before.outcomes), ...outcomeRows(after.outcomes)].map((row) => [row.code, row]),
  )
  return valuesOf(tiers, [...rows.values()])
    .filter(({ path, type }) => {
      return writeValue(type, valueAt(before, path)) !== writeValue(type, valueAt(after, path))
    })
    .map((value) => ({ value, before, after }))
}

const sayChange = ({ value, before, after }: Change, language: Language): string => {
  const say = speaker(language)
  return `${valueName(value, language)}：${written(value, before, say)} → **${written(value, after, say)}**`
}

/** More than a phone shows at once. */
const MOST_LINES = 30

const linesBlock = (lines: readonly string[], say: Say): Block => {
  const more = lines.length - MOST_LINES
  const rest = more > 0 ? [say(`…还有 ${more} 处`, `… and ${more} more`)] : []
  return { kind: 'text', text: [...lines.slice(0, MOST_LINES), ...rest].join('\n') }
}

/** Of a kind of outcome a message shows what follows it and its stage; the workbook has the rest. */
const OUTCOME_COLUMNS = [6, 7, 8, 5]

/** The playbook in force, sheet by sheet, and what the draft would change. */
export function playbookCard(desk: Desk, edits: boolean, at: Moment, language: Language): Card {
  const say = speaker(language)
  const { version, effectiveFrom } = desk.inForce
  const values = Map.groupBy(
    valuesOf(Object.keys(desk.body.care), outcomeRows(desk.body.outcomes)),
    ({ sheet }) => sheet,
  )
  const since = sayDay(effectiveFrom ?? at.today, at.today, language)
  const blocks = [...values].map(([sheet, of]): Block => {
    const rows = Map.groupBy(of, (value) => rowName(value, language))
    const { columns, name } = SHEETS[sheet]
    const shown = sheet === 'outcomes' ? OUTCOME_COLUMNS : columns.map((_, at) => at).slice(1)
    return {
      kind: 'table',
      columns: [
        inLanguage(name, language),
        ...shown.flatMap((at) => (columns[at] ? inLanguage(columns[at], language) : [])),
      ],
      rows: [...rows].map(([row, cells]) => [
        row,
        ...shown.flatMap((at) => {
          const cell = cells.find(({ column }) => column === at)
          return cell ? written(cell, desk.body, say) : []
        }),
      ]),
    }
  })
  const changes = desk.draftBody ? changesOf(desk.follows, desk.draftBody) : []
  return {
    title: say(`打法 第 ${version} 版`, `Playbook, version ${version}`),
    blocks: [
      { kind: 'text', text: say(`${since}起生效。`, `In force since ${since}.`) },
      ...blocks,
      ...(desk.draft ? draftBlocks(changes, say, language) : []),
      {
        kind: 'buttons',
        buttons: [
          button(say('导出', 'Export'), 'export-playbook'),
          ...(edits && desk.draft ? [button(say('试算', 'Dry run'), 'try-playbook')] : []),
        ],
      },
    ],
  }
}

const draftBlocks = (changes: readonly Change[], say: Say, language: Language): Block[] => [
  {
    kind: 'text',
    text: say(`草稿改动 ${changes.length} 处：`, `The draft changes ${changes.length}:`),
  },
  linesBlock(
    changes.map((change) => sayChange(change, language)),
    say,
  ),
]

/** What a draft now changes, and what is to be done with it. */
export function draftCard(before: Body, after: Body, language: Language): Card {
  const say = speaker(language)
  const changes = changesOf(before, after)
  return {
    blocks: [
      ...(changes.length > 0
        ? draftBlocks(changes, say, language)
        : [
            {
              kind: 'text',
              text: say('草稿和现行打法一样。', 'The draft is the same as the playbook in force.'),
            } as const,
          ]),
      {
        kind: 'buttons',
        buttons: [
          button(say('试算', 'Dry run'), 'try-playbook'),
          button(say('撤回草稿', 'Drop the draft'), 'drop-playbook'),
        ],
      },
    ],
  }
}

/** Where a workbook is wrong: sheet, row, column, and why. */
export function faultsText(faults: readonly SheetFault[]): Text {
  const lines = (language: Language) => {
    const say = speaker(language)
    const shown = faults.slice(0, MOST_LINES).map(({ sheet, row, column, because }) => {
      const at = [sheet, row && say(`第 ${row} 行`, `row ${row}`), column].filter(Boolean)
      return `${at.join(' · ')}：${inLanguage(because, language)}`
    })
    const more = faults.length - shown.length
    return [...shown, ...(more > 0 ? [say(`…还有 ${more} 处`, `… and ${more} more`)] : [])]
  }
  return {
    zh: [`打法有 ${faults.length} 处要改，没有存成草稿：`, ...lines('zh')].join('\n'),
    en: [`${faults.length} to be mended; nothing was kept:`, ...lines('en')].join('\n'),
  }
}

const MOST_MANAGERS = 10

/** How many tasks more or fewer a draft makes in the weeks to come. */
export function foreseenCard(
  { kinds, managers, until }: Foreseen,
  changes: readonly Change[],
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const signed = (before: number, after: number) =>
    after === before ? '±0' : `${after > before ? '+' : '−'}${Math.abs(after - before)}`
  const line = ({ before, after }: { before: number; after: number }) => [
    `${before}`,
    `${after}`,
    signed(before, after),
  ]
  const columns = [say('现行', 'Now'), say('草稿', 'Draft'), say('增减', 'Change')]
  const moved = managers.filter(({ before, after }) => before !== after)
  return {
    title: say('打法试算', 'Dry run of the playbook'),
    blocks: [
      ...draftBlocks(changes, say, language),
      {
        kind: 'text',
        text: say(
          `今天到${sayDay(until, at.today, 'zh')}（4 周），例行和提醒会排出的任务：`,
          `Tasks that rhythm and events make from today to ${sayDay(until, at.today, 'en')} (4 weeks):`,
        ),
      },
      {
        kind: 'table',
        columns: [say('任务', 'Task'), ...columns],
        rows: kinds.map((each) => [taskLabel(each.kind as TaskKind, say), ...line(each)]),
      },
      ...(moved.length > 0
        ? [
            {
              kind: 'table',
              columns: [say('客户经理', 'Manager'), ...columns],
              rows: moved.slice(0, MOST_MANAGERS).map((each) => [each.name, ...line(each)]),
            } as const,
          ]
        : []),
      {
        kind: 'text',
        text:
          moved.length > MOST_MANAGERS
            ? say(
                `另有 ${moved.length - MOST_MANAGERS} 位经理有增减。发布要由另一位同事：打法 发布 ${nextDay(at)}`,
                `${moved.length - MOST_MANAGERS} more managers change. Another colleague publishes it: playbook publish ${nextDay(at)}`,
              )
            : say(
                `发布要由另一位同事：打法 发布 ${nextDay(at)}`,
                `Another colleague publishes it: playbook publish ${nextDay(at)}`,
              ),
      },
    ],
  }
}

const nextDay = ({ workdays, today }: Moment): Day => workdays.next(today)
