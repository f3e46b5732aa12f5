import type { Feature } from '../../bot/feature.ts'
import { undo } from './undo.ts'

export const clients: Feature = { topic: { zh: '客户', en: 'clients' }, undo }
