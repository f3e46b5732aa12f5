import type { Feature } from '../../bot/feature.ts'
import { chooseColumns } from './columns/choose-columns.ts'
import { confirmImport, dropImport } from './decide-import.ts'
import { importWork } from './import-work.ts'
import { accountSheet } from './lists/account-sheet.ts'
import { importAccounts, importExits, importNegative, takeQuotaSheet } from './lists/start-lists.ts'
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

/** What people are to reach and where they are reached, by the same door. */
export const teamLists: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [takeQuotaSheet, importAccounts, accountSheet],
}
