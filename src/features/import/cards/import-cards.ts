import type { Block, Button, Card } from '../../../core/card.ts'
import { inLanguage, type Language, type Say, speaker } from '../../../core/text.ts'
import { LIST_LABELS, LIST_NOTES } from '../lists/headings.ts'
import { type ImportRecord, RETURNED, subjectOf, writesAnything } from '../rules.ts'
import { columnBlocks, textOf } from './column-cards.ts'
import { countLines } from './count-cards.ts'

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
  const what =
    record.kind === 'clients' ? '' : `${inLanguage(LIST_LABELS[record.kind], language)} · `
  const does = writesAnything(record)
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
    ...columnBlocks(record, language),
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
