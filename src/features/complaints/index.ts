import type { Feature } from '../../bot/feature.ts'
import { closeComplaint } from './close-complaint.ts'
import { registerComplaint } from './register-complaint.ts'
import { showComplaints } from './show-complaints.ts'
import { undo } from './undo.ts'
import { watchComplaints } from './watch-complaints.ts'

export const complaints: Feature = {
  topic: { zh: '任务', en: 'tasks' },
  commands: [registerComplaint, closeComplaint, showComplaints],
  jobs: [watchComplaints],
  undo,
}
