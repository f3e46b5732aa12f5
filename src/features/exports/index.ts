import type { Feature } from '../../bot/feature.ts'
import { text } from '../../core/text.ts'
import { exportClients } from './export-clients.ts'

export const exports: Feature = {
  topic: text('客户', 'clients'),
  commands: [exportClients],
}
