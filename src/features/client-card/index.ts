import type { Feature } from '../../bot/feature.ts'
import { showClient } from './show-client.ts'

export const clientCard: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [showClient],
}
