import type { Feature } from '../../bot/feature.ts'
import { confirmImport, dropImport } from './decide-import.ts'
import { importWork } from './import-work.ts'
import { importRejects, showImports, standingImport } from './show-imports.ts'
import { importClients, importTemplate } from './start-import.ts'

export const imports: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [importClients, importTemplate, confirmImport, dropImport, importRejects, showImports],
  works: [importWork],
  liveCards: [standingImport],
}
