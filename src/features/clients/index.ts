import type { Feature } from '../../bot/feature.ts'
import { enterClient, newClientForm } from './enter-client.ts'
import { showClient } from './show-client.ts'

export const clients: Feature = { commands: [showClient, enterClient, newClientForm] }
