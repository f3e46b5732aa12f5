import type { Feature } from '../../bot/feature.ts'
import { changeClient } from './change/change-client.ts'
import { changeForm } from './change/change-form.ts'
import { noteClient } from './change/note-client.ts'
import { placeClient } from './change/place-client.ts'
import { saveGuarantor, saveHousehold } from './change/save-relative.ts'
import { askThinFiles } from './complete/ask-thin-files.ts'
import { listThin } from './complete/list-thin.ts'
import { keepDocument } from './documents/keep-document.ts'
import { showDocument } from './documents/show-document.ts'
import { holdProducts } from './products/hold-products.ts'
import { clientSection } from './show/client-section.ts'
import { showFile } from './show/show-file.ts'
import { showHistory } from './show/show-history.ts'
import { undo } from './undo.ts'

export const clientFile: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [
    showFile,
    showHistory,
    changeClient,
    // Behind the line that says what changes.
    changeForm,
    placeClient,
    noteClient,
    saveHousehold,
    saveGuarantor,
    holdProducts,
    listThin,
    keepDocument,
    showDocument,
  ],
  jobs: [askThinFiles],
  clientSections: [clientSection],
  undo,
}
