import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import * as policy from '../policy.ts'
import { template } from '../workbooks.ts'

/** The empty workbook of the negative list. */
export const listTemplate = query<unknown, null>({
  name: 'negative-template',
  may: policy.keepNegativeList,
  help: {
    usage: { zh: '负面 模板', en: 'negative template' },
    purpose: { zh: '负面清单的空表格', en: 'an empty workbook for the negative list' },
  },
  phrases: { words: ['负面 模板', '负面模板', 'negative template'], read: wholeLine({}) },
  input: z.unknown(),
  load: async () => null,
  reply: async (_facts, _input, { who, say }) => ({
    blocks: [
      {
        kind: 'text',
        text: say('填好后把文件发给我就行。', 'Fill it in and send the file to me.'),
      },
      await template('list', who.language),
    ],
  }),
})
