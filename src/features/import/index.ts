import type { Feature } from '../../bot/feature.ts'
import { chooseColumns } from './columns/choose-columns.ts'
import { confirmImport, dropImport } from './decide-import.ts'
import { importWork } from './import-work.ts'
import { importRejects, showImports, standingImport } from './show-imports.ts'
import { importClients, importTemplate } from './start-import.ts'
import { purgeImports } from './undo/purge-imports.ts'
import { undoImport } from './undo/undo-import.ts'

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
