import type { Feature } from '../../bot/feature.ts'
import { chooseColumns } from './columns/choose-columns.ts'
import { confirmImport, dropImport } from './decide-import.ts'
import { importWork } from './import-work.ts'
import { importExits, importNegative, takeQuotaSheet } from './lists/start-lists.ts'
import { importRejects, showImports, standingImport } from './show-imports.ts'
import { importClients, importTemplate } from './start-import.ts'
import { purgeImports } from './undo/purge-imports.ts'
import { undoImport } from './undo/undo-import.ts'
import { undoNegative } from './undo/undo-negative.ts'

export const imports: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [
    ...[importClients, importTemplate, confirmImport, dropImport],
    ...[chooseColumns, importRejects, showImports, undoImport],
  ],
  works: [importWork],
  jobs: [purgeImports],
  liveCards: [standingImport],
}

/** Lists of risk that come in by the same door. */
export const riskLists: Feature = {
  topic: { zh: '风险', en: 'risk' },
  commands: [importNegative, importExits],
  requestKinds: [undoNegative],
}

/** What people are to reach, by the same door. */
export const quotaLists: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [takeQuotaSheet],
}
