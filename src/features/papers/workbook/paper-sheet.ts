import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { textCard } from '../../../core/card.ts'
import { writeWorkbook } from '../../../infra/sheets/spreadsheet.ts'
import { productLabel } from '../../catalogue/rules.ts'
import * as policy from '../policy.ts'
import { papersFor } from '../store.ts'
import { MARKER, MOST_ROWS } from './rows.ts'

/** The library as a workbook, to be changed and sent back. */
export const paperSheet = query<unknown, Buffer>({
  name: 'paper-sheet',
  may: policy.keepPapers,
  help: {
    usage: { zh: '资料表', en: 'paper sheet' },
    purpose: {
      zh: '资料库的表格，改好、加行后发回来',
      en: 'the library as a workbook, to be changed and sent back',
    },
  },
  phrases: { words: ['资料表', '资料库表格', 'paper sheet'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { at }) {
    const all = { product: null, words: [] }
    const looking = { validOn: null, timezone: at.timezone }
    const papers = await papersFor(tx, all, looking, { from: 0, most: MOST_ROWS })
    return writeWorkbook({
      marker: MARKER,
      sheets: [
        {
          name: '资料',
          columns: [
            { title: '标题', width: 24, holds: 'text' },
            { title: '产品', width: 16 },
            { title: '关键词', width: 20, holds: 'text' },
            { title: '正文', width: 60, holds: 'text' },
            { title: '有效期至', width: 14, holds: 'day' },
            { title: '形式', width: 8 },
            { title: '撤下', width: 8, options: ['是'] },
          ],
          rows: papers.map((paper) => [
            paper.title,
            paper.product && productLabel(at.catalogue, paper.product, 'zh'),
            paper.words.join('、'),
            paper.body,
            paper.validUntil,
            paper.uploadId === null ? '文字' : '文件',
            null,
          ]),
        },
      ],
    })
  },
  reply: (file, _input, { say }) =>
    textCard(
      say(
        '改好或加行后发回来；不在表里的不动，"撤下"写 是 的撤下，文件只能在聊天里换。',
        'Change it or add rows and send it back. What is not in it stays; what says 是 under 撤下 is taken away; files are replaced in chat.',
      ),
      { kind: 'file', name: say('资料库.xlsx', 'papers.xlsx'), base64: file.toString('base64') },
    ),
})
