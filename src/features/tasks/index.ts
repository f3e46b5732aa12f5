import type { Feature } from '../../bot/feature.ts'
import { showAssigned } from './assigned/show-assigned.ts'
import { tellAssigner } from './assigned/tell-assigner.ts'
import { runNight } from './care/run-night.ts'
import { clientSections } from './client-sections.ts'
import { doNotContact, mayContact } from './contact/do-not-contact.ts'
import { quietHours } from './contact/quiet-hours.ts'
import { finishErrand } from './errands/finish-errand.ts'
import { keepTask, reassign, showOverdue } from './escalation/escalate.ts'
import { giveTasks } from './give/give-task.ts'
import { pushMorning } from './list/push-morning.ts'
import { remindAfternoon } from './list/remind-afternoon.ts'
import { refreshList, showToday, standingList } from './list/today.ts'
import { assignForm } from './move/assign-form.ts'
import { assignTask } from './move/assign-task.ts'
import { handTask } from './move/hand-task.ts'
import { postponeTask } from './move/postpone-task.ts'
import { logOutcome } from './outcomes/log-outcome.ts'
import { outcomeForm } from './outcomes/outcome-form.ts'
import { undo } from './outcomes/take-back.ts'
import { newTask, newTaskForm } from './own/new-task.ts'
import { importPlaybook, setPlaybookValue } from './playbook/edit-playbook.ts'
import { dropPlaybook, publishPlaybook, tryPlaybook } from './playbook/publish-playbook.ts'
import { exportPlaybook, showPlaybook } from './playbook/show-playbook.ts'

export const tasks: Feature = {
  topic: { zh: '任务', en: 'tasks' },
  commands: [
    showToday,
    // Before the outcomes, whose shape takes every line that begins with a number.
    postponeTask,
    handTask,
    giveTasks,
    logOutcome,
    outcomeForm,
    finishErrand,
    newTask,
    newTaskForm,
    assignTask,
    assignForm,
    showAssigned,
    doNotContact,
    mayContact,
    quietHours,
    showOverdue,
    reassign,
    keepTask,
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
  undo,
  clientSections,
  reactions: [
    tellAssigner,
    {
      to: 'undo',
      async run(_tx, context) {
        if (context.who.role === 'manager' || context.who.role === 'lead') refreshList(context)
      },
    },
  ],
}
