import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { pathOf } from '../../bot/policy.ts'
import { figuresBook, figuresName } from './figures-book.ts'
import * as policy from './policy.ts'

/** The figures of the pages, of one's units, as a workbook. */
export const exportFigures = query<unknown, { file: Buffer }>({
  name: 'export-figures',
  may: policy.readDesk,
  concurrency: 'long',
  help: {
    usage: { zh: '导出 数据', en: 'export figures' },
    purpose: {
      zh: '分层、变动、任务和转介的数据表格',
      en: 'tiers, moves, work and referrals as a workbook',
    },
  },
  phrases: {
    words: ['导出 数据', '导出数据', '导出 报表', 'export figures'],
    read: wholeLine({}),
  },
  input: z.unknown(),
  async load(tx, _input, asker) {
    const { who, at, givesOut } = asker
    const { file, rows } = await figuresBook(tx, pathOf(asker), at, who)
    givesOut(rows)
    return { file }
  },
  reply: ({ file }, _input, { at, who, say }) => ({
    blocks: [
      {
        kind: 'text',
        text: say('本机构到今天的数据。', 'The figures of your units up to today.'),
      },
      {
        kind: 'file',
        name: figuresName(at.today, who.language),
        base64: file.toString('base64'),
      },
    ],
  }),
})
