import type { Feature } from '../../bot/feature.ts'
import { enterClient, newClientForm } from './enter-client.ts'

export const intake: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [enterClient, newClientForm],
}
