import type { Block, Button, Card } from '../../core/card.ts'
import { inLanguage, type Language, type Say, speaker } from '../../core/text.ts'
import { isFaultTitle } from '../risk/headings.ts'
import { columnsOf, exampleIn } from './columns/choices.ts'
import { changeLabel } from './labels.ts'
import { LIST_LABELS, LIST_NOTES } from './lists/headings.ts'
import { type ImportRecord, RETURNED, subjectOf, type Verdict } from './rules.ts'

/** The card of an import as it stands. `ahead`: how many are gone on with before it. */
export function importCard(record: ImportRecord, language: Language, ahead = 0): Card {
  switch (record.state) {
    case 'preview':
      return previewCard(record, language)
    case 'reading':
    case 'checking':
    case 'running':
    case 'undoing':
      return progressCard(record, language, ahead)
    default:
      return resultCard(record, language)
  }
}

const cardOf = (record: ImportRecord, title: string, blocks: readonly Block[]): Card => ({
  title,
  subject: subjectOf(record.id),
  blocks,
})

const textOf = (lines: readonly (string | false | null | undefined)[]): Block => ({
  kind: 'text',
  text: lines.filter(Boolean).join('\n'),
})

function progressCard(record: ImportRecord, language: Language, ahead: number): Card {
  const say = speaker(language)
  const { fileName, state, rows } = record
  const next = Math.min(record.next, rows)
  const share = rows > 0 ? Math.floor((next / rows) * 100) : 0
  const doing =
    state === 'reading'
      ? say('正在读文件。', 'Reading the file.')
      : state === 'checking'
        ? say(`正在核对：${next} / ${rows} 行。`, `Checking: ${next} of ${rows} rows.`)
        : state === 'running'
          ? say(
              `正在写入：${next} / ${rows} 行，${share}%。`,
              `Writing: ${next} of ${rows} rows, ${share}%.`,
            )
          : say('正在撤销。', 'Taking it back.')
  return cardOf(record, say(`导入 · ${fileName}`, `Import · ${fileName}`), [
    textOf([
      doing,
      ahead > 0 && say(`前面还有 ${ahead} 份，请稍等。`, `${ahead} before it; please wait.`),
      say('好了会告诉您。', 'You will hear when it is done.'),
    ]),
  ])
}

const VERDICT_LINES: Readonly<Record<Verdict, (count: number, say: Say) => string>> = {
  new: (count, say) => say(`新客户 ${count} 位`, `New: ${count}`),
  changed: (count, say) => say(`有变化 ${count} 位`, `Changed: ${count}`),
  also: (count, say) => say(`同一客户的更多授信 ${count} 行`, `More of the same client: ${count}`),
  same: (count, say) => say(`没有变化 ${count} 位`, `The same: ${count}`),
  twice: (count, say) => say(`重复的行 ${count}`, `Repeated rows: ${count}`),
  listed: (count, say) =>
    say(`在负面清单上 ${count} 位，不录入`, `On the negative list, not entered: ${count}`),
  foreign: (count, say) =>
    say(`别人在服务 ${count} 位，不改动`, `Served by others, left alone: ${count}`),
  rejected: (count, say) => say(`不能采用 ${count} 行`, `Not to be used: ${count}`),
}

/** Kinds of change that are named. */
const MOST_CHANGES = 6
/** Columns that are shown with an example. */
const MOST_COLUMNS = 20

/** Of lists, whose rows are about all sorts of things. */
const LIST_LINES: typeof VERDICT_LINES = {
  ...VERDICT_LINES,
  new: (count, say) => say(`新的 ${count} 行`, `New: ${count}`),
  changed: (count, say) => say(`有变化 ${count} 行`, `Changed: ${count}`),
  same: (count, say) => say(`没有变化 ${count} 行`, `The same: ${count}`),
}

function countLines({ counts, kind }: ImportRecord, language: Language): string[] {
  const say = speaker(language)
  const words = kind === 'clients' ? VERDICT_LINES : LIST_LINES
  const lines = (Object.keys(VERDICT_LINES) as Verdict[]).flatMap((verdict) => {
    const count = counts.verdicts[verdict] ?? 0
    if (count === 0) return []
    const line = words[verdict](count, say)
    if (verdict === 'rejected') return [line, ...counts.why.map((each) => whyLine(each, say))]
    return [verdict === 'changed' ? `${line}${changesOf(counts.changes, language)}` : line]
  })
  return [
    ...lines.map((line) => (line.startsWith(' ') ? line : `· ${line}`)),
    ...(counts.history > 0
      ? [say(`· 历史记录 ${counts.history} 条`, `· Past talks and visits: ${counts.history}`)]
      : []),
    ...(counts.onFile > 0
      ? [
          say(
            `· 涉及在册客户 ${counts.onFile} 位`,
            `· Clients on file whom they mean: ${counts.onFile}`,
          ),
        ]
      : []),
    ...(counts.otherOwner > 0
      ? [
          say(
            `其中 ${counts.otherOwner} 位写的客户经理和在册的不同，没有改；要移交请用"交接"。`,
            `${counts.otherOwner} of them name another manager than on file, which is left as it is; hand clients over instead.`,
          ),
        ]
      : []),
  ]
}

const whyLine = ({ text, count }: ImportRecord['counts']['why'][number], say: Say): string =>
  say(`  ${count} 行：${text.zh}`, `  ${count}: ${text.en}`)

function changesOf(changes: Readonly<Record<string, number>>, language: Language): string {
  const say = speaker(language)
  const all = Object.entries(changes)
  if (all.length === 0) return ''
  const named = all
    .slice(0, MOST_CHANGES)
    .map(([key, count]) => `${inLanguage(changeLabel(key), language)} ${count}`)
  const more = all.length > MOST_CHANGES ? [say('等', 'and more')] : []
  return say(`（${[...named, ...more].join('、')}）`, ` (${[...named, ...more].join(', ')})`)
}

function mappingBlocks({ mapping, staffId }: ImportRecord, language: Language): Block[] {
  const say = speaker(language)
  const several = mapping.tables.length > 1
  const recalled = mapping.tables.flatMap((table) => table.recalled ?? [])[0]
  const tables = mapping.tables.map((table): Block => {
    const { sheet, columns } = table
    const heading = say('表里的列', 'Column')
    return {
      kind: 'table',
      columns: [
        several ? `${heading} · ${sheet}` : heading,
        say('读作', 'Read as'),
        say('例如', 'Example'),
      ],
      rows: columns
        .filter(({ column, barred }) => column && !barred)
        .slice(0, MOST_COLUMNS)
        .map(({ title, place, column }) => [
          title,
          inLanguage(columnsOf(table.kind)[column ?? '']?.label ?? { zh: '', en: '' }, language),
          exampleIn(table, place),
        ]),
    }
  })
  const asLastTime =
    recalled &&
    say(
      `按上次的列（${recalled.by} ${recalled.on}）。`,
      `Columns as last time (${recalled.by}, ${recalled.on}).`,
    )
  const hint = say(
    '哪一列读错了就说，例如"列 客户名=姓名"，不要的列"列 备注=不要"。',
    'If a column is taken for another, say "column customer=name", or "column notes=none" for none.',
  )
  return [
    ...tables,
    ...notReadBlock(mapping, language),
    textOf([asLastTime, staffId !== null && hint]),
  ]
}

function notReadBlock(mapping: ImportRecord['mapping'], language: Language): Block[] {
  const say = speaker(language)
  const all = mapping.tables.flatMap(({ columns }) => columns)
  const unread = all
    .filter(({ column, title }) => column === null && !isFaultTitle(title))
    .map(({ title }) => `"${title}"`)
  const barred = all.filter((each) => each.barred)
  const why = barred[0]?.barred
  const join = say('、', ', ')
  const lines = [
    unread.length > 0 &&
      say(`没有读的列：${unread.join(join)}。`, `Columns not read: ${unread.join(join)}.`),
    why &&
      say(
        `没有采用的列：${barred.map(({ title }) => `"${title}"`).join(join)}（${why.zh}）`,
        `Columns not taken: ${barred.map(({ title }) => `"${title}"`).join(join)} (${why.en})`,
      ),
    mapping.sheets.length > 0 &&
      say(
        `没有读的工作表：${mapping.sheets.join(join)}。`,
        `Sheets not read: ${mapping.sheets.join(join)}.`,
      ),
    mapping.hiddenRows > 0 &&
      say(
        `有 ${mapping.hiddenRows} 行被筛选隐藏，没有采用；要用就取消筛选再发一次。`,
        `Hidden rows: ${mapping.hiddenRows}; they were not taken. Show them and send the file again to take them.`,
      ),
    mapping.below.length > 0 &&
      say(
        `合计或落款，没有采用：${mapping.below.slice(0, 5).join(join)} 行。`,
        `Sums or signatures, not taken: rows ${mapping.below.slice(0, 5).join(join)}.`,
      ),
  ]
  return lines.some(Boolean) ? [textOf(lines)] : []
}

const returned = ({ counts }: ImportRecord): number =>
  RETURNED.reduce((sum, verdict) => sum + (counts.verdicts[verdict] ?? 0), 0)

const press = (
  command: string,
  { id }: ImportRecord,
  label: string,
  style?: 'primary',
): Button => ({
  label,
  intent: { command, input: { importId: id } },
  ...(style && { style }),
})

/** What would become of a book, and how it was understood, before anything is written. */
export function previewCard(record: ImportRecord, language: Language): Card {
  const say = speaker(language)
  const { verdicts, history } = record.counts
  const what =
    record.kind === 'clients' ? '' : `${inLanguage(LIST_LABELS[record.kind], language)} · `
  const does = (verdicts.new ?? 0) + (verdicts.changed ?? 0) + (verdicts.also ?? 0) + history > 0
  return cardOf(record, say(`导入预览 · ${record.fileName}`, `Preview · ${record.fileName}`), [
    record.fault
      ? textOf([inLanguage(record.fault, language)])
      : textOf([
          say(
            `${what}共 ${record.rows} 行，还没有写入：`,
            `${what}${record.rows} rows, nothing is written yet:`,
          ),
          ...countLines(record, language),
          record.kind !== 'clients' && does && inLanguage(LIST_NOTES[record.kind], language),
        ]),
    ...mappingBlocks(record, language),
    {
      kind: 'buttons',
      buttons: [
        ...(does ? [press('confirm-import', record, say('确认导入', 'Import'), 'primary')] : []),
        ...(returned(record) > 0
          ? [press('import-rejects', record, say('不采用的行', 'Rows not used'))]
          : []),
        press('drop-import', record, say('放弃', 'Drop')),
      ],
    },
  ])
}

/** What became of a book. */
export function resultCard(record: ImportRecord, language: Language): Card {
  const say = speaker(language)
  const { fileName, fault, state } = record
  const title = {
    done: say(`已导入 · ${fileName}`, `Imported · ${fileName}`),
    undone: say(`已撤销导入 · ${fileName}`, `Import taken back · ${fileName}`),
    dropped: say(`已放弃 · ${fileName}`, `Dropped · ${fileName}`),
  }[state as string]
  if (state === 'dropped') return cardOf(record, title ?? '', [textOf([NOTHING(say)])])
  if (fault) {
    const head = title ?? say(`没有导入 · ${fileName}`, `Not imported · ${fileName}`)
    return cardOf(record, head, [textOf([inLanguage(fault, language)])])
  }
  const { undone } = record.counts
  const buttons = [
    ...(returned(record) + (undone?.stays ?? 0) > 0
      ? [press('import-rejects', record, say('不采用的行', 'Rows not used'))]
      : []),
    ...(state === 'done' ? [press('undo-import', record, say('撤销导入', 'Undo import'))] : []),
  ]
  return cardOf(record, title ?? fileName, [
    textOf(undone ? undoneLines(undone, say) : countLines(record, language)),
    ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
  ])
}

const undoneLines = ({ back, stays }: NonNullable<ImportRecord['counts']['undone']>, say: Say) => [
  say(`· 已撤销 ${back} 行`, `· Rows taken back: ${back}`),
  stays > 0 &&
    say(
      `· 留下 ${stays} 行：导入以后有人跟进或改过，原因见"不采用的行"`,
      `· Rows that stay, as somebody worked on them since: ${stays}; see "Rows not used"`,
    ),
]

const NOTHING = (say: Say): string => say('什么都没有写入。', 'Nothing was written.')
