import type { Feature } from '../../bot/feature.ts'
import { endPaper, keepPaper } from './keep-paper.ts'
import { showPapers } from './show-papers.ts'
import { importPapers } from './workbook/import-papers.ts'
import { paperSheet } from './workbook/paper-sheet.ts'

export const papers: Feature = {
  topic: { zh: '资料库', en: 'papers' },
  commands: [showPapers, keepPaper, endPaper, paperSheet, importPapers],
}
