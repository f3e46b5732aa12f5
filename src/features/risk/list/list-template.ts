import { templateQuery } from '../../../bot/template.ts'
import * as policy from '../policy.ts'
import { template } from '../workbooks.ts'

/** The empty workbook of the negative list. */
export const listTemplate = templateQuery({
  name: 'negative-template',
  may: policy.keepNegativeList,
  help: {
    usage: { zh: '负面 模板', en: 'negative template' },
    purpose: { zh: '负面清单的空表格', en: 'an empty workbook for the negative list' },
  },
  words: ['负面 模板', '负面模板', 'negative template'],
  workbook: ({ language }) => template('list', language),
})
