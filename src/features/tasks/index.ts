import type { Feature } from '../../bot/feature.ts'
import { doNotContact, mayContact } from './care/do-not-contact.ts'
import { keepTask, reassign, showOverdue } from './care/escalate.ts'
import { quietHours } from './care/quiet-hours.ts'
import { runNight } from './care/run-night.ts'
import { logOutcome } from './log-outcome.ts'
import { assignTask } from './move/assign-task.ts'
import { handTask } from './move/hand-task.ts'
import { postponeTask } from './move/postpone-task.ts'
import { newTask, newTaskForm } from './new-task.ts'
import { outcomeForm } from './outcome-form.ts'
import { importPlaybook, setPlaybookValue } from './playbook/edit-playbook.ts'
import { dropPlaybook, publishPlaybook, tryPlaybook } from './playbook/publish-playbook.ts'
import { exportPlaybook, showPlaybook } from './playbook/show-playbook.ts'
import { pushMorning } from './push-morning.ts'
import { remindAfternoon } from './remind-afternoon.ts'
import { showToday, standingList } from './today.ts'
import { undo } from './undo.ts'

export const tasks: Feature = {
  topic: { zh: '任务', en: 'tasks' },
  commands: [
    showToday,
    // Before the outcomes, whose shape takes every line that begins with a number.
    postponeTask,
    handTask,
    logOutcome,
    outcomeForm,
    newTask,
    newTaskForm,
    assignTask,
    doNotContact,
    mayContact,
    quietHours,
    showOverdue,
    reassign,
    keepTask,
    undo,
    showPlaybook,
    exportPlaybook,
    importPlaybook,
    setPlaybookValue,
    tryPlaybook,
    publishPlaybook,
    dropPlaybook,
  ],
  jobs: [runNight, pushMorning, remindAfternoon],
  liveCards: [standingList],
}
