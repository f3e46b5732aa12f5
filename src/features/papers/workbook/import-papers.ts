import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wantsFile } from '../../../bot/grammar/reading.ts'
import { uploadedWorkbook } from '../../../bot/inbox/uploads.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { text } from '../../../core/text.ts'
import * as policy from '../policy.ts'
import { endPapers, keepPapers, papersFor } from '../store.ts'
import { MARKER, MOST_ROWS, type PaperChanges, paperRows } from './rows.ts'

/** So many faults are named. */
const NAMED = 5

/** The library as it came back: all of its rows, or none. */
export const importPapers = command<{ uploadId: string }, PaperChanges, PaperChanges>({
  name: 'import-papers',
  may: policy.keepPapers,
  concurrency: 'long',
  files: { marker: MARKER },
  help: {
    usage: { zh: '资料库 导入', en: 'papers import' },
    purpose: { zh: '把改好的资料表发回来', en: 'send the paper sheet back' },
  },
  phrases: {
    words: ['资料库 导入', '资料库导入', '导入资料', 'papers import'],
    read: wantsFile(
      text(
        '请发来资料表（说"资料表"得到现在的）。',
        'Send the paper sheet ("paper sheet" gives the present one).',
      ),
    ),
  },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, { who, at }) {
    const workbook = await uploadedWorkbook(tx, uploadId, who.id)
    if (workbook instanceof Refusal) return workbook
    const looking = { validOn: null, timezone: at.timezone }
    const all = { product: null, words: [] }
    const papers = await papersFor(tx, all, looking, { from: 0, most: MOST_ROWS })
    const read = paperRows(workbook, papers, at)
    if (!read) {
      return refuse(
        '表格里没有"标题"这一列。发"资料表"得到模板。',
        'The workbook has no column of titles. Say "paper sheet" for one.',
      )
    }
    if (!('faults' in read)) return read
    const { faults } = read
    const some = faults.slice(0, NAMED)
    return refuse(
      `资料表有 ${faults.length} 行不对，没有改动：\n${some.map(({ row, why }) => `第 ${row} 行：${why.zh}`).join('\n')}\n改好再发一次。`,
      `${faults.length} rows are wrong and nothing was changed:\n${some.map(({ row, why }) => `row ${row}: ${why.en}`).join('\n')}\nMend them and send it again.`,
    )
  },
  decide: (changes) =>
    changes.kept.length + changes.ended.length > 0
      ? changes
      : refuse('和资料库一样，没有改动。', 'That is what the library has; nothing was changed.'),
  async save(tx, { kept, ended }, { who, actId, at }) {
    const by = { staffId: who.id, actId, now: at.now }
    if (kept.length > 0) await keepPapers(tx, kept, by)
    if (ended.length > 0) await endPapers(tx, ended, by)
  },
  reply: ({ kept, ended, same }, _facts, { say }) =>
    textCard(
      say(
        `资料库：新增或更新 ${kept.length} 份，撤下 ${ended.length} 份，没变 ${same} 份。`,
        `Library: ${kept.length} kept, ${ended.length} taken away, ${same} as before.`,
      ),
    ),
})
