import type { Feature } from '../../bot/feature.ts'
import { clientSection } from './client-section.ts'
import { logVisit } from './log-visit.ts'
import { purgeUploads } from './purge-uploads.ts'
import { showPhoto } from './show-photo.ts'
import { undo } from './undo.ts'

export const visits: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [logVisit, showPhoto],
  jobs: [purgeUploads],
  undo,
  clientSections: [clientSection],
}
