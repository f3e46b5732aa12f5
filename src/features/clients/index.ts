import type { Feature } from '../../bot/feature.ts'
import { enterClient, newClientForm } from './enter-client.ts'
import { placeClient } from './place-client.ts'
import { showClient } from './show-client.ts'

export const clients: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [showClient, enterClient, newClientForm, placeClient],
}
