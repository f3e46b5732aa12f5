import type { Feature } from '../../bot/feature.ts'
import { exitSettings } from './exit/exit-settings.ts'
import { requestExits } from './exit/request-exits.ts'
import { addEntry } from './list/add-entry.ts'
import { endEntry, showList } from './list/end-entry.ts'
import { endEntryForm } from './list/end-form.ts'
import { lapseEntries } from './list/lapse-entries.ts'
import { listTemplate } from './list/list-template.ts'
import { removal } from './list/remove-entries.ts'
import { screen } from './screen.ts'

export const risk: Feature = {
  topic: { zh: '风险', en: 'risk' },
  commands: [addEntry, endEntry, endEntryForm, showList, listTemplate, exitSettings],
  jobs: [lapseEntries, requestExits],
  requestKinds: [removal],
  clientEntered: async (tx, clientIds, { bank }) => void (await screen(tx, bank, clientIds)),
}
