import type { Feature } from '../../bot/feature.ts'
import { text } from '../../core/text.ts'
import { passListOn, recallList } from './change/change-list.ts'
import { listWorkbook } from './progress/list-workbook.ts'
import { reportEnded } from './progress/report-ended.ts'
import { remindList, showLists, showProgress } from './progress/show-progress.ts'
import { makeList } from './share-out/make-list.ts'
import { newListForm } from './share-out/new-list-form.ts'

export const lists: Feature = {
  topic: text('名单', 'lists'),
  jobs: [reportEnded],
  commands: [
    newListForm,
    makeList,
    showLists,
    showProgress,
    remindList,
    listWorkbook,
    passListOn,
    recallList,
  ],
}
