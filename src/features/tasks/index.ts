import type { Feature } from '../../bot/feature.ts'
import { logOutcome } from './log-outcome.ts'
import { newTask, newTaskForm } from './new-task.ts'
import { outcomeForm } from './outcome-form.ts'
import { pushMorning } from './push-morning.ts'
import { showToday } from './today.ts'
import { undo } from './undo.ts'

export const tasks: Feature = {
  commands: [showToday, logOutcome, outcomeForm, newTask, newTaskForm, undo],
  jobs: [pushMorning],
}
